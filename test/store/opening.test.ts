import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../src/core/stores.ts';
import { CannotOpenDatabase, FileReplaced, NewerSchema, UnknownDatabase } from '../../src/store/errors.ts';
import { migrationState, SCHEMA_VERSION } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/store.ts';
import { onPostgres } from '../support/databases.ts';
import { onEachDatabase } from './on-each-database.ts';
import { rawSql } from './raw-sql.ts';
import { anEntry, aRequest, aRun } from './samples.ts';

onEachDatabase('opening', ({ open, url }) => {
  it('is closed once, however often that is asked, and then takes nothing more', async () => {
    const store = await open();
    await Promise.all([store.close(), store.close()]);
    await expect(store.ping()).rejects.toThrow('the database has been closed');
    await expect(store.transaction(() => Promise.resolve())).rejects.toThrow('the database has been closed');
    await store.close();
  });

  it('makes the tables, and finds them with what is in them the next time', async () => {
    expect(await migrationState(await url())).toEqual({ current: 0, needed: SCHEMA_VERSION, newer: false });
    const first = await open();
    await first.shareRequests.insert(aRequest(), 'form-1');
    await first.close();
    const again = await open();
    await again.ping();
    expect(await again.shareRequests.get('R1')).toEqual(aRequest());
    expect(await migrationState(await url())).toEqual({
      current: SCHEMA_VERSION,
      needed: SCHEMA_VERSION,
      newer: false,
    });
  });

  it('brings tables of an older version to this one, with what is in them', async () => {
    const store = await open();
    await store.runs.insert(aRun(), 'form-1');
    await store.close();
    const address = await url();
    await rawSql(address, 'alter table policy_runs drop column next_run_at');
    await rawSql(address, 'alter table policy_runs drop column disk_sizes');
    await rawSql(address, 'delete from migrations where version = 3');
    expect(await migrationState(address)).toEqual({ current: 2, needed: SCHEMA_VERSION, newer: false });
    const newer = await open();
    expect(await newer.runs.get('P1')).toEqual(aRun());
    expect(await migrationState(address)).toMatchObject({ current: SCHEMA_VERSION });
  });

  it('tells whether it takes writes, which it may not though it answers', async () => {
    const store = await open();
    await store.checkWritable();
    const address = await url();
    const refusing = await readOnly(address);
    await refusing.ping();
    await expect(refusing.checkWritable()).rejects.toThrow(/full|read-only/);
    await refusing.close();
  });

  it('tells that a newer version has changed the tables since it was opened', async () => {
    const store = await open();
    await rawSql(await url(), "insert into migrations values (999, 'from-the-future', '2030-01-01T00:00:00.000Z')");
    await expect(store.checkWritable()).rejects.toThrow(NewerSchema);
  });

  it('makes the tables once, however many replicas start together', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => open()));
    await Promise.all(stores.map((store) => store.audit.write(anEntry())));
    expect((await stores[0]?.audit.list({}, { offset: 0, limit: 9 }))?.total).toBe(6);
    const versions = await rawSql(await url(), 'select version from migrations order by version');
    expect(versions).toEqual(Array.from({ length: SCHEMA_VERSION }, (_, index) => ({ version: index + 1 })));
  });

  it('refuses tables that a newer version wrote, says what to do, and changes nothing', async () => {
    const store = await open();
    await store.close();
    await rawSql(await url(), "insert into migrations values (999, 'from-the-future', '2030-01-01T00:00:00.000Z')");
    const refusal = await open().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NewerSchema);
    expect(String(refusal)).toBe(
      `NewerSchema: the database was written by a newer version of vbs-chatops (its schema is 999, this version knows ` +
        `${SCHEMA_VERSION}): run that newer version, or restore a copy of the database from before the upgrade`,
    );
    expect(await migrationState(await url())).toEqual({ current: 999, needed: SCHEMA_VERSION, newer: true });
  });

  it.each([
    ['a table of the same name', ['create table cards (id integer)']],
    ['a table of migrations without versions', ['create table migrations (id integer)']],
    [
      'a table of migrations with versions of another kind',
      ['create table migrations (version text)', "insert into migrations values ('20240101_first')"],
    ],
  ])('refuses what another program keeps there, such as %s, and says what to do', async (_what, statements) => {
    const address = await url();
    if (address.startsWith('sqlite:')) await mkdir(dirname(address.slice('sqlite:'.length)), { recursive: true });
    for (const statement of statements) await rawSql(address, statement);
    const refusal = await open().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CannotOpenDatabase);
    expect(String(refusal)).toMatch(/that no other program uses that database/);
  });
});

