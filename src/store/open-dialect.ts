import { existsSync } from 'node:fs';
import type { Log } from '../core/ports.ts';
import type { Dialect } from './dialect.ts';
import { UnknownDatabase } from './errors.ts';
import { checkPlace, makePlace } from './sqlite-place.ts';

/**
 * Opens the database of this address: `sqlite:FILE`, `sqlite::memory:`, `postgres://…` or `postgresql://…`. Unless
 * `create`, a missing SQLite file that could be made answers undefined. Only the driver that is needed is
 * loaded. Rejects with UnknownDatabase, CannotOpenDatabase.
 */
export async function openDialect(
  url: string,
  about: { log?: Log | undefined; create: boolean },
): Promise<Dialect | undefined> {
  if (/^postgres(ql)?:\/\//i.test(url) && URL.canParse(url)) {
    return (await import('./postgres-dialect.ts')).postgresDialect(url, about.log);
  }
  const file = sqliteFileOf(url);
  if (file === undefined) throw new UnknownDatabase();
  if (!existsSync(file)) {
    if (file !== ':memory:') (about.create ? makePlace : checkPlace)(file);
    if (!about.create) return undefined;
  }
  return (await import('./sqlite-dialect.ts')).sqliteDialect(file);
}

/** The path that an address of SQLite names, which may be `:memory:`. */
export function sqliteFileOf(url: string): string | undefined {
  return /^sqlite:(?<file>(?!\/\/)\S.*)$/i.exec(url)?.groups?.['file'];
}

/** The address without its password, for messages. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url) || url.startsWith('sqlite:')) return url;
  const shown = new URL(url);
  shown.password = '';
  shown.search = '';
  return shown.href;
}
