import { randomFillSync } from 'node:crypto';
import type { Ids } from './core/ports.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;
/** Asking for randomness costs the same for many ids as for one. */
const IDS_AHEAD = 128;

/** ULIDs (https://github.com/ulid/spec): 48 bits of time, then randomness, in Crockford's base 32. */
export function createIds(now: () => number = Date.now): Ids {
  const bytes = new Uint8Array(RANDOM_LENGTH * IDS_AHEAD);
  let used = bytes.length;
  const randomPart = () => {
    if (used === bytes.length) {
      randomFillSync(bytes);
      used = 0;
    }
    const from = used;
    used += RANDOM_LENGTH;
    let text = '';
    for (let i = from; i < used; i++) text += ALPHABET[(bytes[i] ?? 0) % 32];
    return text;
  };
  return { next: () => timePart(now()) + randomPart(), random: () => Math.random() };
}

function timePart(ms: number): string {
  let rest = Math.max(0, Math.trunc(ms));
  let text = '';
  for (let i = 0; i < TIME_LENGTH; i++) {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
