import { afterEach, expect, it, vi } from 'vitest';
import { startTicks } from '../../src/background/ticks.ts';
import type { Log } from '../../src/core/ports.ts';
import { eventually } from '../support/slack-person.ts';

const HOUR = 3_600_000;
const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const zone = process.env['TZ'];

afterEach(() => {
  vi.useRealTimers();
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** Sets what time it is; all waiting stays as long as it is. */
function setClock(now: Date): void {
  vi.useFakeTimers({ now, toFake: ['Date'], shouldAdvanceTime: true });
}

it('come in the hour that comes twice at the end of daylight saving', async () => {
  process.env['TZ'] = 'Europe/Berlin';
  setClock(new Date('2026-10-25T01:10:00Z'));
  expect(new Date().getHours()).toBe(2);
  let looks = 0;
  const look = () => {
    looks += 1;
  };
  const ticks = startTicks('* * * * * *', look, { log });
  try {
    await eventually(() => looks > 1, { withinMs: 20_000 });
  } finally {
    await ticks.stop();
  }
});

it('come again soon after the clock was set back', async () => {
  let looks = 0;
  const look = () => {
    looks += 1;
  };
  const ticks = startTicks('* * * * * *', look, { log, withinMs: 1_500 });
  try {
    await eventually(() => looks > 1, { withinMs: 20_000 });
    setClock(new Date(Date.now() - HOUR));
    const before = looks;
    await eventually(() => looks > before + 2, { withinMs: 20_000 });
  } finally {
    await ticks.stop();
  }
});
