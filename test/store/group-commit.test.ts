import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GroupCommitDriver } from '../../src/store/group-commit.ts';
import { openSqliteFile } from '../../src/store/sqlite-file.ts';
import { rawSql } from './raw-sql.ts';

interface Tables {
  notes: { id: number; parent: number | null };
}

const TWENTY = Array.from({ length: 20 }, (_, index) => index + 1);

describe('commits that come at the same moment', () => {
  let folder: string;
  let url: string;
  let db: Kysely<Tables>;
  /** Every statement, in order. */
  const said: string[] = [];
  /** How each wait for the disk ends, from the next one on; at once and well, unless it is told. */
  const waits: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-group-'));
    url = `sqlite:${join(folder, 'notes.db')}`;
    const file = openSqliteFile(join(folder, 'notes.db'));
    file.exec('pragma journal_mode = WAL');
    file.exec('pragma foreign_keys = ON');
    file.exec(
      'create table notes (id integer primary key, parent integer references notes deferrable initially deferred)',
    );
    const prepare = (text: string) => {
      said.push(text);
      return file.prepare(text);
    };
    const disk = {
      async sync() {
        said.push('sync');
        await waits.shift()?.();
      },
      close: async () => undefined,
    };
    db = new Kysely({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new GroupCommitDriver(file, prepare, { groupMs: 60_000, disk }),
        createIntrospector: (of) => new SqliteIntrospector(of),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    });
    said.length = 0;
    waits.length = 0;
  });

  afterEach(async () => {
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  /** Puts a note down in a transaction of its own. */
  function put(id: number, parent: number | null = null): Promise<void> {
    return db.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ id, parent }).execute();
    });
  }

  /** The notes that another process sees. */
  async function durable(): Promise<readonly unknown[]> {
    return rawSql(url, 'select id from notes order by id');
  }

  function readNotes() {
    return db.selectFrom('notes').select('id').execute();
  }

  function commits(): number {
    return said.filter((text) => text === 'commit').length;
  }

  it('wait for the disk once, statements without a transaction as well', async () => {
    await Promise.all([
      ...TWENTY.map((id) => put(id)),
      ...TWENTY.map((id) =>
        db
          .insertInto('notes')
          .values({ id: 100 + id, parent: null })
          .execute(),
      ),
    ]);
    expect([(await durable()).length, commits()]).toEqual([40, 1]);
  });

  it('are answered when all of them are durable, and so is who reads meanwhile', async () => {
    const seen: number[] = [];
    const look = async () => void seen.push((await durable()).length);
    await Promise.all([...TWENTY.map((id) => put(id).then(look)), readNotes().then(look)]);
    expect(seen).toEqual(Array.from({ length: 21 }, () => 20));
  });

  it('see one another as if each had been made before the next', async () => {
    const next = sql<number>`(select coalesce(max(id), 0) + 1 from notes)`;
    const numbers = TWENTY.map(() =>
      db.transaction().execute(async (transaction) => {
        const row = transaction.insertInto('notes').values({ id: next, parent: null }).returning('id');
        return (await row.executeTakeFirstOrThrow()).id;
      }),
    );
    expect([await Promise.all(numbers), commits()]).toEqual([TWENTY, 1]);
  });

  it('take back only what fails', async () => {
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 2, parent: null }).execute();
      throw new Error('changed my mind');
    });
    const outcomes = await Promise.allSettled([put(1), failing, put(1), put(3)]);
    const reasons = outcomes.map((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : 'done'));
    expect(reasons).toEqual(['done', 'Error: changed my mind', expect.stringMatching(/unique/i), 'done']);
    expect([await durable(), commits()]).toEqual([[{ id: 1 }, { id: 3 }], 1]);
  });

  it('fail together where the commit itself fails, and leave nothing', async () => {
    const outcomes = await Promise.allSettled([
      put(1),
      put(2, 99),
      put(3),
      db.selectFrom('notes').selectAll().execute(),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    expect(await durable()).toEqual([]);
    await put(4);
    expect(await durable()).toEqual([{ id: 4 }]);
  });

  it('are lost together where the database ends the transaction, and no later one with them', async () => {
    await put(1);
    const ending = () =>
      db.transaction().execute(async (transaction) => {
        await transaction.insertInto('notes').values({ id: 3, parent: null }).execute();
        const refused = sql`insert or rollback into notes (id) values (1)`.execute(transaction);
        await expect(refused).rejects.toThrow(/unique/i);
        await transaction.insertInto('notes').values({ id: 4, parent: null }).execute();
      });
    const outcomes = await Promise.allSettled([put(2), ending(), put(5)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(await durable()).toEqual([{ id: 1 }, { id: 5 }]);
  });

  it('are answered once the disk has them, and so is who reads meanwhile; others are made during the wait', async () => {
    let take = (): void => undefined;
    const taken = new Promise<void>((resolve) => {
      take = resolve;
    });
    waits.push(() => taken);
    const answered: string[] = [];
    const first = put(1).then(() => answered.push('first'));
    await vi.waitFor(async () => expect(await durable()).toEqual([{ id: 1 }]));
    const read = readNotes().then((rows) => answered.push(`read ${rows.length}`));
    const second = put(2).then(() => answered.push('second'));
    const third = put(3).then(() => answered.push('third'));
    await vi.waitFor(async () => expect(await durable()).toHaveLength(3));
    expect(answered).toEqual([]);
    take();
    await Promise.all([first, read, second, third]);
    expect(answered.toSorted()).toEqual(['first', 'read 1', 'second', 'third']);
    expect(said.filter((text) => text === 'sync' || text === 'commit')).toEqual(['commit', 'sync', 'commit', 'sync']);
  });

  it('fail where the disk does not take them, and no later ones with them', async () => {
    waits.push(() => Promise.reject(new Error('the disk is gone')));
    const outcomes = await Promise.allSettled([put(1), put(2), readNotes()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await put(3);
    expect(await readNotes()).toHaveLength(3);
  });

  it('do not wait for the disk where nothing was written', async () => {
    await db.transaction().execute((transaction) => transaction.selectFrom('notes').selectAll().execute());
    await readNotes();
    expect(said).not.toContain('sync');
  });

  it('are made before the file is closed', async () => {
    const putting = [put(1), put(2)];
    await Promise.resolve();
    await db.destroy();
    await Promise.allSettled(putting);
    const outcomes = await Promise.allSettled(putting);
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect((await durable()).length).toBe(done);
  });
});
