import { StoreAway } from '../core/errors.ts';
import type { Clock, Log } from '../core/ports.ts';

/** What goes wrong each second, such as every look into a database that is away, is told no more often than this. */
const AGAIN_AFTER_MS = 10 * 60_000;

/** Tells the log that a piece of background work failed by a fault that is not the cloud's or Slack's. */
export type TellFault = (work: string, error: unknown) => void;

/** Tells the same fault once, and after ten minutes again, with how often it came meanwhile. */
export function createTellFault({ log, clock }: { log: Log; clock: Pick<Clock, 'now'> }): TellFault {
  const told = new Map<string, { at: number; since: number }>();
  return (work, error) => {
    const now = clock.now().getTime();
    const kind = kindOf(work, error);
    const before = told.get(kind);
    // The clock may have been set back.
    if (before && Math.abs(now - before.at) < AGAIN_AFTER_MS) {
      before.since += 1;
      return;
    }
    told.set(kind, { at: now, since: 0 });
    // Those that have come to an end need no more room.
    for (const [one, { at }] of told) if (Math.abs(now - at) > 2 * AGAIN_AFTER_MS) told.delete(one);
    const often = before && before.since > 0 ? { times: before.since + 1 } : {};
    log.error({ err: error, work, ...often }, 'background work failed; it will be tried again');
  };
}

/** What comes from the database, or has a code of the system's, is one fault whichever work meets it. */
function kindOf(work: string, error: unknown): string {
  if (!(error instanceof Error)) return `${work} ${String(error)}`;
  if (error instanceof StoreAway) return error.message;
  return 'code' in error ? `${String(error.code)} ${error.message}` : `${work} ${error.message}`;
}
