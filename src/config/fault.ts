import { type Path, showPath, valueAt } from './path.ts';

/** One thing that is wrong with the settings. */
export type Fault = {
  path: Path;
  problem: string;
  remedy: string;
  /** Where in the file, if it can be told. */
  line?: number;
};

/** The settings can't be used. The message lists every fault with its place and its remedy, and holds no secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly file: string;
  readonly faults: readonly Fault[];

  constructor({
    file,
    faults,
    raw,
    cause,
  }: { file: string; faults: readonly Fault[]; raw?: unknown; cause?: unknown }) {
    super(describe({ file, faults, raw }), cause === undefined ? undefined : { cause });
    this.file = file;
    this.faults = faults;
  }
}

function describe({ file, faults, raw }: { file: string; faults: readonly Fault[]; raw?: unknown }): string {
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
  const items = faults.map((fault) => `  ${headline(fault, raw)}\n    ${fault.problem}\n    → ${fault.remedy}`);
  return `The settings in ${file} have ${count}:\n\n${items.join('\n\n')}`;
}

function headline({ path, line }: Fault, raw: unknown): string {
  const place = path.length === 0 ? 'the file' : showPath(path);
  const alias =
    path[0] === 'projects' && typeof path[1] === 'number' ? valueAt(raw, [...path.slice(0, 2), 'alias']) : '';
  const named = typeof alias === 'string' && /^[a-z0-9-]{1,32}$/.test(alias) ? ` (${alias})` : '';
  return `${place}${named}${line === undefined ? '' : `, line ${line}`}`;
}
