import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Kysely,
  type Dialect as KyselyDialect,
  PostgresDialect,
  PostgresQueryCompiler,
  type RawBuilder,
  type SqlBool,
  SqliteDialect,
  SqliteDriver,
  SqliteQueryCompiler,
  type SqliteStatement,
  sql,
} from 'kysely';
import pg from 'pg';
import type { Log } from '../core/ports.ts';
import { CannotOpenDatabase, StoreError, UnknownDatabase } from './errors.ts';
import { isBusy, isMissingTable, openSqliteFile, type SqliteFile } from './sqlite-file.ts';

/** What the two databases do differently; every query is the same for both. */
export interface Dialect {
  readonly name: 'SQLite' | 'PostgreSQL';
  readonly kysely: KyselyDialect;
  /** The types of columns that differ. */
  readonly columns: ColumnTypes;
  /** Lets one process at a time change the tables, until the end of the transaction. */
  lockSchema<DB>(transaction: Kysely<DB>): Promise<void>;
  /** Lets one transaction at a time do what goes by this name, until its end. */
  hold<DB>(transaction: Kysely<DB>, name: string): Promise<void>;
  /** Takes the rows of a claim, leaving out those that another worker is taking at this moment. */
  skipLocked<Query extends Lockable<Query>>(query: Query): Query;
  /** Whether a text or number in a column of JSON has this part in it, in any case (of A to Z). Names do not count. */
  hasPart(column: string, part: string): RawBuilder<SqlBool>;
  /** Whether the database failed a transaction only because of another one: it may go through when tried again. */
  isConflict(error: unknown): boolean;
  isMissingTable(error: unknown): boolean;
}

export interface ColumnTypes {
  /** Text that sorts by its bytes, whatever language the database speaks. */
  readonly text: RawBuilder<unknown>;
  /** A number that the database gives, later ones greater. */
  readonly serial: RawBuilder<unknown>;
}

interface Lockable<Query> {
  forUpdate(): Query;
  skipLocked(): Query;
}

/** PostgreSQL's advisory lock on the tables: any number that no other program uses in the same database. */
const SCHEMA_LOCK = 8_227_364_113;
const NAMED_LOCKS = 8_227;
const STATEMENTS_KEPT = 300;
/** The process stands still while SQLite waits for another one's write, so longer waits are made outside of it. */
const BUSY_TIMEOUT_MS = 5;
/** Others may be opening the same file for the first time. */
const OPENING_TIMEOUT_MS = 5_000;
const POOL_SIZE = 10;

/**
 * Opens the database of this address: `sqlite:FILE`, `sqlite::memory:`, `postgres://…` or `postgresql://…`. Unless
 * `create`, a missing SQLite file answers undefined. Throws UnknownDatabase, CannotOpenDatabase.
 */
export function openDialect(url: string, about: { log?: Log | undefined; create: boolean }): Dialect | undefined {
  if (/^postgres(ql)?:\/\//i.test(url) && URL.canParse(url)) return postgresDialect(url, about.log);
  const file = /^sqlite:(?<file>(?!\/\/)\S.*)$/i.exec(url)?.groups?.['file'];
  if (file === undefined) throw new UnknownDatabase();
  if (!about.create && !existsSync(file)) return undefined;
  return sqliteDialect(file);
}

/** The address without its password, for messages. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url) || url.startsWith('sqlite:')) return url;
  const shown = new URL(url);
  shown.password = '';
  shown.search = '';
  return shown.href;
}

/** Text as both databases can keep it: neither has a place for U+0000 (PostgreSQL refuses it) or half a character. */
function storable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD') : value;
}

