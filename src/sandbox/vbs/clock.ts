/** The simulator's time. It flows at `speed` times real time, stands still at 0, and jumps by `advance`. */
export interface SimClock {
  now(): Date;
  /** Moves the time by milliseconds; a negative number moves it back. */
  advance(ms: number): void;
  speed: number;
}

export interface SimClockOptions {
  start?: Date;
  /** Simulated milliseconds per real one; 1 unless given, 0 stands still. */
  speed?: number;
  /** Real milliseconds that have passed, from any origin. */
  elapsed?: () => number;
}

/** A clock that starts at `start` (now unless given). */
export function createSimClock(options: SimClockOptions = {}): SimClock {
  const elapsed = options.elapsed ?? (() => performance.now());
  let speed = checkedSpeed(options.speed ?? 1);
  let base = (options.start ?? new Date()).getTime();
  let since = elapsed();

  const read = () => base + (elapsed() - since) * speed;
  const settle = (time: number) => {
    base = time;
    since = elapsed();
  };

  return {
    now: () => new Date(Math.floor(read())),
    advance: (ms) => settle(read() + ms),
    get speed() {
      return speed;
    },
    set speed(value) {
      const time = read();
      speed = checkedSpeed(value);
      settle(time);
    },
  };
}

function checkedSpeed(speed: number): number {
  if (!Number.isFinite(speed) || speed < 0)
    throw new RangeError(`speed must be a number of 0 or more, but is ${speed}`);
  return speed;
}
