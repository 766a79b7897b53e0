import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Ids, Log } from '../core/ports.ts';
import type { Store, Stores, Topic } from '../core/stores.ts';
import { SqlAsked } from './asked.ts';
import { SqlAudit } from './audit.ts';
import { SqlCards } from './cards.ts';
import { SqlChanges } from './changes.ts';
import { Connections } from './connections.ts';
import { counts } from './counts.ts';
import { FileReplaced, StoreError, UnknownDatabase } from './errors.ts';
import { cannotOpen, migrate, refuseNewer } from './migrate.ts';
import { openDialect, sqliteFileOf } from './open-dialect.ts';
import { SqlRuns } from './runs.ts';
import { OwnSession, type Session } from './session.ts';
import { SqlShareRequests } from './share-requests.ts';
import { SqlSharings } from './sharings.ts';
import { identityOf } from './sqlite-place.ts';
import { SqlTasks } from './tasks.ts';
import { SqlWatches } from './watches.ts';

export interface StoreOptions {
  /** `sqlite:FILE`, `sqlite::memory:`, `postgres://…` or `postgresql://…`. */
  readonly url: string;
  readonly log?: Log;
  /** Where the tokens of leases come from; random unless given. */
  readonly ids?: Pick<Ids, 'next'>;
}

/**
 * Opens the database, making an SQLite file and its folder if need be, and brings its tables up to date. Throws
 * UnknownDatabase, CannotOpenDatabase, NewerSchema; each says what to do.
 */
export async function openStore({ url, log, ids }: StoreOptions): Promise<Store> {
  const dialect = await openDialect(url, { log, create: true });
  if (dialect === undefined) throw new UnknownDatabase();
  const file = sqliteFileOf(url) ?? ':memory:';
  const opened = identityOf(file);
  const connections = await Connections.open(dialect.kysely);
  const { db } = connections;
  const listeners = new Set<(written: ReadonlySet<Topic>) => void>();
  const session = new OwnSession({
    connections,
    dialect,
    newLease: () => ids?.next() ?? randomUUID(),
    committed: (topics) => {
      for (const listener of listeners) {
        try {
          listener(topics);
        } catch (error) {
          // It is committed: whoever wrote it must not take it for failed.
          log?.error({ err: error }, 'a listener to commits failed');
        }
      }
    },
  });
  try {
    await session.run(() => migrate(db, dialect));
  } catch (error) {
    await connections.close();
    throw error instanceof StoreError ? error : cannotOpen(url, error);
  }
  return {
    ...storesOn(session),
    transaction: (work) => session.atomic((transaction) => work(storesOn(transaction))),
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    counts: () => counts(session),
    async ping() {
      await sql`select 1`.execute(db);
    },
    async checkWritable() {
      if (identityOf(file) !== opened) throw new FileReplaced();
      await refuseNewer(db, dialect);
      await session.atomic(({ db: whole }) => writeAndTakeBack(whole));
    },
    async close() {
      listeners.clear();
      await connections.close();
    },
  };
}

/** A row that nobody gets to see. SQLite writes nothing where a row is only set to what it is. */
async function writeAndTakeBack(whole: Session['db']): Promise<void> {
  const version = -1;
  const row = { version, name: 'to see whether anything can be written', applied_at: '' };
  await whole.insertInto('migrations').values(row).execute();
  await whole.deleteFrom('migrations').where('version', '=', version).execute();
}

function storesOn(session: Session): Stores {
  return {
    shareRequests: new SqlShareRequests(session),
    sharings: new SqlSharings(session),
    changes: new SqlChanges(session),
    asked: new SqlAsked(session),
    runs: new SqlRuns(session),
    tasks: new SqlTasks(session),
    watches: new SqlWatches(session),
    cards: new SqlCards(session),
    audit: new SqlAudit(session),
  };
}
