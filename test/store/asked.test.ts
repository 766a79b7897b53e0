import { expect, it } from 'vitest';
import type { Asked, AskedFilter } from '../../src/core/asked-store.ts';
import type { Change } from '../../src/core/changes/change.ts';
import type { PageOf } from '../../src/core/page.ts';
import type { Store } from '../../src/core/stores.ts';
import { onEachDatabase } from './on-each-database.ts';
import { aChange, aRequest, aVote, noon } from './samples.ts';

const ALL = { offset: 0, limit: 50 };

async function file(store: Store, ...asked: readonly Asked[]): Promise<void> {
  for (const one of asked) {
    if (one.kind === 'share') await store.shareRequests.insert(one.request, one.request.id);
    else await store.changes.insert(one.change, one.change.id);
  }
}

const share = (id: string, minutes: number, more = {}): Asked => ({
  kind: 'share',
  request: aRequest({ id, createdAt: noon(minutes), ...more }),
});
const changed = (id: string, minutes: number, more: Partial<Change> = {}): Asked => ({
  kind: 'change',
  change: aChange({ id, createdAt: noon(minutes), ...more }),
});

async function ids({ asked }: Store, filter: AskedFilter, page: PageOf = ALL) {
  const { total, items } = await asked.list(filter, page);
  return { total, ids: items.map((one) => (one.kind === 'share' ? one.request.id : one.change.id)) };
}

onEachDatabase('the list of what people asked for', ({ open }) => {
  it('has share requests and changes together, newest first, as they were filed', async () => {
    const store = await open();
    const all = [share('R1', 1), changed('C1', 2), share('R2', 3), changed('C2', 4)];
    await file(store, ...all);
    expect(await store.asked.list({}, ALL)).toEqual({ total: 4, items: all.toReversed() });
  });

  it('counts all of them on every page, and shows each once', async () => {
    const store = await open();
    const requests = Array.from({ length: 7 }, (_, at) => share(`R${at}`, 2 * at));
    await file(store, ...requests, ...Array.from({ length: 7 }, (_, at) => changed(`C${at}`, 2 * at + 1)));
    expect(await ids(store, {}, { offset: 0, limit: 3 })).toEqual({ total: 14, ids: ['C6', 'R6', 'C5'] });
    expect(await ids(store, {}, { offset: 12, limit: 10 })).toEqual({ total: 14, ids: ['C0', 'R0'] });
    expect(await ids(store, {}, { offset: 20, limit: 10 })).toEqual({ total: 14, ids: [] });
  });

  it('leaves out of what waits for a person their own, what they voted on, other projects and what is decided', async () => {
    const store = await open();
    await file(
      store,
      share('R1', 1),
      changed('C1', 2),
      share('R2', 3, { requester: 'UAPPROVER' }),
      changed('C2', 4, { requester: 'UAPPROVER' }),
      changed('C3', 5),
      changed('C4', 6, { project: 'platform' }),
      changed('C5', 7, { state: 'running' }),
    );
    await store.changes.addVote('C3', aVote());
    const waiting = { awaiting: 'UAPPROVER', projects: ['payments'] };
    expect(await ids(store, waiting)).toEqual({ total: 2, ids: ['C1', 'R1'] });
    expect(await ids(store, { ...waiting, projects: [] })).toEqual({ total: 0, ids: [] });
    expect(await ids(store, { requester: 'UAPPROVER' })).toEqual({ total: 2, ids: ['C2', 'R2'] });
  });
});