/** Whether the text has this part in it, in any case (of A to Z). */
export function isLike(text: RawBuilder<unknown>, part: string): RawBuilder<SqlBool> {
  const pattern = `%${part.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql`lower(${text}) like lower(${pattern}) escape '\\'`;
}

class StorableSqlite extends SqliteQueryCompiler {
  protected override addParameter(parameter: unknown): void {
    super.addParameter(storable(parameter));
  }
}

class StorablePostgres extends PostgresQueryCompiler {
  protected override addParameter(parameter: unknown): void {
    super.addParameter(storable(parameter));
  }
}

function sqliteDialect(file: string): Dialect {
  const database = openSqlite(file);
  return {
    name: 'SQLite',
    kysely: new ImmediateSqlite(database),
    columns: { text: sql`text`, serial: sql`integer` },
    // Every transaction takes SQLite's one write lock at its beginning.
    lockSchema: async () => undefined,
    hold: async () => undefined,
    skipLocked: (query) => query,
    hasPart: (column, part) =>
      sql`exists (select 1 from json_tree(${sql.ref(column)}) as leaf where ${isLike(sql`leaf.atom`, part)})`,
    isConflict: isBusy,
    isMissingTable,
  };
}

function openSqlite(file: string): SqliteFile {
  try {
    if (file !== ':memory:') {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      closeSync(openSync(file, 'a', 0o600));
    }
    const database = openSqliteFile(file);
    database.exec(`pragma busy_timeout = ${OPENING_TIMEOUT_MS}`);
    database.exec('pragma journal_mode = WAL');
    database.exec('pragma synchronous = FULL');
    database.exec('pragma foreign_keys = ON');
    database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
    return database;
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    const remedy = 'See that the path in database.url is right, and that the bot may write to that folder.';
    throw new CannotOpenDatabase(file, { cause, remedy });
  }
}

class ImmediateSqlite extends SqliteDialect {
  readonly #database: SqliteFile;

  constructor(database: SqliteFile) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#database);
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new StorableSqlite();
  }
}

/** Begins transactions with the write lock: one that reads first and then writes would fail wherever two meet. */
class ImmediateDriver extends SqliteDriver {
  readonly #database: SqliteFile;

  constructor(database: SqliteFile) {
    super({ database: { prepare: kept(database), close: () => database.close() } });
    this.#database = database;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // After some errors, such as a full disk, SQLite has rolled back by itself.
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
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

function postgresDialect(url: string, log: Log | undefined): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'vbs-chatops',
    // A replica that is cut off in the middle of a transaction does not hold its rows for ever.
    idle_in_transaction_session_timeout: 60_000,
    statement_timeout: 30_000,
    types: { getTypeParser: parserOf },
  });
  // Without listeners, the end of a connection, idle or at work, would end the process.
  pool.on('error', (error) => log?.warn({ err: error }, 'a database connection was lost'));
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return {
    name: 'PostgreSQL',
    kysely: new StorablePostgresDialect({ pool }),
    columns: { text: sql`text collate "C"`, serial: sql`serial` },
    async lockSchema(transaction) {
      // Another replica's migration may take its time.
      await sql`set local statement_timeout = 0`.execute(transaction);
      await sql`select pg_advisory_xact_lock(${SCHEMA_LOCK}::bigint)`.execute(transaction);
    },
    async hold(transaction, name) {
      // Two numbers make a key of another kind than one: none of these meets the lock on the tables.
      await sql`select pg_advisory_xact_lock(${NAMED_LOCKS}::integer, hashtext(${name}))`.execute(transaction);
    },
    skipLocked: (query) => query.forUpdate().skipLocked(),
    // As text without its names: its own JSON refuses what JavaScript's may hold, such as half a character.
    hasPart: (column, part) =>
      isLike(sql`regexp_replace(${sql.ref(column)}, '"[A-Za-z]+":', '', 'g')`, JSON.stringify(part).slice(1, -1)),
    // Serialization failure and deadlock: https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html
    isConflict: (error) => ['40001', '40P01'].includes(codeOf(error)),
    isMissingTable: (error) => codeOf(error) === '42P01',
  };
}

class StorablePostgresDialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new StorablePostgres();
  }
}

/** Counts come as 8-byte integers, which pg leaves as text by default; ours stay far below 2^53. */
const parserOf: pg.CustomTypesConfig['getTypeParser'] = (type, format) =>
  type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
