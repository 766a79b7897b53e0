/**
 * A card is what Slack shows of an entity, kept up to date by the delivery worker. One-off notices are cards that are
 * never raised again; their `entityId` names the moment they tell of (`<id>#<event>`).
 */
export const cardKinds = [
  'share-request',
  'share-event',
  'share-outcome',
  'sharing-stopped',
  'policy-run',
  'change',
  'change-event',
  'change-outcome',
  'card-refused',
] as const;
export type CardKind = (typeof cardKinds)[number];

/** Where a card goes: a channel, or the direct messages with a person. */
export interface CardPlace {
  readonly kind: 'channel' | 'user';
  readonly id: string;
}

export interface NewCard {
  readonly kind: CardKind;
  readonly entityId: string;
  readonly place: CardPlace;
  /** Reply in the thread of this card, once that one has been posted. */
  readonly inThreadOf?: { readonly kind: CardKind; readonly entityId: string };
}

/** A card that is out of date, leased to one worker. */
export interface ClaimedCard {
  readonly id: number;
  readonly kind: CardKind;
  readonly entityId: string;
  readonly place: CardPlace;
  readonly threadTs: string | undefined;
  /** The channel and message it became; undefined before the first post. */
  readonly channel: string | undefined;
  readonly ts: string | undefined;
  readonly wanted: number;
  readonly attempts: number;
  /** When a post was begun whose outcome was not recorded: look for it before posting again. */
  readonly postBegunAt: Date | undefined;
  readonly lease: string;
}

/** Events of a share request's story, told as replies in its thread. */
export const shareEvents = [
  'approved',
  'rejected',
  'withdrawn',
  'expired',
  'shared',
  'failed',
  'retried',
  'stopped',
  'stop-failed',
] as const;
export type ShareEvent = (typeof shareEvents)[number];

/** Events of a change's story, told as replies in its thread. */
export const changeEvents = ['approved', 'rejected', 'withdrawn', 'expired', 'done', 'failed', 'retried'] as const;
export type ChangeEvent = (typeof changeEvents)[number];
