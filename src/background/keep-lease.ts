import type { Clock } from '../core/ports.ts';

/** How many times within a lease it is asked for anew. */
const TIMES_A_LEASE = 3;
/** Made once: an error notes where it was made, and there is one for each piece of work. */
const workEnded = new Error('the work has ended');

/**
 * Does work that may outlast its lease, and keeps the lease until the work has ended. Where it was lost all the same,
 * the work's signal is aborted: somebody else is at it.
 */
export async function keepingLease<T>(
  lease: { readonly clock: Clock; readonly leaseMs: number; readonly extend: (until: Date) => Promise<boolean> },
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, leaseMs, extend } = lease;
  const done = new AbortController();
  const own = new AbortController();
  // AbortSignal.any would leave a trace of every piece of work on the signal of the whole process.
  const end = () => own.abort(signal.reason);
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  const keep = async () => {
    while (!done.signal.aborted) {
      await clock.sleep(leaseMs / TIMES_A_LEASE, done.signal).catch(() => undefined);
      if (done.signal.aborted) return;
      const kept = await extend(new Date(clock.now().getTime() + leaseMs)).catch(() => true);
      if (!kept) return own.abort(new Error('the lease was lost'));
    }
  };
  const keeping = keep();
  try {
    return await work(own.signal);
  } finally {
    signal.removeEventListener('abort', end);
    done.abort(workEnded);
    await keeping;
  }
}
