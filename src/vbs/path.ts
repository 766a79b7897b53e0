export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** An id that can't stand in a path: empty, `.` or `..` would make it the path of something else. */
export class UnusableId extends Error {
  readonly placeholder: string;

  constructor(placeholder: string) {
    super(`${placeholder} is empty or made of dots`);
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
    if (id === undefined || /^\.*$/.test(id)) throw new UnusableId(placeholder);
    return encodeURIComponent(id);
  });
}

/** `?a=1&b=2`, or nothing; keys without a value are left out. */
export function queryText(query: Query | undefined): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parts.push(`${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
