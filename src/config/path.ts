/** Where a value stands in the settings: keys of mappings and positions in lists. */
export type Path = readonly (string | number)[];

/** `['projects', 1, 'alias']` as `projects[1].alias`. */
export function showPath(path: Path): string {
  let shown = '';
  for (const step of path) {
    if (typeof step === 'number') shown += `[${step}]`;
    else shown += shown === '' ? step : `.${step}`;
  }
  return shown;
}

/** The same with the positions left out: `projects[].alias`, as the reference names a setting. */
export function patternOf(path: Path): string {
  return showPath(path).replaceAll(/\[\d+\]/g, '[]');
}

/** The value at a path, or undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof step === 'number' && Array.isArray(value)) value = value[step];
    else if (typeof step === 'string' && isMapping(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

/** Whether a value is a mapping of keys, as YAML yields one. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
