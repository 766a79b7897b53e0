import type { CardKind, CardPlace, ClaimedCard, NewCard } from './cards.ts';
import type { ClaimOptions } from './claims.ts';

export interface CardStore {
  /** Adds a card, to be posted. Nothing happens if there is one of this kind and entity at this place. */
  open(card: NewCard): Promise<void>;
  /** Every card of this entity is out of date. Answers where the first of them goes. */
  raise(kind: CardKind, entityId: string): Promise<CardPlace | undefined>;
  /**
   * Leases cards that are out of date and due. First posts keep their order at each place, replies wait for the card
   * they reply to; changes of a posted card wait for nothing.
   */
  claimDue(options: ClaimOptions): Promise<readonly ClaimedCard[]>;
  /** A post begins: if its outcome is never recorded, the next worker looks for it first. Lease checked. */
  begin(id: number, lease: string, at: Date): Promise<boolean>;
  /** The card now shows version `shown` as this message. Lease checked. */
  shown(id: number, lease: string, message: { channel: string; ts: string; shown: number }): Promise<boolean>;
  /** Try again at `at`. `begun: false`: surely nothing was posted. */
  postpone(id: number, lease: string, retry: { at: Date; error: string; begun: boolean }): Promise<boolean>;
  /** Slack will not take it here. It is tried again when it is raised. */
  refuse(id: number, lease: string, error: string): Promise<boolean>;
  /** Where the card of this entity goes. */
  placeOf(kind: CardKind, entityId: string): Promise<CardPlace | undefined>;
  /** Where a card of this entity was posted. */
  messageOf(kind: CardKind, entityId: string): Promise<{ channel: string; ts: string } | undefined>;
  refusal(kind: CardKind, entityId: string): Promise<{ place: CardPlace; error: string } | undefined>;
  /** Cards that wait to be shown. */
  waiting(): Promise<number>;
}
