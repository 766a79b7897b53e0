import type { z } from 'zod';
import type { Fault } from './fault.ts';
import { nearest } from './nearest.ts';
import { isMapping, type Path, patternOf, valueAt } from './path.ts';
import { SETTINGS_REFERENCE } from './reference.ts';

type Issue = z.core.$ZodIssue;

/** The settings as the file has them, and the same with the variables of the environment in their places. */
type Documents = { raw: unknown; filled: unknown };

/** What the schema found, as faults in words. Values are shown as the file has them, and none that could be a secret. */
export function toFaults(issues: readonly Issue[], documents: Documents): Fault[] {
  return issues.flatMap((issue) => faultsOf(issue, issue.path.map(step), documents));
}

function faultsOf(issue: Issue, path: Path, documents: Documents): Fault[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path));
    case 'invalid_union':
      return ofUnion(issue, path, documents);
    case 'invalid_key':
      return issue.issues.map((inner) => split(inner.message, path, { ...documents, raw: undefined }));
    case 'invalid_type': {
      const value = valueAt(documents.filled, path);
      // The schema's own messages have no second line; ours speak for themselves.
      if (issue.message.includes('\n')) return [split(issue.message, path, documents)];
      const problem =
        value === undefined ? 'is missing' : `must be ${KINDS[issue.expected] ?? issue.expected}, not ${kindOf(value)}`;
      return [{ path, problem: value === null ? 'is empty' : problem, remedy: remedyFor(path, value, issue.expected) }];
    }
    case 'invalid_value': {
      const choices = issue.values.map(String);
      const value = valueAt(documents.filled, path);
      const meant = typeof value === 'string' ? nearest(value, choices) : undefined;
      const problem = `${shown(path, documents)} is none of ${choices.join(', ')}`;
      return [
        { path, problem, remedy: meant === undefined ? `write ${choices.join(' or ')}` : `did you mean ${meant}?` },
      ];
    }
    default:
      return [split(issue.message, path, documents)];
  }
}

/** `everyone`, or a mapping: a mapping's own faults are what helps, and for all else the choice. */
function ofUnion(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path, documents: Documents): Fault[] {
  if (isMapping(valueAt(documents.filled, path))) {
    const inner = issue.errors.findLast((branch) =>
      branch.every(({ code, path: at }) => code !== 'invalid_value' || at.length > 0),
    );
    return (inner ?? []).flatMap((each) => faultsOf(each, [...path, ...each.path.map(step)], documents));
  }
  const remedy = 'write everyone, or users and groups with lists of ids';
  return [
    { path, problem: `${shown(path, documents)} is neither everyone nor a mapping with users and groups`, remedy },
  ];
}

function unknownKey(key: string, path: Path): Fault {
  const known = keysUnder(path);
  const meant = nearest(key, known);
  const remedy = meant === undefined ? `remove it; known here: ${known.join(', ')}` : `did you mean ${meant}?`;
  return { path: [...path, key], problem: 'is not a known setting', remedy };
}

function keysUnder(path: Path): string[] {
  const prefix = path.length === 0 ? '' : `${patternOf(path)}.`;
  const under = SETTINGS_REFERENCE.filter((entry) => entry.path.startsWith(prefix));
  return [...new Set(under.map((entry) => entry.path.slice(prefix.length).split(/[.[]/)[0] ?? ''))];
}

function split(message: string, path: Path, documents: Documents): Fault {
  const [problem = '', remedy = ''] = message.split('\n');
  const value = valueAt(documents.filled, path);
  return {
    path,
    problem: problem.replace('{value}', () => shown(path, documents)),
    remedy: remedy === '' ? remedyFor(path, value, '') : remedy,
  };
}

function remedyFor(path: Path, value: unknown, expected: string): string {
  const pattern = patternOf(path).replace(/\[\]$/, '');
  const entry = SETTINGS_REFERENCE.find((each) => each.path === pattern);
  const key = path.findLast((each) => typeof each === 'string') ?? '';
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return 'put it in quotes';
  if (entry !== undefined) return `write ${key}: ${entry.example}`;
  const known = keysUnder(path);
  return expected === 'array' ? 'write a list, one "- " for each' : `write a mapping with ${known.join(', ')}`;
}

/** The value in quotes as it stands in the file, cut; a secret's or a token's is never shown. */
function shown(path: Path, { raw }: Documents): string {
  const key = path.at(-1);
  const value = valueAt(raw, path) ?? key;
  const entry = SETTINGS_REFERENCE.find((each) => each.path === patternOf(path));
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const isReference = /^\$\{\w+\}$/.test(text);
  if (isReference) return `what ${text} holds`;
  const address = entry?.path === 'database.url' || entry?.path === 'proxy.url';
  if (entry?.secret || address || /xox|xapp|@|\?/.test(text)) return 'the value';
  return text.length > 40 ? `"${text.slice(0, 40)}…"` : `"${text}"`;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  return { string: 'text', number: 'a number', boolean: 'true or false' }[String(typeof value)] ?? 'nothing';
}

function step(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key);
}
