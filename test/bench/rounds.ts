import type { Rounds } from './figures.ts';

/** Does its thing once and answers what it took. */
export type Side = () => Promise<number>;

/**
 * Measures both sides in turn, so that whatever the machine does besides meets both alike; each round begins with the
 * side that ended the one before it. The rounds of the warm-up are not counted.
 */
export async function alternate(
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
  sides: { readonly ours: Side; readonly bare: Side },
): Promise<Rounds> {
  const ours: number[] = [];
  const bare: number[] = [];
  const measure = {
    ours: async () => void ours.push(await sides.ours()),
    bare: async () => void bare.push(await sides.bare()),
  };
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const side of round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
      await measure[side]();
    }
  }
  return { ours: ours.slice(warmUp), bare: bare.slice(warmUp) };
}

/**
 * How long the work takes, in milliseconds. Nobody pays for another's young garbage where `--expose-gc` is given. A full
 * collection before each round would also throw away the shapes of objects that nobody holds at that moment, and with
 * them the code that was compiled for them: a running process is hardly ever in that state.
 */
export async function timed(work: () => Promise<void>): Promise<number> {
  globalThis.gc?.({ type: 'minor' });
  const began = performance.now();
  await work();
  return performance.now() - began;
}
