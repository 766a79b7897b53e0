import { schedule, type TaskOptions } from 'node-cron';
import type { Log } from '../core/ports.ts';

/** Longer than any two ticks are apart. */
const TICK_WITHIN_MS = 10_000;
/** In a zone with daylight saving, node-cron takes no tick in the hour that comes twice. */
const ZONE = 'UTC';

export interface Ticks {
  stop(): Promise<void>;
}

/**
 * Calls `look` at the times of a cron expression with seconds. After a clock that was set back node-cron waits until it
 * has made up for that; so where no tick has come for too long, they are begun anew.
 */
export function startTicks(
  cron: string,
  look: () => void,
  { log, withinMs = TICK_WITHIN_MS }: { readonly log: Log; readonly withinMs?: number },
): Ticks {
  const options = tickOptions(log);
  let came = true;
  const tick = () => {
    came = true;
    look();
  };
  let task = schedule(cron, tick, options);
  const watch = setInterval(() => {
    if (!came) {
      log.info({ cron }, 'no tick has come for a while, as after a clock that was set back; they begin anew');
      void task.destroy();
      task = schedule(cron, tick, options);
      look();
    }
    came = false;
  }, withinMs);
  return {
    async stop() {
      clearInterval(watch);
      await task.destroy();
    },
  };
}

/** What the library would print by itself goes into the log; a tick that a busy machine misses is made up for by the next. */
function tickOptions(log: Log): TaskOptions {
  const nothing = () => undefined;
  const about = { from: 'node-cron' };
  return {
    timezone: ZONE,
    suppressMissedWarning: true,
    logger: {
      debug: nothing,
      info: nothing,
      warn: (message) => log.warn(about, message),
      error: (error) => log.error({ ...about, err: error }, 'a tick could not be taken'),
    },
  };
}
