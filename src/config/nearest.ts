/**
 * The candidate that a person most likely meant by `word`, or undefined if none is near, or several equally. Case, `_`
 * and `-` don't count.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = plain(word);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: { candidate: string | undefined; distance: number } | undefined;
  for (const candidate of candidates) {
    const meant = plain(candidate);
    // No fewer edits lead there, and a word of any length costs no more than the candidates do.
    if (Math.abs(wanted.length - meant.length) > limit) continue;
    const distance = editDistance(wanted, meant);
    if (best === undefined || distance < best.distance) best = { candidate, distance };
    else if (distance === best.distance) best = { candidate: undefined, distance };
  }
  return best !== undefined && best.distance <= limit ? best.candidate : undefined;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
