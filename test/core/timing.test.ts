import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff, defaultTiming, followDelay } from '../../src/core/timing.ts';

describe('waiting', () => {
  it('doubles from try to try up to its limit, within the jitter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const full = Math.min(defaultTiming.retryMaxMs, defaultTiming.retryMs * 2 ** (attempt - 1));
          const wait = backoff(defaultTiming, attempt, random);
          expect(wait).toBeGreaterThanOrEqual(Math.floor(full * 0.8));
          expect(wait).toBeLessThanOrEqual(Math.ceil(full * 1.2));
        },
      ),
    );
  });

  it('asks a run less often the longer it runs: 5 s at first, 60 s at last', () => {
    const minutes = [0, 1, 2, 5, 10, 20, 60];
    const delays = minutes.map((age) => followDelay(defaultTiming, age * 60_000, 0.5) / 1_000);
    expect(delays).toEqual([5, 5, 6, 15, 30, 60, 60]);
  });
});
