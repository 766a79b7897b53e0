import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { awayOr } from '../../src/store/away.ts';
import { openSqliteFile, type SqliteFile } from '../../src/store/sqlite-file.ts';
import { openStore } from '../../src/store/store.ts';
import { WriteAheadLog } from '../../src/store/write-ahead-log.ts';
import { aRequest } from './samples.ts';

describe("SQLite's log", () => {
  let folder: string;
  let path: string;
  let database: SqliteFile;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-log-'));
    path = join(folder, 'notes.db');
    database = openSqliteFile(path);
    database.exec(
      'pragma busy_timeout = 5; pragma journal_mode = WAL; pragma synchronous = NORMAL; create table notes (id integer)',
    );
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    database.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Bytes of commits that are in the log and not in the database itself. */
  async function logged(): Promise<number> {
    return (await stat(`${path}-wal`)).size;
  }

  it('stays as it is where the disk takes it', async () => {
    const log = new WriteAheadLog(`${path}-wal`, database);
    const before = await logged();
    await log.sync();
    await log.sync();
    expect(await logged()).toBe(before);
    await log.close();
  });

  it('is taken over into the database where the disk does not take it, until that is done', async () => {
    const failing = await failingDisk(path);
    const log = new WriteAheadLog(`${path}-wal`, database);
    const reader = openSqliteFile(path);
    reader.exec('begin');
    expect(reader.prepare('select id from notes').all([])).toEqual([]);
    database.exec('insert into notes values (1)');
    await expect(log.sync()).rejects.toThrow(/somebody else is using the database/);
    expect(await logged()).toBeGreaterThan(0);
    failing.mockRestore();
    await expect(log.sync()).rejects.toThrow(/somebody else is using the database/);
    reader.close();
    await log.sync();
    expect(await logged()).toBe(0);
    await log.close();
  });

  it('tells of it as of a commit that may have been kept', async () => {
    const failing = await failingDisk(path);
    const log = new WriteAheadLog(`${path}-wal`, database);
    database.exec('begin immediate; insert into notes values (1)');
    const syncing = log.sync();
    await expect(syncing).rejects.toThrow('the disk did not take what was written');
    expect(awayOr(await syncing.catch((error: unknown) => error), 'keeping')).toMatchObject({ effect: 'unknown' });
    failing.mockRestore();
    database.exec('commit');
    await log.sync();
    expect(await logged()).toBe(0);
    await log.close();
  });

  it('is waited for between a commit and its answer', async () => {
    const url = `sqlite:${join(folder, 'store.db')}`;
    const store = await openStore({ url });
    const failing = await failingDisk(path);
    const reader = openSqliteFile(join(folder, 'store.db'));
    reader.exec('begin');
    expect(reader.prepare('select count(*) as n from share_requests').all([])).toEqual([{ n: 0 }]);
    const filed = store.shareRequests.insert(aRequest({ id: 'R1' }), 'R1');
    await expect(filed).rejects.toMatchObject({ name: 'StoreAway', effect: 'unknown' });
    failing.mockRestore();
    reader.close();
    expect(await store.shareRequests.insert(aRequest({ id: 'R2' }), 'R2')).toBe(true);
    await store.close();
  });
});

/** From now on, the disk takes nothing from any file. */
async function failingDisk(path: string) {
  const some = await open(path);
  const failing = vi.spyOn(Object.getPrototypeOf(some), 'datasync');
  await some.close();
  return failing.mockRejectedValue(Object.assign(new Error('i/o error'), { code: 'EIO' }));
}
