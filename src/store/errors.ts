/** The base of what goes wrong between the bot and its database. Each message ends with the remedy. */
export abstract class StoreError extends Error {
  /** The message in two: what is wrong, and what mends it. */
  readonly problem: string;
  readonly remedy: string;

  constructor({ problem, remedy }: { problem: string; remedy: string }, options?: ErrorOptions) {
    super(`${problem}${/^[A-Z]/.test(remedy) ? '.' : ':'} ${remedy}`, options);
    this.name = new.target.name;
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** The address names no kind of database that the bot knows. */
export class UnknownDatabase extends StoreError {
  constructor() {
    const remedy = 'give sqlite:FILE or postgres://user@host:5432/database';
    super({ problem: 'database.url names no known database', remedy });
  }
}

/** What mends a file that cannot be opened or made. */
export const FILE_REMEDY = 'See that the path in database.url is right, and that the bot may write to that folder.';

/** In the words of both databases: it was opened, and its tables are another program's, or damaged. */
const NOT_OURS = /already exists|no such column|column .* does not exist|malformed|not a database|not the bot's/;
const NOT_OURS_REMEDY =
  'See that database.url is right, and that no other program uses that database. If it is damaged, put back a copy of it.';

/** In the words of PostgreSQL, which from version 15 on lets only the owner of a database make tables in it. */
const NO_TABLES = /permission denied for (schema|table)/;
const NO_TABLES_REMEDY =
  'Let the user of database.url own that database and its tables: it makes and changes them itself.';

/** What mends a database that cannot be opened: what is said here, unless it is not the bot's own. */
export function remedyFor(cause: unknown, otherwise: string): string {
  const reason = reasonOf(cause);
  if (NO_TABLES.test(reason)) return NO_TABLES_REMEDY;
  return NOT_OURS.test(reason) ? NOT_OURS_REMEDY : otherwise;
}

/** The database cannot be opened or reached. `database` is its address without a password. */
export class CannotOpenDatabase extends StoreError {
  constructor(database: string, { cause, remedy }: { cause: unknown; remedy: string }) {
    super({ problem: `cannot open the database ${database}: ${reasonOf(cause)}`, remedy }, { cause });
  }
}

/** Nothing here reads SQLite files: before Node 24 that takes better-sqlite3, compiled for this very Node. */
export class NoSqliteDriver extends StoreError {
  constructor(problem: 'missing' | 'misfit', options?: ErrorOptions) {
    const [what, remedy] = {
      missing: ['is not there', 'install Python, make and a C++ compiler and run `npm ci` again'],
      misfit: [`was compiled for another Node than this (${process.version})`, 'run `npm rebuild better-sqlite3`'],
    }[problem];
    const driver = `better-sqlite3, through which SQLite files are read, ${what}`;
    super({ problem: driver, remedy: `${remedy}, or use Node 24 or newer` }, options);
  }
}

/** A newer version of the bot has changed the tables: this one would spoil what it does not know. */
export class NewerSchema extends StoreError {
  readonly current: number;
  readonly needed: number;

  constructor({ current, needed }: { current: number; needed: number }) {
    super({
      problem: `the database was written by a newer version of vbs-chatops (its schema is ${current}, this version knows ${needed})`,
      remedy: 'run that newer version, or restore a copy of the database from before the upgrade',
    });
    this.current = current;
    this.needed = needed;
  }
}

/** The path leads to another file than the one that is open, or to none: whoever starts the bot next finds nothing of this. */
export class FileReplaced extends StoreError {
  constructor() {
    super({
      problem: 'the file of the database has been removed or replaced',
      remedy: 'end the bot, put the right file in place and start it again; what was put down meanwhile is lost',
    });
  }
}

function reasonOf(cause: unknown): string {
  // Node joins the refusals of all of a host's addresses into an error without words of its own.
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(reasonOf).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
}
