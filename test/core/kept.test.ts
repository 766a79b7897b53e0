import { expect, it } from 'vitest';
import { Kept } from '../../src/core/kept.ts';
import { manualClock } from '../background/manual-clock.ts';

const AGE = 30_000;

it('what was read is kept so long, and read anew once the clock was set back', async () => {
  const clock = manualClock();
  let readings = 0;
  const kept = new Kept(
    async (key) => {
      readings += 1;
      return `${key} ${readings}`;
    },
    clock,
    AGE,
  );
  const read = async () => (await kept.get('payments')).value;
  expect([await read(), await read()]).toEqual(['payments 1', 'payments 1']);
  await clock.advance(AGE);
  expect(await read()).toBe('payments 1');
  await clock.advance(1);
  expect(await read()).toBe('payments 2');
  await clock.advance(-3_600_000);
  expect(await read()).toBe('payments 3');
});
