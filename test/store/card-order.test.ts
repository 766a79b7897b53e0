import { expect, it } from 'vitest';
import { ALERTS, aCard, aReply, due, post } from './card-samples.ts';
import { onEachDatabase } from './on-each-database.ts';
import { claimAt, noon } from './samples.ts';

onEachDatabase('the order of cards', ({ open }) => {
  it('is that of creation at each place, one first post at a time', async () => {
    const { cards } = await open();
    for (const entityId of ['R1', 'R2', 'R3']) await cards.open(aCard({ entityId }));
    await cards.open(aCard({ entityId: 'R4', place: ALERTS }));
    const claimed = await cards.claimDue(claimAt());
    expect(claimed.map((card) => card.entityId)).toEqual(['R1', 'R4']);
    const [first] = claimed;
    await cards.postpone(first?.id ?? 0, first?.lease ?? '', { at: noon(5), error: 'timeout', begun: true });
    expect(await due(cards, 0.5)).toEqual([]);
    const posted = [await post(cards, '1', 5), await post(cards, '2', 5), await post(cards, '3', 5)];
    expect(posted).toEqual(['share-request R1', 'share-request R2', 'share-request R3']);
  });

  it('lets changes of posted cards pass by the first posts that wait', async () => {
    const { cards } = await open();
    await cards.open(aCard({ entityId: 'R1' }));
    await post(cards, '1.1');
    await cards.open(aCard({ entityId: 'R2' }));
    await cards.open(aCard({ entityId: 'R3' }));
    await cards.raise('share-request', 'R1');
    expect(await due(cards)).toEqual(['R1', 'R2']);
  });

  it('puts a reply after the card that it replies to, into its thread', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    await cards.open(aReply('R1', 'R1#approved'));
    expect(await due(cards)).toEqual(['R1']);
    await post(cards, '7.7', 2);
    expect(await cards.claimDue(claimAt(2))).toMatchObject([{ entityId: 'R1#approved', threadTs: '7.7' }]);
  });

  it('keeps replies to a reply in the one thread, and posts a reply to nothing as a message', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    await cards.open(aReply('R1', 'R1#approved'));
    await cards.open(
      aCard({ kind: 'share-event', entityId: 'R1#2', inThreadOf: { kind: 'share-event', entityId: 'R1#approved' } }),
    );
    await cards.open({ ...aReply('R1', 'R1#elsewhere'), place: ALERTS });
    expect(await cards.claimDue(claimAt())).toMatchObject([
      { entityId: 'R1' },
      { entityId: 'R1#elsewhere', threadTs: undefined },
    ]);
    await post(cards, '7.7', 2);
    await post(cards, '7.8', 2);
    expect(await cards.claimDue(claimAt(2))).toMatchObject([
      { entityId: 'R1#2', threadTs: '7.7' },
      { entityId: 'R1#elsewhere', threadTs: undefined },
    ]);
  });

  it('stays quick to claim with a thousand cards waiting at a place', async () => {
    const store = await open();
    await store.transaction(async ({ cards }) => {
      for (let card = 0; card < 1_000; card += 1) await cards.open(aCard({ entityId: `R${card}` }));
    });
    const began = performance.now();
    expect(await due(store.cards)).toEqual(['R0']);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(await store.cards.waiting()).toBe(1_000);
  });
});
