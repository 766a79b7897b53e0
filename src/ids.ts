import { randomBytes } from 'node:crypto';
import type { Ids } from './core/ports.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 10;
const RANDOM_BYTES = 16;

/** ULIDs (https://github.com/ulid/spec): 48 bits of time, then randomness, in Crockford's base 32. */
export function createIds(now: () => number = Date.now): Ids {
  return {
    next: () => `${timePart(now())}${[...randomBytes(RANDOM_BYTES)].map((byte) => ALPHABET[byte % 32]).join('')}`,
    random: () => Math.random(),
  };
}

function timePart(ms: number): string {
  let rest = Math.max(0, Math.trunc(ms));
  let text = '';
  for (let i = 0; i < TIME_LENGTH; i++) {
    text = `${ALPHABET[rest % 32]}${text}`;
    rest = Math.floor(rest / 32);
  }
  return text;
}
