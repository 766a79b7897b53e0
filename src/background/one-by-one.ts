import type { Piece } from './worker.ts';

/** Turns pieces of work on the same row into pieces that follow one another. */
export type OneByOne = (row: string | number, piece: Piece) => Piece;

/**
 * A lease that runs out by a clock set forward is claimed anew, here as well, while its row is still worked on. What
 * follows waits for that to end: the call that is under way is then to be found in the cloud, and is not made again.
 */
export function createOneByOne(): OneByOne {
  const last = new Map<string | number, Promise<void>>();
  return (row, piece) => async () => {
    const before = last.get(row);
    const work = before === undefined ? piece() : before.catch(() => undefined).then(piece);
    last.set(row, work);
    try {
      await work;
    } finally {
      if (last.get(row) === work) last.delete(row);
    }
  };
}
