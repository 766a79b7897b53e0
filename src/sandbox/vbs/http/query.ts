import type { Call } from './route.ts';

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const PROJECT_ID = /^[0-9a-f]{32}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

export function isProjectId(text: string): boolean {
  return PROJECT_ID.test(text);
}

/** Whole numbers of 0 or more; refused otherwise. */
export function numberIn(call: Call, name: string, otherwise: number): number {
  const text = call.query.get(name);
  if (text === null) return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw call.dialect.malformed(`${name} must be an integer`);
  return value;
}

/** The number of entries to answer with: what is asked for, never more than comes at once. */
export function limitIn(call: Call, otherwise: number): number {
  return Math.min(numberIn(call, 'limit', otherwise), call.services.maxPage);
}

/** `true` or `false` in any case; absent is false. */
export function flagIn(call: Call, name: string): boolean {
  const text = (call.query.get(name) ?? 'false').toLowerCase();
  if (text !== 'true' && text !== 'false') throw call.dialect.malformed(`${name} must be true or false`);
  return text === 'true';
}

/** One of the words, or what holds otherwise; refused where it is another. */
export function wordIn<W extends string>(call: Call, name: string, choice: { of: readonly W[]; otherwise: W }): W {
  const text = call.query.get(name);
  if (text === null) return choice.otherwise;
  const word = choice.of.find((one) => one === text);
  if (word === undefined) throw call.dialect.malformed(`${name} must be one of ${choice.of.join(', ')}`);
  return word;
}

/** A filter's text; an empty one filters nothing, as on the real servers. */
export function filterIn(call: Call, name: string): string | null {
  return call.query.get(name) || null;
}

/** Whether `text` contains `part`, as the database compares: without regard to case. */
export function contains(text: string | null, part: string): boolean {
  return text?.toLowerCase().includes(part.toLowerCase()) ?? false;
}

export type SortValue = string | number | null;

/** Orders by a value of each, and by id where two are equal. */
export function sorted<T extends { id: string }>(
  things: T[],
  by: { value: (thing: T) => SortValue; direction: 'asc' | 'desc' },
): T[] {
  const sign = by.direction === 'asc' ? 1 : -1;
  return things
    .map((thing) => ({ thing, value: by.value(thing) }))
    .sort((a, b) => sign * (compare(a.value, b.value) || compare(a.thing.id, b.thing.id)))
    .map(({ thing }) => thing);
}

function compare(a: SortValue, b: SortValue): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
