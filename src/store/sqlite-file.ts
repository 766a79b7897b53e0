import { createRequire } from 'node:module';
import type BetterSqlite from 'better-sqlite3';
import type { SqliteStatement } from 'kysely';
import { NoSqliteDriver } from './errors.ts';

/** An open SQLite file, by whichever driver fits this Node. */
export interface SqliteFile {
  readonly inTransaction: boolean;
  prepare(text: string): SqliteStatement;
  /** Runs statements whose rows nobody wants. */
  exec(text: string): void;
  close(): void;
}

/**
 * Node's own driver is used from version 24 on: before, it was an experiment that warns of itself. From 24.19 on,
 * better-sqlite3 12 ends the process when its objects are collected (https://github.com/nodejs/node/issues/65446), and
 * better-sqlite3 13 does not load before Node 22.
 */
const OWN_DRIVER_SINCE = 24;

/** Whether SQLite files are read by better-sqlite3, which is compiled for one version of Node. */
export function needsBetterSqlite(): boolean {
  return Number.parseInt(process.versions.node, 10) < OWN_DRIVER_SINCE;
}

/** Opens the file, making it if need be. Throws NoSqliteDriver, and what the driver throws. */
export function openSqliteFile(file: string): SqliteFile {
  return needsBetterSqlite() ? withBetterSqlite(file) : withOwnDriver(file);
}

/** The first column of the first row of what a statement answers. */
export function firstValue(database: SqliteFile, text: string): unknown {
  const [row] = database.prepare(text).all([]);
  return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
}

/** Whether the statement failed only because another process is writing. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  // The lowest byte of an extended code is the plain one; 5 is SQLITE_BUSY: https://sqlite.org/rescode.html
  if ('errcode' in error) return (Number(error.errcode) & 0xff) === 5;
  return String(error.code).startsWith('SQLITE_BUSY');
}

export function isMissingTable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.message.startsWith('no such table');
}

interface OwnModule {
  readonly DatabaseSync: new (
    file: string,
  ) => {
    readonly isTransaction: boolean;
    prepare(text: string): OwnStatement;
    exec(text: string): void;
    close(): void;
  };
}

interface OwnStatement {
  all(...parameters: readonly unknown[]): unknown[];
  run(...parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(...parameters: readonly unknown[]): IterableIterator<unknown>;
  columns(): readonly unknown[];
}

function withOwnDriver(file: string): SqliteFile {
  const module = process.getBuiltinModule('node:sqlite');
  if (!isOwnModule(module)) throw new Error('this Node was built without SQLite');
  const database = new module.DatabaseSync(file);
  return {
    get inTransaction() {
      return database.isTransaction;
    },
    prepare(text) {
      const statement = database.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters),
        run: (parameters) => statement.run(...parameters),
        iterate: (parameters) => statement.iterate(...parameters),
      };
    },
    exec: (text) => database.exec(text),
    close: () => database.close(),
  };
}

function isOwnModule(module: unknown): module is OwnModule {
  return typeof module === 'object' && module !== null && 'DatabaseSync' in module;
}

function withBetterSqlite(file: string): SqliteFile {
  const database = loadBetterSqlite(file);
  return {
    get inTransaction() {
      return database.inTransaction;
    },
    prepare: (text) => database.prepare(text),
    exec: (text) => void database.exec(text),
    close: () => void database.close(),
  };
}

/** Its binary is loaded with the first file: it may be missing, or have been compiled for another Node. */
function loadBetterSqlite(file: string): BetterSqlite.Database {
  try {
    const Module: unknown = createRequire(import.meta.url)('better-sqlite3');
    if (!isBetterSqlite(Module)) throw new Error('better-sqlite3 is not what it was');
    return new Module(file);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const code = 'code' in cause ? cause.code : undefined;
    const unbuilt = cause.message.startsWith('Could not locate the bindings file');
    if (code === 'MODULE_NOT_FOUND' || unbuilt) throw new NoSqliteDriver('missing', { cause });
    if (code === 'ERR_DLOPEN_FAILED') throw new NoSqliteDriver('misfit', { cause });
    throw cause;
  }
}

function isBetterSqlite(module: unknown): module is typeof BetterSqlite {
  return typeof module === 'function';
}
