import type { z } from 'zod';

/** Where in a payload: the keys and indices that lead there. */
export type Path = readonly PropertyKey[];

/** One fault in Slack's wording, for example `[ERROR] missing required field: text [json-pointer:/blocks/0]`. */
export function fault(text: string, path: Path): string {
  return `[ERROR] ${text} [json-pointer:${path.map((part) => `/${escapePart(part)}`).join('')}]`;
}

/** Checks a value and words what is wrong as Slack words it; `base` is where the value sits in the payload. */
export function faultsOf(schema: z.ZodType, value: unknown, base: Path): string[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) => wordsOf(issue, value, base));
}

function wordsOf(issue: z.core.$ZodIssue, root: unknown, base: Path): string[] {
  const path = [...base, ...issue.path];
  const found = valueAt(root, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => fault(`invalid additional property: ${key}`, path));
    case 'too_big':
      return [
        fault(
          issue.origin === 'array'
            ? `no more than ${issue.maximum} items allowed`
            : `must be less than ${Number(issue.maximum) + 1}`,
          path,
        ),
      ];
    case 'too_small':
      return [
        fault(
          issue.origin === 'array'
            ? `no fewer than ${issue.minimum} items allowed`
            : `must be more than ${Number(issue.minimum) - 1}`,
          path,
        ),
      ];
    case 'invalid_type':
      return [found === undefined ? missing(path) : fault(`must provide ${article(issue.expected)}`, path)];
    case 'invalid_union':
    case 'invalid_value':
      if (found === undefined) return [missing(path)];
      if (path.at(-1) === 'type')
        return [fault(`unsupported type: ${typeof found === 'string' ? found : JSON.stringify(found)}`, path)];
      return [fault('must be a valid enum value', path)];
    default:
      return [fault(issue.message, path)];
  }
}

function missing(path: Path): string {
  return fault(`missing required field: ${String(path.at(-1) ?? '')}`, path.slice(0, -1));
}

function article(type: string): string {
  if (type === 'int') return 'an integer';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce((value: unknown, part) => (isObject(value) ? Reflect.get(value, part) : undefined), root);
}

/** True for objects and arrays. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function escapePart(part: PropertyKey): string {
  return String(part).replaceAll('~', '~0').replaceAll('/', '~1');
}
