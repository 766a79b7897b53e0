import { isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { type Fault, SettingsError } from './fault.ts';
import { isMapping, type Path } from './path.ts';

/** A settings file as read, before anything in it is checked. */
export type Source = {
  raw: unknown;
  /** The line on which a path stands, or that of the nearest thing above it. */
  lineOf: (path: Path) => number | undefined;
};

// The parser's own messages quote the file, in which a secret may stand by mistake; so each cause has its words here.
const CAUSES: Readonly<Record<string, [problem: string, remedy: string]>> = {
  BAD_INDENT: ['is indented otherwise than the lines around it', 'align it with the keys beside it, with blanks'],
  TAB_AS_INDENT: ['is indented by a tab', 'use blanks'],
  DUPLICATE_KEY: ['repeats a key of the same mapping', 'keep one of the two'],
  BLOCK_AS_IMPLICIT_KEY: ['has a second ": " on the line', 'put the value in quotes, or the inner key on its own line'],
  MULTILINE_IMPLICIT_KEY: ['is no key with a value', 'write key: value, with a colon and a blank'],
  MISSING_CHAR: ['lacks a closing quote or bracket, or a colon', 'close what was opened, or write key: value'],
  BAD_SCALAR_START: ['begins with a character that has a meaning in YAML', 'put the value in quotes'],
  BAD_ALIAS: ['uses * or & in a way that YAML does not know', 'put the value in quotes'],
  TAG_RESOLVE_FAILED: ['has a tag (!…) that is not known', 'put the value in quotes'],
  BAD_DQ_ESCAPE: ['has an unknown escape in double quotes', 'use single quotes, or write \\\\ for a backslash'],
};
const OTHER_CAUSE: [string, string] = ['is not valid YAML', 'compare it with .vbs-chatops.example.yml'];

/** Reads YAML; throws a SettingsError that names the line of each error of syntax. */
export function readSource(text: string, file: string): Source {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false });
  const [document, second] = Array.isArray(documents) ? documents : [];
  const fail = (faults: Fault[]): never => {
    throw new SettingsError({ file, faults });
  };
  if (document === undefined || document.contents === null) {
    return fail([{ path: [], problem: 'is empty', remedy: 'begin with a copy of .vbs-chatops.example.yml' }]);
  }
  if (second !== undefined) {
    const line = counter.linePos(second.range[0]).line;
    return fail([{ path: [], line, problem: 'has a second document', remedy: 'remove the line ---' }]);
  }
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) {
    const faults = wrong.map(({ code, pos }) => syntaxFault(CAUSES[code] ?? OTHER_CAUSE, counter.linePos(pos[0]).line));
    return fail(faults);
  }
  let raw: unknown;
  try {
    raw = document.toJS();
  } catch (error) {
    // Only names after `*` fail here, and their text is in the error: it is left out on purpose.
    const many = error instanceof Error && error.message.startsWith('Excessive alias count');
    const problem = many ? 'uses * so often that it grows without measure' : 'has a * that refers to nothing';
    const remedy = many ? 'write out what stands behind the *' : 'put a value that begins with * in quotes';
    return fail([{ path: [], problem, remedy }]);
  }
  if (holdsItself(raw)) {
    const remedy = 'write out what stands behind the *';
    return fail([{ path: [], problem: 'has a * that refers to what it stands in', remedy }]);
  }
  if (!isMapping(raw)) {
    return fail([{ path: [], problem: 'holds no settings', remedy: 'begin with a copy of .vbs-chatops.example.yml' }]);
  }
  return { raw, lineOf: (path) => lineOf(document.contents, path, counter) };
}

/** Whether a `*` refers to what it stands in, so that there is no end to it. */
function holdsItself(value: unknown, around: readonly object[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return around.includes(value) || Object.values(value).some((inner) => holdsItself(inner, [...around, value]));
}

function syntaxFault([problem, remedy]: [string, string], line: number): Fault {
  return { path: [], line, problem, remedy };
}

function lineOf(root: Node | null, path: Path, counter: LineCounter): number | undefined {
  let node: unknown = root;
  let offset: number | undefined;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (pair === undefined) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step];
      if (!isScalar(item) && !isMap(item) && !isSeq(item)) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return offset === undefined ? undefined : counter.linePos(offset).line;
}

/** Why there is no file to read. */
export function unreadable(cause: unknown): Fault {
  const code =
    cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'no reason given';
  const [problem, remedy] =
    code === 'ENOENT'
      ? ['is not there', 'copy .vbs-chatops.example.yml to it and fill it in, or name another file with --config']
      : code === 'EISDIR'
        ? ['is a folder', 'name a file with --config']
        : [`cannot be read (${code})`, 'let the user who runs the bot read it'];
  return { path: [], problem, remedy };
}
