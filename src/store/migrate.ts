import { Kysely } from 'kysely';
import { StoreAway } from '../core/errors.ts';
import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';
import { CannotOpenDatabase, FILE_REMEDY, NewerSchema, remedyFor } from './errors.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { changeTables } from './migrations/0002-changes.ts';
import { runFacts } from './migrations/0003-run-facts.ts';
import type { Migration } from './migrations/migration.ts';
import { openDialect, withoutPassword } from './open-dialect.ts';

const migrations: readonly Migration[] = [firstTables, changeTables, runFacts];

/** The schema that this version of the bot works with. */
export const SCHEMA_VERSION = Math.max(...migrations.map((migration) => migration.version));

export interface MigrationState {
  /** The schema of the database, 0 if it has no tables yet. */
  readonly current: number;
  /** The schema that this version of the bot works with; it is brought there at start. */
  readonly needed: number;
  /** Whether a newer version of the bot wrote it, so that this one refuses to start. */
  readonly newer: boolean;
}

/**
 * Brings the tables to this version's schema. Safe where several processes start at once: one does it, the others wait
 * and find it done. Throws NewerSchema and then changes nothing.
 */
export async function migrate(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  if (upToDate(await currentVersion(db, dialect))) return;
  await db.transaction().execute(async (transaction) => {
    await dialect.lockSchema(transaction);
    const { text } = dialect.columns;
    await transaction.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('applied_at', text, (column) => column.notNull())
      .execute();
    const current = await currentVersion(transaction, dialect);
    if (upToDate(current)) return;
    for (const migration of migrations.filter(({ version }) => version > current)) {
      await migration.up(transaction, dialect.columns);
      const { version, name } = migration;
      const row = { version, name, applied_at: new Date().toISOString() };
      await transaction.insertInto('migrations').values(row).execute();
    }
  });
}

/** Throws NewerSchema where a newer version has changed the tables since the start. */
export async function refuseNewer(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  upToDate(await currentVersion(db, dialect));
}

/** Where the tables of this database stand, and whether they can be written to. Changes nothing, and makes no file. Throws UnknownDatabase, CannotOpenDatabase. */
export async function migrationState(url: string): Promise<MigrationState> {
  const dialect = await openDialect(url, { create: false });
  const current = dialect === undefined ? 0 : await lookAt(dialect, url);
  return { current, needed: SCHEMA_VERSION, newer: current > SCHEMA_VERSION };
}

async function lookAt(dialect: Dialect, url: string): Promise<number> {
  const db = new Kysely<Database>({ dialect: dialect.kysely });
  try {
    const current = await currentVersion(db, dialect);
    if (current <= SCHEMA_VERSION) await tryOut(db, dialect, current);
    return current;
  } catch (cause) {
    throw cannotOpen(url, cause);
  } finally {
    await db.destroy();
  }
}

/** Does what a start and its work need to, and takes it back: a user who may only read is found by this. */
async function tryOut(db: Kysely<Database>, dialect: Dialect, current: number): Promise<void> {
  const takenBack = new Error('taken back');
  const trial = db.transaction().execute(async (transaction) => {
    if (current < SCHEMA_VERSION) {
      await transaction.schema.createTable('trial').ifNotExists().addColumn('version', 'integer').execute();
    } else {
      const row = { version: -1, name: 'to see whether anything can be written', applied_at: '' };
      await transaction.insertInto('migrations').values(row).execute();
    }
    throw takenBack;
  });
  await trial.catch((error: unknown) => {
    // Somebody else writes there at this moment, so it can be written to.
    if (error !== takenBack && !dialect.isConflict(error)) throw error;
  });
}

/** What to say of a database that was found but does not answer. */
export function cannotOpen(url: string, error: unknown): CannotOpenDatabase {
  const cause = error instanceof StoreAway ? error.cause : error;
  const server = 'See that database.url is right, that the server runs, and that its user may use the database.';
  const remedy = remedyFor(cause, url.startsWith('sqlite:') ? FILE_REMEDY : server);
  return new CannotOpenDatabase(withoutPassword(url), { cause, remedy });
}

async function currentVersion(db: Kysely<Database>, dialect: Dialect): Promise<number> {
  try {
    const newest = db.selectFrom('migrations').select((eb) => eb.fn.max('version').as('version'));
    const version: unknown = (await newest.executeTakeFirst())?.version ?? 0;
    if (typeof version !== 'number') throw new Error("its table migrations is not the bot's");
    return version;
  } catch (error) {
    if (dialect.isMissingTable(error)) return 0;
    throw error;
  }
}

function upToDate(current: number): boolean {
  if (current > SCHEMA_VERSION) throw new NewerSchema({ current, needed: SCHEMA_VERSION });
  return current === SCHEMA_VERSION;
}
