import type { CardStore } from '../../src/core/card-store.ts';
import type { NewCard } from '../../src/core/cards.ts';
import { claimAt } from './samples.ts';

export const APPROVALS = { kind: 'channel', id: 'CAPPROVALS' } as const;
export const ALERTS = { kind: 'channel', id: 'CALERTS' } as const;

export function aCard(changes: Partial<NewCard> = {}): NewCard {
  return { kind: 'share-request', entityId: 'R1', place: APPROVALS, ...changes };
}

export function aReply(to: string, entityId: string): NewCard {
  return aCard({ kind: 'share-event', entityId, inThreadOf: { kind: 'share-request', entityId: to } });
}

/** Claims one card and posts it as `ts`; answers what it was, as `kind entityId`. */
export async function post(cards: CardStore, ts: string, minutes = 0): Promise<string | undefined> {
  const [card] = await cards.claimDue(claimAt(minutes, 1));
  if (!card) return undefined;
  await cards.shown(card.id, card.lease, { channel: 'C', ts, shown: card.wanted });
  return `${card.kind} ${card.entityId}`;
}

/** What is due now, as entity ids. */
export async function due(cards: CardStore, minutes = 0): Promise<string[]> {
  return (await cards.claimDue(claimAt(minutes))).map((card) => card.entityId);
}
