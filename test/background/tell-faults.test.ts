import { expect, it } from 'vitest';
import { createTellFault } from '../../src/background/tell-faults.ts';
import { StoreAway } from '../../src/core/errors.ts';
import type { Log } from '../../src/core/ports.ts';

const MINUTE = 60_000;
const REFUSED = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

function createTeller() {
  const lines: object[] = [];
  let now = 0;
  const log: Log = { info: () => {}, warn: () => {}, error: (about) => lines.push(about) };
  const tell = createTellFault({ log, clock: { now: () => new Date(now) } });
  const to = (ms: number) => {
    now = ms;
  };
  return { lines, tell, to };
}

it.each([
  ['a database that is away', () => new StoreAway('none', REFUSED)],
  ['a refusal of the system', () => REFUSED],
])('tells once of %s, whichever work meets it, and after ten minutes how often', (_what, fault) => {
  const { lines, tell, to } = createTeller();
  for (let second = 0; second < 600; second += 1) {
    to(second * 1_000);
    for (const work of ['cards', 'runs']) tell(work, fault());
  }
  expect(lines).toEqual([{ err: fault(), work: 'cards' }]);
  to(10 * MINUTE);
  tell('runs', fault());
  expect(lines.slice(1)).toEqual([{ err: fault(), work: 'runs', times: 1_200 }]);
});

it('tells of each fault of another kind, and of the same one when it comes back later', () => {
  const { lines, tell, to } = createTeller();
  const full = Object.assign(new Error('disk is full'), { code: 'SQLITE_FULL' });
  const own = new Error('a fault of the bot itself');
  tell('cards', REFUSED);
  tell('cards', full);
  tell('cards', own);
  tell('runs', own);
  to(60 * MINUTE);
  tell('cards', own);
  // The clock is set back by an hour.
  to(0);
  tell('cards', own);
  expect(lines).toEqual([
    { err: REFUSED, work: 'cards' },
    { err: full, work: 'cards' },
    { err: own, work: 'cards' },
    { err: own, work: 'runs' },
    { err: own, work: 'cards' },
    { err: own, work: 'cards' },
  ]);
});