/** The same database, as it is on a full disk, or on a server that only reads since a failover. */
async function readOnly(address: string): Promise<Store> {
  if (address.startsWith('sqlite:')) {
    const full = "select raise(abort, 'database or disk is full')";
    await rawSql(address, `create trigger full before insert on migrations begin ${full}; end`);
    return openStore({ url: address });
  }
  const url = new URL(address);
  url.searchParams.set('options', `${url.searchParams.get('options')} -c default_transaction_read_only=on`);
  return openStore({ url: url.href });
}

onPostgres('a database on PostgreSQL', ({ create }) => {
  it('is found to take nothing where its user may only read, before and after its tables are made', async () => {
    const { url: address, drop } = await create();
    onTestFinished(drop);
    await migrationState(address);
    // What the look tried is not there.
    await rawSql(address, 'create table trial (id integer); drop table trial');
    const role = `reader_${randomBytes(6).toString('hex')}`;
    const url = new URL(address);
    const schema = /search_path=(\w+)/.exec(url.searchParams.get('options') ?? '')?.[1];
    await rawSql(address, `create role ${role} login password 'reads'`);
    onTestFinished(async () => void (await rawSql(address, `drop owned by ${role}; drop role ${role}`)));
    await rawSql(address, `grant usage on schema ${schema} to ${role}`);
    url.username = role;
    url.password = 'reads';
    const remedy = 'Let the user of database.url own that database and its tables: it makes and changes them itself.';
    await expect(migrationState(url.href)).rejects.toMatchObject({
      problem: expect.stringContaining(`permission denied for schema ${schema}`),
      remedy,
    });

    await (await openStore({ url: address })).close();
    await rawSql(address, `grant select on all tables in schema ${schema} to ${role}`);
    await expect(migrationState(url.href)).rejects.toMatchObject({
      problem: expect.stringContaining('permission denied for table migrations'),
      remedy,
    });
  });
});

describe('an address', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-opening-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('of a new SQLite file makes its folder and file for the owner alone', async () => {
    const file = join(folder, 'deep', 'down', 'bot.db');
    const store = await openStore({ url: `sqlite:${file}` });
    await store.audit.write(anEntry());
    const modes = await Promise.all([dirname(file), file, `${file}-wal`].map(async (path) => (await stat(path)).mode));
    await store.close();
    expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(['700', '600', '600']);
  });

  it('of a new SQLite file is only looked at by those who ask how it stands', async () => {
    const file = join(folder, 'bot.db');
    expect((await migrationState(`sqlite:${file}`)).current).toBe(0);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it('of an SQLite file that is removed or replaced while it is open leads to what will be lost, and tells', async () => {
    const file = join(folder, 'bot.db');
    const store = await openStore({ url: `sqlite:${file}` });
    await store.checkWritable();
    await rm(file);
    await expect(store.checkWritable()).rejects.toThrow(FileReplaced);
    await writeFile(file, '');
    await expect(store.checkWritable()).rejects.toThrow(FileReplaced);
    await store.close();
  });

  it('of memory gives a store that lives as long as it is open', async () => {
    const store = await openStore({ url: 'sqlite::memory:' });
    await store.shareRequests.insert(aRequest(), 'form-1');
    expect(await store.shareRequests.get('R1')).toEqual(aRequest());
    await store.checkWritable();
    await store.close();
  });

  it.each(['mysql://localhost/vbs', 'sqlite:', 'sqlite://file', 'postgres:', 'data/bot.db', ''])(
    'like "%s" is refused with those that do',
    async (url) => {
      await expect(openStore({ url })).rejects.toThrow(UnknownDatabase);
      await expect(migrationState(url)).rejects.toThrow('give sqlite:FILE or postgres://user@host:5432/database');
    },
  );

  it('of a file that is no database, or that cannot be made, says so with the remedy', async () => {
    const file = join(folder, 'notes.txt');
    await writeFile(file, 'these are not the tables that you are looking for\n'.repeat(100));
    for (const path of [file, join(file, 'bot.db'), folder]) {
      const refusal = await openStore({ url: `sqlite:${path}` }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(CannotOpenDatabase);
      expect(String(refusal)).toContain(path);
      expect(String(refusal)).toMatch(/See that (the path in )?database\.url is right/);
    }
  });

  it('of a server that does not answer says so, without the password', async () => {
    const url = 'postgres://bot:topsecret@127.0.0.1:1/vbs?password=topsecret';
    for (const asking of [openStore({ url }), migrationState(url)]) {
      const refusal = await asking.catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(CannotOpenDatabase);
      expect(String(refusal)).toContain('cannot open the database postgres://bot@127.0.0.1:1/vbs: ');
      expect(String(refusal)).toContain('ECONNREFUSED');
      expect(String(refusal)).not.toContain('topsecret');
    }
  });
});
