import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../src/core/ports.ts';
import type { Store, Stores, Topic } from '../../src/core/stores.ts';
import { openSqliteFile } from '../../src/store/sqlite-file.ts';
import { onEachDatabase, type Replicas } from './on-each-database.ts';
import { rawSql } from './raw-sql.ts';
import { anEntry, aRequest, aRun, aSharing, aTask, claimAt, noon } from './samples.ts';

/** Ends whoever is at work in this schema. */
const END_CONNECTIONS_HERE = `select pg_terminate_backend(pid) from pg_locks
  join pg_class on pg_class.oid = pg_locks.relation
  where relnamespace = current_schema()::regnamespace and pid <> pg_backend_pid()`;
const CARD = { kind: 'share-request', entityId: 'R1', place: { kind: 'channel', id: 'C1' } } as const;

onEachDatabase('a transaction', (replicas) => {
  describe('is all or nothing', () => allOrNothing(replicas));
  describe('tells what it wrote', () => telling(replicas));
  describe('meets another', () => meeting(replicas));
});

/** Everything that commits tell of, in order. */
function newsOf(store: Store): Topic[][] {
  const news: Topic[][] = [];
  store.onCommit((written) => news.push([...written]));
  return news;
}

function allOrNothing({ open }: Replicas): void {
  it('leaves nothing behind when it fails', async () => {
    const store = await open();
    await store.shareRequests.insert(aRequest(), 'form-1');
    const news = newsOf(store);
    const failing = store.transaction(async (stores) => {
      await stores.shareRequests.move('R1', { from: ['pending'], to: 'approved', at: noon(1) });
      await stores.shareRequests.insert(aRequest({ id: 'R2' }), 'form-2');
      await stores.sharings.insert(aSharing());
      await stores.runs.insert(aRun(), 'P1');
      await stores.tasks.put([aTask()]);
      await stores.watches.markSeen('payments', ['nightly']);
      await stores.cards.open(CARD);
      await stores.audit.write(anEntry());
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await store.shareRequests.list({}, { offset: 0, limit: 9 })).toEqual({ total: 1, items: [aRequest()] });
    expect(await store.sharings.get('S1')).toBeUndefined();
    expect(await store.runs.get('P1')).toBeUndefined();
    expect(await store.watches.seenPolicies('payments')).toEqual(new Set());
    expect(await store.cards.waiting()).toBe(0);
    expect((await store.audit.list({}, { offset: 0, limit: 9 })).total).toBe(0);
    expect(news).toEqual([]);
  });

  it('takes statements that come together one after another', async () => {
    const store = await open();
    const warnings: string[] = [];
    const note = ({ message }: Error) => void warnings.push(message);
    process.on('warning', note);
    await store.transaction((stores) => Promise.all(['R1', 'R2', 'R3'].map((id) => stores.shareRequests.get(id))));
    await turn();
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('takes nothing more after its end', async () => {
    const store = await open();
    let left: Stores = store;
    await store.transaction(async (stores) => {
      left = stores;
      await stores.audit.write(anEntry());
    });
    await expect(left.cards.open(CARD)).rejects.toThrow('after the end of its transaction');
    expect(await store.cards.waiting()).toBe(0);
    expect((await store.audit.list({}, { offset: 0, limit: 9 })).total).toBe(1);
  });

  it('leaves nothing behind when the database refuses a part of it', async () => {
    const store = await open();
    const failing = store.transaction(async (stores) => {
      await stores.audit.write(anEntry());
      await stores.tasks.put([aTask({ runId: 'none' })]);
    });
    await expect(failing).rejects.toThrow(/foreign key/i);
    expect((await store.audit.list({}, { offset: 0, limit: 9 })).total).toBe(0);
  });

  it('sees its own writes, and answers what its work answers', async () => {
    const store = await open();
    const seen = await store.transaction(async (stores) => {
      await stores.shareRequests.insert(aRequest(), 'form-1');
      return stores.shareRequests.get('R1');
    });
    expect(seen).toEqual(aRequest());
  });
}

function telling({ open }: Replicas): void {
  it('once, after the commit, with every topic it changed', async () => {
    const store = await open();
    const news = newsOf(store);
    await store.transaction(async (stores) => {
      await stores.shareRequests.insert(aRequest(), 'form-1');
      await stores.cards.open(CARD);
      await stores.cards.raise('share-request', 'R1');
      await stores.audit.write(anEntry());
      expect(news).toEqual([]);
    });
    expect(news).toEqual([['shareRequests', 'cards', 'audit']]);
  });

  it('by a single write as well, each topic for itself', async () => {
    const store = await open();
    const news = newsOf(store);
    await store.sharings.insert(aSharing());
    await store.runs.insert(aRun(), 'P1');
    await store.tasks.put([aTask()]);
    await store.watches.markSeen('payments', ['nightly']);
    expect(news).toEqual([['sharings'], ['runs'], ['tasks'], ['watches']]);
  });

  it('not at all when it changed no row, or only read or claimed', async () => {
    const store = await open();
    await store.shareRequests.insert(aRequest({ state: 'approved' }), 'form-1');
    await store.cards.open(CARD);
    const news = newsOf(store);
    await store.shareRequests.insert(aRequest(), 'form-1');
    await store.shareRequests.move('R1', { from: ['pending'], to: 'rejected', at: noon() });
    await store.cards.open(CARD);
    await store.cards.raise('share-request', 'R9');
    await store.transaction(({ shareRequests }) => shareRequests.lock('R1', 'approved'));
    await store.shareRequests.claimDue(claimAt());
    await store.cards.claimDue(claimAt());
    await store.shareRequests.list({}, { offset: 0, limit: 9 });
    expect(news).toEqual([]);
  });

  it('no longer to one who stopped listening, and to the others though one of them fails', async () => {
    const complaints: string[] = [];
    const complain = (_about: object, message: string) => void complaints.push(message);
    const log: Log = { info: complain, warn: complain, error: complain };
    const store = await open({ log });
    const stop = store.onCommit(() => {
      throw new Error('listener broke');
    });
    const news = newsOf(store);
    await store.audit.write(anEntry());
    stop();
    await store.audit.write(anEntry());
    expect([news.length, complaints]).toEqual([2, ['a listener to commits failed']]);
  });
}

function meeting(replicas: Replicas): void {
  if (replicas.database === 'PostgreSQL') meetingOnPostgres(replicas);
  else meetingOnSqlite(replicas);
}

function meetingOnPostgres({ open, url }: Replicas): void {
  it('and is tried again where the database ends a deadlock', async () => {
    const replicas = [await open(), await open()];
    for (const id of ['R1', 'R2']) await replicas[0]?.shareRequests.insert(aRequest({ id }), id);
    let arrived = 0;
    let meet: () => void = () => undefined;
    const bothHoldOne = new Promise<void>((resolve) => {
      meet = resolve;
    });
    let tries = 0;
    const crossing = replicas.map((store, index) =>
      store.transaction(async ({ shareRequests, audit }) => {
        tries += 1;
        const ids = index === 0 ? ['R1', 'R2'] : ['R2', 'R1'];
        await shareRequests.lock(ids[0] ?? '', 'pending');
        arrived += 1;
        if (arrived === 2) meet();
        await bothHoldOne;
        await shareRequests.lock(ids[1] ?? '', 'pending');
        await audit.write(anEntry({ subject: `by ${index}` }));
      }),
    );
    await Promise.all(crossing);
    expect(tries).toBe(3);
    const written = await replicas[0]?.audit.list({}, { offset: 0, limit: 9 });
    expect(new Set(written?.items.map(({ subject }) => subject))).toEqual(new Set(['by 0', 'by 1']));
  });

  it('or loses its connection: it fails, the store does not', async () => {
    const store = await open();
    const failing = store.transaction(async ({ audit }) => {
      await audit.write(anEntry());
      await rawSql(await url(), END_CONNECTIONS_HERE);
      await audit.write(anEntry());
    });
    // What comes first, the server's word or the end of the connection in the middle of a write, is up to the network.
    await expect(failing).rejects.toThrow(/terminat|not queryable|ECONNRESET|EPIPE/i);
    await store.ping();
    expect((await store.audit.list({}, { offset: 0, limit: 9 })).total).toBe(0);
  });
}

function meetingOnSqlite({ open, url }: Replicas): void {
  it('and waits while another process writes', async () => {
    const store = await open();
    const other = openSqliteFile((await url()).slice('sqlite:'.length));
    other.exec('begin immediate');
    let done = false;
    const writing = store
      .transaction(({ audit }) => audit.write(anEntry()))
      .then(() => {
        done = true;
      });
    await turn();
    expect(done).toBe(false);
    // Nobody waits in order to read.
    expect((await store.audit.list({}, { offset: 0, limit: 9 })).total).toBe(0);
    other.exec('commit');
    other.close();
    await writing;
    expect((await store.audit.list({}, { offset: 0, limit: 9 })).total).toBe(1);
  });
}
