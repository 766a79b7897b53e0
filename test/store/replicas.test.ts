import { expect, it } from 'vitest';
import type { ClaimOptions } from '../../src/core/claims.ts';
import type { Store } from '../../src/core/stores.ts';
import { onEachDatabase } from './on-each-database.ts';
import { aRequest, aRun, aSharing, aVote, claimAt, noon } from './samples.ts';

onEachDatabase('two replicas', ({ open }) => {
  const both = async () => [await open(), await open()] as const;

  it('let one of two approvers decide, a hundred times at the same moment', async () => {
    const stores = await both();
    for (let round = 0; round < 100; round += 1) {
      const id = `R${round}`;
      await stores[0].shareRequests.insert(aRequest({ id }), id);
      const decided = await Promise.all(stores.map((store, index) => approve(store, id, `U${index}`)));
      expect(decided.filter(Boolean)).toHaveLength(1);
      expect(await stores[1].shareRequests.get(id)).toMatchObject({ state: 'approved', votes: [{ kind: 'approve' }] });
    }
  });

  it('count both of two approvals that come at the same moment, and one of them decides', async () => {
    const stores = await both();
    for (let round = 0; round < 20; round += 1) {
      const id = `R${round}`;
      await stores[0].shareRequests.insert(aRequest({ id, approvalsNeeded: 2 }), id);
      const decided = await Promise.all(stores.map((store, index) => approve(store, id, `U${index}`)));
      expect(decided.filter(Boolean)).toHaveLength(1);
      expect((await stores[1].shareRequests.get(id))?.votes.map(({ user }) => user)).toEqual(['U0', 'U1']);
    }
  });

  it('count a double click once', async () => {
    const stores = await both();
    await stores[0].shareRequests.insert(aRequest({ approvalsNeeded: 3 }), 'R1');
    const votes = [...stores, ...stores].map((store) => store.shareRequests.addVote('R1', aVote()));
    expect((await Promise.all(votes)).filter(Boolean)).toHaveLength(1);
  });

  it('file a form and start a run once, whichever gets it', async () => {
    const stores = await both();
    const filed = stores.map((store, index) => store.shareRequests.insert(aRequest({ id: `R${index}` }), 'form-1'));
    expect((await Promise.all(filed)).filter(Boolean)).toHaveLength(1);
    const started = stores.map((store, index) => store.runs.insert(aRun({ id: `P${index}` }), `form-${index}`));
    expect((await Promise.all(started)).filter(Boolean)).toHaveLength(1);
  });

  it('never work on the same thing, and miss none', async () => {
    const stores = await both();
    const ids = Array.from({ length: 120 }, (_, index) => `X${index}`);
    await stores[0].transaction(async ({ shareRequests, sharings, runs }) => {
      for (const id of ids) {
        await shareRequests.insert(aRequest({ id, state: 'approved' }), id);
        await sharings.insert(aSharing({ id, state: 'stopping' }));
        await runs.insert(aRun({ id, origin: 'schedule', state: 'running' }), id);
      }
    });
    const kinds = ['shareRequests', 'sharings', 'runs'] as const;
    for (const kind of kinds) {
      const taken = await Promise.all(
        [...stores, ...stores].map((store) => drain((batch) => store[kind].claimDue(batch))),
      );
      expect(taken.flat().toSorted()).toEqual(ids.toSorted());
    }
  });

  it('sweep a project once at a time', async () => {
    const stores = await both();
    const projects = ['payments', 'crm', 'billing'];
    const claims = await Promise.all(
      [...stores, ...stores, ...stores].map((store) => store.watches.claimDue(projects, claimAt())),
    );
    const swept = claims.flat().map((claim) => claim.item.project);
    expect(new Set(swept).size).toBe(swept.length);
  });

  it('post the cards of each place in the order of their creation, each once', async () => {
    const stores = await both();
    const places = ['C1', 'C2', 'C3'];
    await stores[0].transaction(async ({ cards }) => {
      for (let index = 0; index < 60; index += 1) {
        const place = { kind: 'channel', id: places[index % 3] ?? '' } as const;
        await cards.open({ kind: 'share-request', entityId: `R${index}`, place });
      }
    });
    const posted = new Map<string, number[]>(places.map((place) => [place, []]));
    await Promise.all(stores.map((store) => deliver(store, posted)));
    for (const [index, place] of places.entries()) {
      expect(posted.get(place)).toEqual(Array.from({ length: 20 }, (_, nth) => nth * 3 + index));
    }
    expect(await stores[0].cards.waiting()).toBe(0);
  });
});

/** Counts a vote as the core does. True if this vote decided. */
function approve(store: Store, id: string, user: string): Promise<boolean> {
  return store.transaction(async ({ shareRequests }) => {
    const request = await shareRequests.lock(id, 'pending');
    if (!request || !(await shareRequests.addVote(id, aVote({ user })))) return false;
    if (request.votes.length + 1 < request.approvalsNeeded) return false;
    return shareRequests.move(id, { from: ['pending'], to: 'approved', at: noon() });
  });
}

async function drain(
  claim: (batch: ClaimOptions) => Promise<readonly { readonly item: { readonly id: string } }[]>,
): Promise<readonly string[]> {
  const taken: string[] = [];
  for (;;) {
    const batch = await claim(claimAt(0, 7));
    if (batch.length === 0) return taken;
    taken.push(...batch.map(({ item }) => item.id));
  }
}

/** Delivers cards until none is waiting; a replica that finds nothing may have to wait for the other's post. */
async function deliver(store: Store, posted: ReadonlyMap<string, number[]>): Promise<void> {
  while ((await store.cards.waiting()) > 0) {
    for (const card of await store.cards.claimDue(claimAt(0, 4))) {
      posted.get(card.place.id)?.push(Number(card.entityId.slice(1)));
      await store.cards.begin(card.id, card.lease, noon());
      await store.cards.shown(card.id, card.lease, { channel: card.place.id, ts: card.entityId, shown: card.wanted });
    }
  }
}
