import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Driver, SqliteDialect, SqliteQueryCompiler, type SqliteStatement, sql } from 'kysely';
import { type Dialect, isLike } from './dialect.ts';
import { CannotOpenDatabase, FILE_REMEDY, remedyFor, StoreError } from './errors.ts';
import { GroupCommitDriver } from './group-commit.ts';
import { firstValue, isBusy, isMissingTable, openSqliteFile, type SqliteFile } from './sqlite-file.ts';
import { storable } from './storable.ts';
import { type Disk, WriteAheadLog } from './write-ahead-log.ts';

const STATEMENTS_KEPT = 300;
/** The process stands still while SQLite waits for another one's write, so longer waits are made outside of it. */
const BUSY_TIMEOUT_MS = 5;
/** Others may be opening the same file for the first time. */
const OPENING_TIMEOUT_MS = 5_000;

/** A database in a file, which is made if need be. Throws CannotOpenDatabase, NoSqliteDriver. */
export function sqliteDialect(file: string): Dialect {
  return {
    name: 'SQLite',
    kysely: new OneSqlite(openSqlite(file)),
    columns: { text: sql`text`, serial: sql`integer` },
    // Every transaction takes SQLite's one write lock at its beginning.
    lockSchema: async () => undefined,
    hold: async () => undefined,
    hasPart: (column, part) =>
      sql`exists (select 1 from json_tree(${sql.ref(column)}) as leaf where ${isLike(sql`leaf.atom`, part)})`,
    isConflict: isBusy,
    isMissingTable,
  };
}

interface OpenSqlite {
  readonly database: SqliteFile;
  /** Where commits become durable, unless they are so at their end. */
  readonly disk: Disk | undefined;
}

function openSqlite(file: string): OpenSqlite {
  try {
    if (file !== ':memory:') {
      closeSync(openSync(file, 'a', 0o600));
    }
    const database = openSqliteFile(file);
    database.exec(`pragma busy_timeout = ${OPENING_TIMEOUT_MS}`);
    // Where there can be no such log, as in memory, SQLite itself waits for the disk.
    const logged = firstValue(database, 'pragma journal_mode = WAL') === 'wal';
    const disk = logged ? new WriteAheadLog(`${resolve(file)}-wal`, database) : undefined;
    database.exec(`pragma synchronous = ${disk ? 'NORMAL' : 'FULL'}`);
    database.exec('pragma foreign_keys = ON');
    // For rows that a statement keeps aside, such as those of `returning`; a file for them takes longer than the update.
    database.exec('pragma temp_store = MEMORY');
    database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
    return { database, disk };
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new CannotOpenDatabase(file, { cause, remedy: remedyFor(cause, FILE_REMEDY) });
  }
}

class OneSqlite extends SqliteDialect {
  readonly #open: OpenSqlite;

  constructor(open: OpenSqlite) {
    super({ database: open.database });
    this.#open = open;
  }

  override createDriver(): Driver {
    const { database, disk } = this.#open;
    return new GroupCommitDriver(database, kept(database), { disk });
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new StorableSqlite();
  }
}

class StorableSqlite extends SqliteQueryCompiler {
  protected override addParameter(parameter: unknown): void {
    super.addParameter(storable(parameter));
  }

  /** SQLite has no locks on rows, such as `for update`: each transaction holds its one write lock from its beginning. */
  protected override visitSelectModifier(): void {}
}

/** Prepares each statement once; the least recently used ones go. */
function kept(database: SqliteFile): (text: string) => SqliteStatement {
  const statements = new Map<string, SqliteStatement>();
  return (text) => {
    const statement = statements.get(text) ?? database.prepare(text);
    statements.delete(text);
    statements.set(text, statement);
    const [oldest] = statements.keys();
    if (statements.size > STATEMENTS_KEPT && oldest !== undefined) statements.delete(oldest);
    return statement;
  };
}
