import { describe, expect, it } from 'vitest';
import { ALERTS, APPROVALS, aCard, aReply, due, post } from './card-samples.ts';
import { onEachDatabase, type Replicas } from './on-each-database.ts';
import { claimAt, noon } from './samples.ts';

onEachDatabase('the store of cards', (replicas) => {
  describe('posting', () => posting(replicas));
  describe('changing', () => changing(replicas));
  describe('a card that Slack refuses', () => refusing(replicas));
});

function posting({ open }: Replicas): void {
  it('hands out a new card with all that its delivery needs', async () => {
    const { cards } = await open({ ids: { next: () => 'token' } });
    await cards.open(aCard());
    expect(await cards.claimDue(claimAt())).toEqual([
      {
        id: 1,
        kind: 'share-request',
        entityId: 'R1',
        place: APPROVALS,
        threadTs: undefined,
        channel: undefined,
        ts: undefined,
        wanted: 1,
        attempts: 0,
        postBegunAt: undefined,
        lease: 'token',
      },
    ]);
  });

  it('opens one card of an entity at a place, and others elsewhere', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    await cards.open(aCard());
    await cards.open(aCard({ place: ALERTS }));
    await cards.open(aCard({ place: { kind: 'user', id: APPROVALS.id } }));
    expect(await cards.waiting()).toBe(3);
    expect(await cards.placeOf('share-request', 'R1')).toEqual(APPROVALS);
    expect(await cards.placeOf('policy-run', 'R1')).toBeUndefined();
  });

  it('remembers the message, and wants nothing more', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    expect(await cards.messageOf('share-request', 'R1')).toBeUndefined();
    const [card] = await cards.claimDue(claimAt());
    const message = { channel: 'CAPPROVALS', ts: '1.1', shown: 1 };
    expect(await cards.shown(card?.id ?? 0, card?.lease ?? '', message)).toBe(true);
    expect(await cards.messageOf('share-request', 'R1')).toEqual({ channel: 'CAPPROVALS', ts: '1.1' });
    expect([await due(cards, 60), await cards.waiting()]).toEqual([[], 0]);
  });

  it('tells the next worker that a post was begun whose outcome nobody knows', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    const [killed] = await cards.claimDue(claimAt(0));
    expect(await cards.begin(killed?.id ?? 0, killed?.lease ?? '', noon())).toBe(true);
    const [next] = await cards.claimDue(claimAt(1));
    expect(next?.postBegunAt).toEqual(noon());
    const late = [killed?.id ?? 0, killed?.lease ?? ''] as const;
    expect(await cards.begin(...late, noon(2))).toBe(false);
    expect(await cards.shown(...late, { channel: 'C', ts: '1', shown: 1 })).toBe(false);
    expect(await cards.postpone(...late, { at: noon(9), error: 'timeout', begun: true })).toBe(false);
    expect(await cards.refuse(...late, 'is_archived')).toBe(false);
    expect(await cards.messageOf('share-request', 'R1')).toBeUndefined();
  });

  it('waits when postponed, counts the attempts, and forgets a post that surely was not made', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    for (const [attempts, begun] of [true, false].entries()) {
      const [card] = await cards.claimDue(claimAt(attempts * 5));
      expect(card).toMatchObject({ attempts, postBegunAt: attempts === 0 ? undefined : noon() });
      await cards.begin(card?.id ?? 0, card?.lease ?? '', noon());
      const retry = { at: noon(attempts * 5 + 5), error: 'internal_error', begun };
      expect(await cards.postpone(card?.id ?? 0, card?.lease ?? '', retry)).toBe(true);
      expect(await due(cards, attempts * 5 + 4.9)).toEqual([]);
    }
    expect(await cards.claimDue(claimAt(10))).toMatchObject([{ attempts: 2, postBegunAt: undefined }]);
  });
}

