/** A signal that aborts with the first of several. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** Aborts this one alone. */
  readonly abort: (reason: unknown) => void;
  /** To be called when the signal is no longer needed. */
  readonly unlink: () => void;
}

/**
 * Like AbortSignal.any, but leaves nothing behind on signals that outlive the work, such as that of the whole process:
 * AbortSignal.any keeps a trace there of every signal made of it.
 */
export function linkSignals(signals: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const controller = new AbortController();
  const ends = signals.flatMap((signal) => {
    if (signal === undefined) return [];
    const abort = () => controller.abort(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    return [() => signal.removeEventListener('abort', abort)];
  });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    unlink() {
      for (const end of ends) end();
    },
  };
}
