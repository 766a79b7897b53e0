import { expect, it } from 'vitest';
import type { StoreCounts } from '../../src/core/stores.ts';
import { aCard } from './card-samples.ts';
import { onEachDatabase } from './on-each-database.ts';
import { aRequest, aRun, claimAt, noon } from './samples.ts';

const NO_REQUESTS = {
  pending: 0,
  approved: 0,
  executing: 0,
  unknown: 0,
  shared: 0,
  failed: 0,
  rejected: 0,
  withdrawn: 0,
  expired: 0,
};
const NO_RUNS = { requested: 0, starting: 0, unknown: 0, running: 0, done: 0, overdue: 0, failed: 0 };

onEachDatabase('the counts of a store', ({ open }) => {
  it('name every state, also where there is nothing yet', async () => {
    const store = await open();
    expect(asObjects(await store.counts())).toEqual({
      shareRequests: NO_REQUESTS,
      runs: NO_RUNS,
      cards: { waiting: 0, refused: 0 },
    });
  });

  it('tell how many requests, runs and cards stand where, to every replica alike', async () => {
    const store = await open();
    for (const id of ['R1', 'R2', 'R3']) await store.shareRequests.insert(aRequest({ id }), id);
    await store.shareRequests.move('R3', { from: ['pending'], to: 'rejected', at: noon(1) });
    await store.runs.insert(aRun({ id: 'P1', state: 'running' }), 'P1');
    await store.runs.insert(aRun({ id: 'P2', policyId: 'weekly', state: 'done' }), 'P2');
    for (const entityId of ['R1', 'R2', 'R3']) {
      await store.cards.open(aCard({ entityId, place: { kind: 'channel', id: `C${entityId}` } }));
    }
    const [shown, refused] = await store.cards.claimDue(claimAt());
    await store.cards.shown(shown?.id ?? 0, shown?.lease ?? '', { channel: 'CR1', ts: '1.1', shown: 1 });
    await store.cards.refuse(refused?.id ?? 0, refused?.lease ?? '', 'is_archived');
    const replica = await open();
    expect(asObjects(await replica.counts())).toEqual({
      shareRequests: { ...NO_REQUESTS, pending: 2, rejected: 1 },
      runs: { ...NO_RUNS, running: 1, done: 1 },
      cards: { waiting: 1, refused: 1 },
    });
  });
});

function asObjects({ shareRequests, runs, cards }: StoreCounts) {
  return {
    shareRequests: Object.fromEntries(shareRequests),
    runs: Object.fromEntries(runs),
    cards: Object.fromEntries(cards),
  };
}
