const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Text as both databases can keep it: neither has a place for U+0000 (PostgreSQL refuses it) or half a character. */
export function storable(value: unknown): unknown {
  if (typeof value !== 'string' || !UNSTORABLE.test(value)) return value;
  return value.replaceAll(/[\0\p{Surrogate}]/gu, '\uFFFD');
}
