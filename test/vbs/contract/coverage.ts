import { Session } from 'node:inspector/promises';

/** How many of the client's functions were called. */
export interface Coverage {
  readonly called: number;
  readonly functions: number;
  /** Those that were not, as `file: function`. */
  readonly missed: readonly string[];
}

const CLIENT = /\/src\/vbs\/(?<file>(?!examples\/).+\.ts)$/;

/** Counts, from now on, the calls of the client's functions by the engine's own means. Answers the way to read them. */
export async function countCalls(): Promise<() => Promise<Coverage>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    session.disconnect();
    const calls = new Map<string, number>();
    for (const { url, functions } of result) {
      const file = CLIENT.exec(url.replace(/[?#].*$/, ''))?.groups?.['file'];
      if (file === undefined) continue;
      for (const { functionName, ranges } of functions) {
        // Without a name it is the module itself, or what it imports.
        const [range] = ranges;
        if (!functionName || !range) continue;
        const name = `${file}: ${functionName} ${range.startOffset}`;
        calls.set(name, (calls.get(name) ?? 0) + range.count);
      }
    }
    const missed = [...calls].filter(([, count]) => count === 0).map(([name]) => name.replace(/ \d+$/, ''));
    return { called: calls.size - missed.length, functions: calls.size, missed };
  };
}
