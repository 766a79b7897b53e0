import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, SqliteStatement } from 'kysely';
import { GROUP_MS, Group } from './commit-group.ts';
import type { SqliteFile } from './sqlite-file.ts';
import type { Disk } from './write-ahead-log.ts';

export interface GroupCommitOptions {
  /** How long a group goes on at most while more transactions come. */
  readonly groupMs?: number;
  /** Where commits become durable; unless given, they are so at their end. */
  readonly disk?: Disk | undefined;
}

/**
 * One SQLite connection, whose commits are made together. Each costs writes to the disk. So the transactions that are at
 * hand at the same moment run one after another within one transaction of the database, each in a savepoint of its own,
 * and all are answered after its one commit; one that fails takes back its own writes alone. The wait for the disk comes
 * after the commit, and the process goes on meanwhile. Whatever is read before that wait has ended is answered after it,
 * too: nobody is told what is not yet durable.
 */
export class GroupCommitDriver implements Driver {
  readonly #file: SqliteFile;
  readonly #prepare: (text: string) => SqliteStatement;
  readonly #waiting: (() => void)[] = [];
  /** Whether somebody has the connection to himself at this moment. */
  #taken = false;
  readonly #groupMs: number;
  readonly #disk: Disk | undefined;
  #group: Group | undefined;
  #endsSoon = false;
  /** Committed, and not yet durable; oldest first. */
  readonly #committed: Group[] = [];
  #persisting: Promise<void> | undefined;

  constructor(
    file: SqliteFile,
    prepare: (text: string) => SqliteStatement,
    { groupMs = GROUP_MS, disk }: GroupCommitOptions = {},
  ) {
    this.#groupMs = groupMs;
    this.#disk = disk;
    this.#file = file;
    this.#prepare = prepare;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Seat> {
    return new Seat((seat, query) => (seat.group ? this.#inTransaction(seat, query) : this.#alone(query)));
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(seat: Seat): Promise<void> {
    await this.#turn();
    try {
      seat.group = this.#open();
      this.#command('savepoint member');
    } catch (error) {
      seat.group = undefined;
      this.#pass();
      throw error;
    }
  }

  async commitTransaction(seat: Seat): Promise<void> {
    const group = this.#groupOf(seat);
    this.#command('release member');
    group.writes += 1;
    this.#leave(seat);
    await group.ended;
  }

  async rollbackTransaction(seat: Seat): Promise<void> {
    const { group } = seat;
    if (group === undefined) return;
    try {
      // After some errors, such as a full disk, SQLite has rolled back by itself.
      if (group === this.#group) {
        this.#command('rollback to member');
        this.#command('release member');
      }
    } finally {
      this.#leave(seat);
    }
    // Why it failed may lie in what the others wrote.
    await group.ended.catch(() => undefined);
  }

  async destroy(): Promise<void> {
    await this.#turn();
    this.#end();
    await this.#persisting;
    await this.#disk?.close();
    this.#file.close();
    this.#pass();
  }

  /** The connection is the caller's until it passes it on; transactions end in the order in which they begin. */
  async #turn(): Promise<void> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
  }

  #pass(): void {
    if (this.#group?.isFull(this.#groupMs)) this.#end();
    const next = this.#waiting.shift();
    this.#taken = next !== undefined;
    next?.();
    if (this.#taken || this.#group === undefined || this.#endsSoon) return;
    this.#endsSoon = true;
    // What has come in at the same moment is still on its way here.
    setImmediate(() => {
      this.#endsSoon = false;
      if (!this.#taken) this.#end();
    });
  }

  #leave(seat: Seat): void {
    seat.group = undefined;
    this.#pass();
  }

  /** A statement outside of any transaction. */
  async #alone(query: CompiledQuery): Promise<QueryResult<never>> {
    await this.#turn();
    let group: Group | undefined;
    try {
      if (!isRead(query)) this.#open().writes += 1;
      group = this.#group ?? this.#committed.at(-1);
      if (group && !isRead(query)) group.wrote = true;
      return this.#run(query);
    } finally {
      this.#pass();
      await group?.ended;
    }
  }

  async #inTransaction(seat: Seat, query: CompiledQuery): Promise<QueryResult<never>> {
    const group = this.#groupOf(seat);
    if (!isRead(query)) group.wrote = true;
    return this.#run(query);
  }

  #run(query: CompiledQuery): QueryResult<never> {
    const statement = this.#prepare(query.sql);
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Kysely knows the rows by the query.
      if (statement.reader) return { rows: statement.all(query.parameters) as never[] };
      const { changes, lastInsertRowid } = statement.run(query.parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      if (this.#group && !this.#file.inTransaction) this.#lose(this.#group, error);
      throw error;
    }
  }

  #command(text: string): void {
    this.#prepare(text).run([]);
  }

  #open(): Group {
    if (this.#group) return this.#group;
    // With the write lock: a transaction that reads first and then writes would fail wherever two processes meet.
    this.#command('begin immediate');
    this.#group = new Group();
    return this.#group;
  }

  #groupOf({ group }: Seat): Group {
    if (group === undefined || group !== this.#group) throw new Error('the database has ended this transaction');
    return group;
  }

  #end(): void {
    const group = this.#group;
    if (group === undefined) return;
    try {
      this.#command('commit');
      this.#group = undefined;
      if (group.wrote || this.#committed.length > 0) this.#keep(group);
      else group.succeed();
    } catch (error) {
      this.#lose(group, error);
    }
  }

  #keep(group: Group): void {
    this.#committed.push(group);
    this.#persisting ??= this.#untilDurable();
  }

  /** One wait for the disk at a time, each for all that has been committed before it. */
  async #untilDurable(): Promise<void> {
    for (let left = [...this.#committed]; left.length > 0; left = [...this.#committed]) {
      const failure = await this.#disk?.sync().then(
        () => undefined,
        (reason: unknown) => ({ reason }),
      );
      this.#committed.splice(0, left.length);
      for (const group of left) {
        if (failure) group.fail(failure.reason);
        else group.succeed();
      }
    }
    this.#persisting = undefined;
  }

  #lose(group: Group, error: unknown): void {
    this.#group = undefined;
    group.fail(error);
    if (this.#file.inTransaction) this.#command('rollback');
  }
}

/** What one user of the database has of the connection. */
class Seat implements DatabaseConnection {
  /** The group in which its transaction goes on, if one does. */
  group: Group | undefined;
  readonly #execute: (seat: Seat, query: CompiledQuery) => Promise<QueryResult<never>>;

  constructor(execute: (seat: Seat, query: CompiledQuery) => Promise<QueryResult<never>>) {
    this.#execute = execute;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#execute(this, query);
  }

  streamQuery(): never {
    throw new Error('rows are not streamed from SQLite');
  }
}

function isRead({ sql }: CompiledQuery): boolean {
  return /^select /i.test(sql);
}
