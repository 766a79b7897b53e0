/** Lets so many tasks run at once and makes the rest wait in order. */
export interface Limit {
  /** Rejects with the signal's reason if it aborts before the task began; then the task never runs. */
  run<T>(task: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
}

/** Makes a limit of `most` tasks at once. */
export function createLimit(most: number): Limit {
  let running = 0;
  const waiting = new Set<() => void>();

  const release = () => {
    const [next] = waiting;
    if (next === undefined) running--;
    else next();
  };

  const enter = (signal: AbortSignal | undefined): Promise<void> | undefined => {
    if (running < most) {
      running++;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.delete(start);
        reject(signal?.reason);
      };
      const start = () => {
        waiting.delete(start);
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      waiting.add(start);
      signal?.addEventListener('abort', leave, { once: true });
    });
  };

  return {
    async run(task, signal) {
      signal?.throwIfAborted();
      await enter(signal);
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}
