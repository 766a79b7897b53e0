import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Log } from '../core/ports.ts';
import type { Dialect } from './dialect.ts';
import { CannotOpenDatabase, FILE_REMEDY, UnknownDatabase } from './errors.ts';

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
  const file = /^sqlite:(?<file>(?!\/\/)\S.*)$/i.exec(url)?.groups?.['file'];
  if (file === undefined) throw new UnknownDatabase();
  if (!about.create && !existsSync(file)) {
    if (file !== ':memory:') checkPlace(file);
    return undefined;
  }
  return (await import('./sqlite-dialect.ts')).sqliteDialect(file);
}

/** Throws CannotOpenDatabase where no folder is there in which the file, or the folders on its way, may be made. */
function checkPlace(file: string): void {
  let folder = dirname(resolve(file));
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(`${folder}/.`, constants.W_OK);
  } catch (cause) {
    throw new CannotOpenDatabase(file, { cause, remedy: FILE_REMEDY });
  }
}

/** The address without its password, for messages. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url) || url.startsWith('sqlite:')) return url;
  const shown = new URL(url);
  shown.password = '';
  shown.search = '';
  return shown.href;
}
