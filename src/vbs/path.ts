export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** An id that can't stand in a path: empty, `.` or `..` would make it the path of something else. */
export class UnusableId extends Error {
  readonly placeholder: string;

  constructor(placeholder: string, problem: string) {
    super(problem);
    this.name = 'UnusableId';
    this.placeholder = placeholder;
  }
}

/**
 * Fills a path's `{placeholders}`, each percent-encoded, so that no id reaches another path.
 * Throws UnusableId where encoding can't ensure that: servers resolve dot segments also when they are encoded.
 */
export function fillPath(template: string, ids: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, placeholder: string) => {
    const id = ids[placeholder];
    if (id === undefined || /^\.*$/.test(id)) throw new UnusableId(placeholder, 'is empty or made of dots');
    if (/\p{Surrogate}/u.test(id)) throw new UnusableId(placeholder, 'is no text');
    return encodeURIComponent(id);
  });
}

/** `?a=1&b=2`, or nothing; keys without a value are left out. */
export function queryText(query: Query | undefined): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    // Half of a character, which no name or id holds, would make encoding throw.
    const text = String(value).replace(/\p{Surrogate}/gu, '\ufffd');
    parts.push(`${encodeURIComponent(key)}=${encodeURIComponent(text)}`);
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Throws UnusableId for an id that is empty, and for a list without ids. */
export function checkNeeds(needs: Readonly<Record<string, string | readonly string[]>> | undefined): void {
  for (const [name, need] of Object.entries(needs ?? {})) {
    if (need.length === 0) throw new UnusableId(name, 'is empty');
    const ids = typeof need === 'string' ? [need] : need;
    if (ids.some((id) => id.trim() === ''))
      throw new UnusableId(name, typeof need === 'string' ? 'is empty' : 'holds an empty one');
  }
}
