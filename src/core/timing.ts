const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How far the cloud's clock may be behind the bot's. */
export const CLOUD_SKEW_MS = 2 * MINUTE;

/** How long the bot waits for what, in milliseconds. */
export interface Timing {
  /** A worker's claim on a row; longer than any single step of its work. */
  readonly leaseMs: number;
  /** After a write whose answer was lost: how long the cloud may still be carrying it out. */
  readonly settleMs: number;
  /** Between two looks at an outcome that is unknown. */
  readonly lookMs: number;
  /** Before the first repetition of a step that failed for now; doubled each time, up to `retryMaxMs`. */
  readonly retryMs: number;
  readonly retryMaxMs: number;
  /** No wait that the cloud asks for is kept longer than this. */
  readonly longestWaitMs: number;
  /** Tries before the bot gives up and says so. */
  readonly tries: number;
  /** A followed run is asked after at least this, at most that. */
  readonly followMinMs: number;
  readonly followMaxMs: number;
  /** How long a run is followed before the card says that it takes too long. */
  readonly runDeadlineMs: number;
  /** Tasks that begin within this time of each other are one scheduled run. */
  readonly gatherMs: number;
  /** Between two sweeps of a project's policies. */
  readonly sweepMs: number;
  /** How old the list of backups may be that lists and searches are answered from. */
  readonly catalogueMs: number;
}

export const defaultTiming: Timing = {
  leaseMs: 60 * SECOND,
  settleMs: 45 * SECOND,
  lookMs: 3 * SECOND,
  retryMs: 5 * SECOND,
  retryMaxMs: 5 * MINUTE,
  longestWaitMs: HOUR,
  tries: 12,
  followMinMs: 5 * SECOND,
  followMaxMs: 60 * SECOND,
  runDeadlineMs: 12 * HOUR,
  gatherMs: 15 * MINUTE,
  sweepMs: 60 * SECOND,
  catalogueMs: 30 * SECOND,
};

/** The wait before try number `attempt` (from 1), with ±20 % of jitter. */
export function backoff(timing: Timing, attempt: number, random: number): number {
  const full = Math.min(timing.retryMaxMs, timing.retryMs * 2 ** Math.max(0, attempt - 1));
  return Math.round(full * (0.8 + 0.4 * random));
}

/** The wait before try number `attempt`: what the cloud asks for, within reason, else the backoff. */
export function waitBefore(
  timing: Timing,
  attempt: number,
  about: { afterMs?: number | undefined; random: number },
): number {
  return about.afterMs === undefined
    ? backoff(timing, attempt, about.random)
    : Math.min(about.afterMs, timing.longestWaitMs);
}

/** The wait before the next look at a run that has been going on for `ageMs`: a twentieth of it, within limits. */
export function followDelay(timing: Timing, ageMs: number, random: number): number {
  const full = Math.min(timing.followMaxMs, Math.max(timing.followMinMs, ageMs / 20));
  return Math.round(full * (0.9 + 0.2 * random));
}
