import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Topic } from '../core/stores.ts';
import type { Connections } from './connections.ts';
import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';

/** What the stores work with: the database itself, or one transaction of it. */
export interface Session {
  readonly db: Kysely<Database>;
  readonly dialect: Dialect;
  /** A token that nobody else has. */
  readonly newLease: () => string;
  /** Runs a statement that is no news to anybody: a claim, a lock. */
  run<T>(statement: (db: Kysely<Database>) => Promise<T>): Promise<T>;
  /** Runs a statement that writes, and answers how many rows it changed; if any, the topic is news. */
  write(topic: Topic, statement: (db: Kysely<Database>) => Promise<number>): Promise<number>;
  /** Runs several statements as one. */
  atomic<T>(work: (session: Session) => Promise<T>): Promise<T>;
}

/** Tries before a conflict is let through; with the waits below, about five seconds. */
const TRIES = 80;
const LONGEST_WAIT_MS = 120;

export interface SessionParts {
  readonly connections: Connections;
  readonly dialect: Dialect;
  readonly newLease: () => string;
  /** Told what each commit wrote. */
  readonly committed: (topics: ReadonlySet<Topic>) => void;
}

/** Each write in a transaction of its own. */
export class OwnSession implements Session {
  readonly db: Kysely<Database>;
  readonly dialect: Dialect;
  readonly newLease: () => string;
  readonly #connections: Connections;
  readonly #committed: (topics: ReadonlySet<Topic>) => void;

  constructor(parts: SessionParts) {
    this.#connections = parts.connections;
    this.db = parts.connections.db;
    this.dialect = parts.dialect;
    this.newLease = parts.newLease;
    this.#committed = parts.committed;
  }

  run<T>(statement: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    return this.#untilNoConflict(() => statement(this.db));
  }

  async write(topic: Topic, statement: (db: Kysely<Database>) => Promise<number>): Promise<number> {
    const changed = await this.run(statement);
    if (changed > 0) this.#committed(new Set([topic]));
    return changed;
  }

  async atomic<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const { result, topics } = await this.#untilNoConflict(async () => {
      const topics = new Set<Topic>();
      const result = await this.#connections.transaction((db) => work(new TransactionSession(this, db, topics)));
      return { result, topics };
    });
    if (topics.size > 0) this.#committed(topics);
    return result;
  }

  async #untilNoConflict<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt >= TRIES || !this.dialect.isConflict(error)) throw error;
        await sleep(Math.random() * Math.min(LONGEST_WAIT_MS, 2 * 1.5 ** attempt));
      }
    }
  }
}

/** Everything in one transaction; what it wrote is news once it has been committed. */
class TransactionSession implements Session {
  readonly db: Kysely<Database>;
  readonly dialect: Dialect;
  readonly newLease: () => string;
  readonly #topics: Set<Topic>;

  constructor(outer: Session, transaction: Transaction<Database>, topics: Set<Topic>) {
    this.db = transaction;
    this.dialect = outer.dialect;
    this.newLease = outer.newLease;
    this.#topics = topics;
  }

  run<T>(statement: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    return statement(this.db);
  }

  async write(topic: Topic, statement: (db: Kysely<Database>) => Promise<number>): Promise<number> {
    const changed = await statement(this.db);
    if (changed > 0) this.#topics.add(topic);
    return changed;
  }

  atomic<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return work(this);
  }
}

/** How many rows these statements changed. */
export function updated(results: readonly { readonly numUpdatedRows: bigint }[]): number {
  return results.reduce((sum, result) => sum + Number(result.numUpdatedRows), 0);
}

/** How many rows a prepared statement changed. */
export function affected({ numAffectedRows = 0n }: { readonly numAffectedRows?: bigint }): number {
  return Number(numAffectedRows);
}

export function inserted(results: readonly { readonly numInsertedOrUpdatedRows?: bigint | undefined }[]): number {
  return results.reduce((sum, result) => sum + Number(result.numInsertedOrUpdatedRows ?? 0n), 0);
}
