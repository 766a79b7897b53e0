import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreAway } from '../../src/core/errors.ts';
import { awayOr } from '../../src/store/away.ts';
import { openStore } from '../../src/store/store.ts';
import { startTcpProxy } from '../process/tcp-proxy.ts';
import { onPostgres } from '../support/databases.ts';

const coded = (code: string, more: object = {}) => Object.assign(new Error('x'), { code, ...more });

describe('what a driver throws', () => {
  it.each([
    coded('ECONNREFUSED'),
    coded('EPIPE'),
    coded('57P01'),
    coded('53100'),
    coded('25006'),
    coded('28P01'),
    coded('08006'),
    coded('SQLITE_FULL'),
    coded('SQLITE_IOERR_WRITE'),
    coded('ERR_SQLITE_ERROR', { errcode: 13 }),
    coded('ERR_SQLITE_ERROR', { errcode: 778 }),
    new Error('Connection terminated unexpectedly'),
  ])('is told as a database that is away: %o', (error) => {
    expect(awayOr(error, 'reading')).toMatchObject({ effect: 'none', cause: error });
    expect(awayOr(error, 'reading')).toBeInstanceOf(StoreAway);
  });

  it.each([
    coded('42601'),
    coded('40001'),
    coded('23505'),
    coded('SQLITE_BUSY'),
    coded('SQLITE_CONSTRAINT_UNIQUE'),
    coded('SQLITE_ERROR'),
    coded('ERR_SQLITE_ERROR', { errcode: 5 }),
    new TypeError('x is not a function'),
    new RangeError('Too few parameter values were provided'),
  ])('is left as it is where the database is there: %o', (error) => {
    expect(awayOr(error, 'keeping')).toBe(error);
  });

  it('leaves it open whether a change was kept whose answer was lost, but SQLite keeps none that fails', () => {
    expect(awayOr(coded('ECONNRESET'), 'keeping')).toMatchObject({ effect: 'unknown' });
    expect(awayOr(coded('SQLITE_FULL'), 'keeping')).toMatchObject({ effect: 'none' });
  });
});

onPostgres('a store whose PostgreSQL cannot be reached', (database) => {
  async function opened() {
    const { url, drop } = await database.create();
    onTestFinished(drop);
    const through = new URL(url);
    const proxy = await startTcpProxy(Number(through.port));
    through.port = String(proxy.port);
    const store = await openStore({ url: through.href });
    onTestFinished(() => store.close());
    return { proxy, store };
  }

  it('says that nothing was changed', async () => {
    const { proxy, store } = await opened();
    proxy.cut();
    await expect(store.runs.get('x')).rejects.toMatchObject({ name: 'StoreAway', effect: 'none' });
    await expect(store.transaction((stores) => stores.cards.raise('change', 'x'))).rejects.toMatchObject({
      name: 'StoreAway',
      effect: 'none',
    });
    proxy.mend();
    expect(await store.runs.get('x')).toBeUndefined();
  });

  it('says so also of a transaction that loses it midway, and is of use again afterwards', async () => {
    const { proxy, store } = await opened();
    const cutMidway = store.transaction(async (stores) => {
      await stores.cards.open({ kind: 'change', entityId: 'x', place: { kind: 'channel', id: 'C1' } });
      proxy.cut();
      await stores.cards.raise('change', 'x');
    });
    await expect(cutMidway).rejects.toMatchObject({ name: 'StoreAway', effect: 'none' });
    proxy.mend();
    expect(await store.cards.placeOf('change', 'x')).toBeUndefined();
  });

  it('does not claim to know what became of a commit whose answer was lost', async () => {
    const { proxy, store } = await opened();
    const cutAtTheEnd = store.transaction(async (stores) => {
      await stores.cards.open({ kind: 'change', entityId: 'x', place: { kind: 'channel', id: 'C1' } });
      proxy.cut();
    });
    await expect(cutAtTheEnd).rejects.toMatchObject({ name: 'StoreAway', effect: 'unknown' });
  });
});
