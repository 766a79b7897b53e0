/** Text as both databases can keep it: neither has a place for U+0000 (PostgreSQL refuses it) or half a character. */
export function storable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD') : value;
}
