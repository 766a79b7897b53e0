import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresDialect, PostgresQueryCompiler, sql } from 'kysely';
import pg from 'pg';
import type { Log } from '../core/ports.ts';
import { type Dialect, isLike } from './dialect.ts';
import { storable } from './storable.ts';

/** PostgreSQL's advisory lock on the tables: any number that no other program uses in the same database. */
const SCHEMA_LOCK = 8_227_364_113;
const NAMED_LOCKS = 8_227;
const POOL_SIZE = 10;
/** No statement of ours takes longer; the server ends it then. */
const STATEMENT_MS = 30_000;
/** A connection that is at work and silent for so long leads nowhere: after a failover nobody says so for many minutes. */
const SILENCE_MS = 2 * STATEMENT_MS;
const LOCK_AGAIN_MS = 200;

/** A database of a PostgreSQL server, on several connections. It is reached when it is first used. */
export function postgresDialect(url: string, log: Log | undefined, { silenceMs = SILENCE_MS } = {}): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'vbs-chatops',
    // A replica that is cut off in the middle of a transaction does not hold its rows for ever.
    idle_in_transaction_session_timeout: 60_000,
    statement_timeout: STATEMENT_MS,
    types: { getTypeParser: parserOf },
  });
  // Without listeners, the end of a connection, idle or at work, would end the process.
  pool.on('error', (error) => log?.warn({ err: error }, 'a database connection was lost'));
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    const socket = socketOf(client);
    const silent = () => socket?.destroy(new Error(`the database has said nothing for ${silenceMs / 1_000} s`));
    socket?.setTimeout(silenceMs, silent);
  });
  return {
    name: 'PostgreSQL',
    kysely: new StorablePostgresDialect({ pool }),
    columns: { text: sql`text collate "C"`, serial: sql`serial` },
    async lockSchema(transaction) {
      // Another replica's migration may take its time, and a connection that only waits would be silent.
      await sql`set local statement_timeout = 0`.execute(transaction);
      const lock = sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${SCHEMA_LOCK}::bigint) as got`;
      while (!(await lock.execute(transaction)).rows[0]?.got) await sleep(LOCK_AGAIN_MS);
    },
    async hold(transaction, name) {
      // Two numbers make a key of another kind than one: none of these meets the lock on the tables.
      await sql`select pg_advisory_xact_lock(${NAMED_LOCKS}::integer, hashtext(${name}))`.execute(transaction);
    },
    // As text without its names: its own JSON refuses what JavaScript's may hold, such as half a character.
    hasPart: (column, part) =>
      isLike(sql`regexp_replace(${sql.ref(column)}, '"[A-Za-z]+":', '', 'g')`, JSON.stringify(part).slice(1, -1)),
    // Serialization failure and deadlock: https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html
    isConflict: (error) => ['40001', '40P01'].includes(codeOf(error)),
    isMissingTable: (error) => codeOf(error) === '42P01',
  };
}

class StorablePostgres extends PostgresQueryCompiler {
  protected override addParameter(parameter: unknown): void {
    super.addParameter(storable(parameter));
  }
}

class StorablePostgresDialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new StorablePostgres();
  }
}

/** Counts come as 8-byte integers, which pg leaves as text by default; ours stay far below 2^53. */
const parserOf: pg.CustomTypesConfig['getTypeParser'] = (type, format) =>
  type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format);

/** What a connection of the pool goes over: pg tells its own types nothing of it. */
function socketOf(client: object): Socket | undefined {
  const connection: unknown = 'connection' in client ? client.connection : undefined;
  if (typeof connection !== 'object' || connection === null || !('stream' in connection)) return undefined;
  return connection.stream instanceof Socket ? connection.stream : undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
