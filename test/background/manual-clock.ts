import type { Clock } from '../../src/core/ports.ts';

/** A clock that stands still until it is moved; what sleeps then wakes. */
export interface ManualClock extends Clock {
  advance(ms: number): Promise<void>;
}

export function manualClock(start = new Date('2026-11-20T12:00:00Z')): ManualClock {
  let now = start.getTime();
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  return {
    now: () => new Date(now),
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        const sleeper = { until: now + ms, wake: () => void (sleepers.delete(sleeper) && resolve()) };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => sleepers.delete(sleeper) && reject(signal.reason), { once: true });
      });
    },
    async advance(ms) {
      now += ms;
      for (const sleeper of sleepers) if (sleeper.until <= now) sleeper.wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
