import { describe, expect, test } from 'vitest';
import { createSimClock } from '../../../src/sandbox/vbs/clock.ts';
import { PAYMENTS, START, startCloud } from './cloud.ts';

/** A clock over a real time that the test moves itself. */
function clockOver(speed: number) {
  const real = { ms: 5000 };
  return { real, clock: createSimClock({ start: START, speed, elapsed: () => real.ms }) };
}

function since(clock: { now(): Date }): number {
  return clock.now().getTime() - START.getTime();
}

describe('the clock', () => {
  test('flows as fast as it is told', () => {
    const { clock, real } = clockOver(60);
    expect(since(clock)).toBe(0);
    real.ms += 1000;
    expect(since(clock)).toBe(60_000);
  });

  test('keeps its time when its speed changes', () => {
    const { clock, real } = clockOver(60);
    real.ms += 1000;
    clock.speed = 0;
    real.ms += 1000;
    expect(since(clock)).toBe(60_000);
    clock.speed = 1;
    real.ms += 500;
    expect([since(clock), clock.speed]).toEqual([60_500, 1]);
  });

  test('jumps forth and back', () => {
    const { clock, real } = clockOver(1);
    clock.advance(10_000);
    real.ms += 5;
    clock.advance(-4000);
    expect(since(clock)).toBe(6005);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('has no speed of %s', (speed) => {
    expect(() => createSimClock({ speed })).toThrow(RangeError);
  });
});

test('a clock that is moved back undoes nothing in the cloud', async () => {
  const { clock, as } = await startCloud();
  const owner = await as('owner', PAYMENTS);
  clock.advance(14 * 3_600_000);
  const tasks = '/v2/{p}/backuppolicy/a0000000-0000-4000-8000-000000000001/backuptasks';
  const before = await owner.get(tasks);
  clock.advance(-14 * 3_600_000);
  expect((await owner.get(tasks)).body).toEqual(before.body);
});