function changing({ open }: Replicas): void {
  it('makes all cards of the entity due, each at its message', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    await cards.open(aCard({ place: ALERTS }));
    await post(cards, '1.1');
    await post(cards, '1.2');
    expect(await cards.raise('share-request', 'R1')).toEqual(APPROVALS);
    expect(await cards.raise('share-request', 'other')).toBeUndefined();
    expect(await cards.claimDue(claimAt())).toMatchObject([
      { ts: '1.1', channel: 'C', wanted: 2 },
      { ts: '1.2', channel: 'C', wanted: 2 },
    ]);
  });

  it('coalesces: raised many times, shown once', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    for (let time = 0; time < 5; time += 1) await cards.raise('share-request', 'R1');
    expect(await post(cards, '1.1')).toBe('share-request R1');
    expect(await cards.waiting()).toBe(0);
  });

  it('leads to another delivery when it comes while a worker holds the card', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    const [held] = await cards.claimDue(claimAt());
    await cards.raise('share-request', 'R1');
    expect(await due(cards)).toEqual([]);
    await cards.shown(held?.id ?? 0, held?.lease ?? '', { channel: 'C', ts: '1.1', shown: held?.wanted ?? 0 });
    expect(await cards.claimDue(claimAt())).toMatchObject([{ ts: '1.1', wanted: 2 }]);
  });

  it('cuts a wait short, but not one that Slack asked for', async () => {
    const { cards } = await open();
    await cards.open(aCard({ entityId: 'R1' }));
    await cards.open(aCard({ entityId: 'R2', place: ALERTS }));
    for (const card of await cards.claimDue(claimAt())) {
      const error = card.entityId === 'R1' ? 'ratelimited' : 'internal_error';
      await cards.postpone(card.id, card.lease, { at: noon(30), error, begun: false });
    }
    await cards.raise('share-request', 'R1');
    await cards.raise('share-request', 'R2');
    expect(await due(cards, 1)).toEqual(['R2']);
    expect(await due(cards, 30)).toContain('R1');
  });
}

function refusing({ open }: Replicas): void {
  it('is left alone, and told of with the reason', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    const [card] = await cards.claimDue(claimAt());
    expect(await cards.refusal('share-request', 'R1')).toBeUndefined();
    expect(await cards.refuse(card?.id ?? 0, card?.lease ?? '', 'not_in_channel')).toBe(true);
    expect(await cards.refusal('share-request', 'R1')).toEqual({ place: APPROVALS, error: 'not_in_channel' });
    expect([await due(cards, 60), await cards.waiting()]).toEqual([[], 0]);
  });

  it('is tried again when it is raised, also while the refusal is being written', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    const [first] = await cards.claimDue(claimAt());
    await cards.refuse(first?.id ?? 0, first?.lease ?? '', 'not_in_channel');
    await cards.raise('share-request', 'R1');
    expect(await cards.refusal('share-request', 'R1')).toBeUndefined();
    const [second] = await cards.claimDue(claimAt());
    await cards.raise('share-request', 'R1');
    await cards.refuse(second?.id ?? 0, second?.lease ?? '', 'not_in_channel');
    expect(await due(cards)).toEqual(['R1']);
  });

  it('takes the replies in its thread with it, and brings them back in order', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    await cards.open(aReply('R1', 'R1#approved'));
    await cards.open(aReply('R1', 'R1#shared'));
    const [card] = await cards.claimDue(claimAt());
    await cards.refuse(card?.id ?? 0, card?.lease ?? '', 'is_archived');
    expect(await cards.refusal('share-event', 'R1#approved')).toEqual({ place: APPROVALS, error: 'is_archived' });
    expect([await due(cards, 60), await cards.waiting()]).toEqual([[], 0]);
    await cards.raise('share-request', 'R1');
    const posted = [await post(cards, '1'), await post(cards, '2'), await post(cards, '3')];
    expect(posted).toEqual(['share-request R1', 'share-event R1#approved', 'share-event R1#shared']);
  });

  it('does not hold up later cards at its place, nor do its replies', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    await cards.open(aReply('R1', 'R1#approved'));
    await cards.open(aCard({ entityId: 'R2' }));
    const [card] = await cards.claimDue(claimAt());
    await cards.refuse(card?.id ?? 0, card?.lease ?? '', 'msg_too_long');
    expect(await due(cards)).toEqual(['R2']);
  });

  it('that was posted before still takes replies', async () => {
    const { cards } = await open();
    await cards.open(aCard());
    await post(cards, '1.1');
    await cards.raise('share-request', 'R1');
    await cards.open(aReply('R1', 'R1#shared'));
    const [update] = await cards.claimDue(claimAt(0, 1));
    await cards.refuse(update?.id ?? 0, update?.lease ?? '', 'edit_window_closed');
    expect(await cards.claimDue(claimAt())).toMatchObject([{ entityId: 'R1#shared', threadTs: '1.1' }]);
  });
}
