import type { WebClient } from '@slack/web-api';
import type { ClaimedCard } from '../core/cards.ts';
import type { Core } from '../core/core.ts';
import { backoff } from '../core/timing.ts';
import type { CardRegistry } from './card-registry.ts';
import { CardPost, type Posted } from './delivery/card-post.ts';
import { createNames, type Names } from './delivery/names.ts';
import { ownersOf } from './delivery/owners.ts';
import { noticeOf, UNDRAWABLE } from './delivery/refused-card.ts';
import type { Verdict } from './delivery/verdict.ts';
import { type Unpinged, withoutPings } from './delivery/without-pings.ts';

export const deliveryOutcomes = ['posted', 'updated', 'found', 'postponed', 'refused', 'dropped', 'lost'] as const;
/** `found`: a post whose answer was lost was there. `dropped`: its entity is gone. `lost`: the lease ran out. */
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

export interface CardDeliveryParts {
  readonly core: Core;
  readonly cards: CardRegistry;
  /** One that repeats nothing and rejects at a rate limit: see slack-client.ts. */
  readonly client: WebClient;
  /** The people who are told when Slack will not take a card; the approvers of its project unless this says otherwise. */
  readonly whoOwns?: (card: ClaimedCard) => Promise<readonly string[]>;
  readonly onOutcome?: (card: ClaimedCard, outcome: DeliveryOutcome) => void;
}

export interface CardDelivery {
  /** Shows one claimed card and writes the outcome. Throws only what the store throws. */
  deliver(card: ClaimedCard, signal: AbortSignal): Promise<void>;
  /** Until when Slack wants no cards at all, if so. */
  heldUntil(): Date | undefined;
}

/** What is to be written down about a card. */
type Outcome =
  /** `changes`: the message is to be changed next, since it lacks something. */
  | ({ readonly is: 'posted'; readonly changes: boolean } & Posted)
  | ({ readonly is: 'updated' | 'found' } & Posted)
  | Later
  | { readonly is: 'refused' | 'dropped'; readonly error: string }
  | { readonly is: 'lost' };

interface Later {
  readonly is: 'later';
  readonly error: string;
  readonly begun: boolean;
  readonly afterMs: number | undefined;
  /** The log has heard of it already, once for all cards. */
  readonly told?: boolean;
}

/** Delivers cards: draws the entity as it is now, and posts the card or changes the message that it became. */
export function createCardDelivery(parts: CardDeliveryParts): CardDelivery {
  const { core } = parts;
  const about = { client: parts.client, clock: core.clock, log: core.log };
  const post = new CardPost(about);
  const names = createNames(about);
  return {
    heldUntil: () => post.holds.all(core.clock.now()),
    async deliver(card, signal) {
      const beginBy = new Date(core.clock.now().getTime() + core.timing.leaseMs / 2);
      const outcome = await show(parts, post, { card, signal, beginBy, names });
      const settled = await settle(parts, card, outcome);
      parts.onOutcome?.(card, settled);
    },
  };
}

interface Delivery {
  readonly card: ClaimedCard;
  readonly signal: AbortSignal;
  /** No post begins after this: it must end well before another worker may take the card and look for it. */
  readonly beginBy: Date;
  readonly names: Names;
}

async function show(parts: CardDeliveryParts, post: CardPost, delivery: Delivery): Promise<Outcome> {
  const { card, signal } = delivery;
  const begun = card.postBegunAt !== undefined;
  if (signal.aborted) return { is: 'later', error: 'stopped', begun, afterMs: 0 };
  let drawn: Unpinged | undefined;
  try {
    drawn = await draw(parts, card, delivery.names);
  } catch (error) {
    const { log, timing } = parts.core;
    log.error({ err: error, card: card.id, kind: card.kind }, 'a card cannot be drawn');
    // It must not keep the cards after it from their place for ever.
    if (card.attempts + 1 >= timing.tries) return { is: 'refused', error: UNDRAWABLE };
    return { is: 'later', error: UNDRAWABLE, begun, afterMs: undefined };
  }
  if (!drawn) return { is: 'dropped', error: 'entity_gone' };
  if (card.channel !== undefined && card.ts !== undefined) {
    const at = { channel: card.channel, ts: card.ts };
    const step = await post.update(card, { at, message: drawn.update }, signal);
    if ('done' in step) return { is: 'updated', ...at };
    if (step.hindered.kind !== 'gone') return hindered(step.hindered, false);
  }
  return first(parts, post, { ...delivery, drawn });
}

/** The first post, or one in the place of a message that is no more. */
async function first(
  { core }: CardDeliveryParts,
  post: CardPost,
  { card, signal, beginBy, drawn }: Delivery & { readonly drawn: Unpinged },
): Promise<Outcome> {
  const begun = card.postBegunAt !== undefined;
  const conversation = await post.conversationOf(card.place, signal);
  if ('hindered' in conversation) return hindered(conversation.hindered, begun);
  const channel = conversation.done;
  const found = await post.find(card, channel, signal);
  if ('hindered' in found) return hindered(found.hindered, begun);
  if (found.done !== undefined) return { is: 'found', channel, ts: found.done };
  const held = post.holds.until('chat.postMessage', core.clock.now());
  if (held)
    return { is: 'later', error: 'ratelimited', begun: false, afterMs: held.getTime() - core.clock.now().getTime() };
  if (core.clock.now() > beginBy) return { is: 'later', error: 'too slow', begun: false, afterMs: 0 };
  if (!(await core.store.cards.begin(card.id, card.lease, card.postBegunAt ?? core.clock.now()))) return { is: 'lost' };
  const posted = await post.post(card, { channel, message: drawn.post }, signal);
  if ('done' in posted) return { is: 'posted', ...posted.done, changes: drawn.nameless };
  return hindered(posted.hindered, posted.hindered.kind === 'later' && posted.hindered.done);
}

function hindered(verdict: Verdict, begun: boolean): Outcome {
  switch (verdict.kind) {
    case 'token':
      // When it is tried again is up to the hold on all cards; this one is not to be later than the others.
      return { is: 'later', error: verdict.error, begun, afterMs: 0, told: true };
    case 'limited':
      return { is: 'later', error: 'ratelimited', begun, afterMs: verdict.waitMs };
    case 'refused':
    // Without its blocks as well: see CardPost.
    case 'blocks':
      return { is: 'refused', error: verdict.error };
    case 'later':
    case 'gone':
    case 'no-thread':
      return { is: 'later', error: verdict.error, begun, afterMs: undefined };
  }
}

async function draw(
  { core, cards }: CardDeliveryParts,
  card: ClaimedCard,
  names: Names,
): Promise<Unpinged | undefined> {
  const definition = cards.get(card.kind);
  if (!definition) throw new Error(`no card of the kind ${card.kind} is defined`);
  const drawn = await definition.render(core, card.entityId, core.clock.now());
  if (!drawn) return undefined;
  if (card.place.kind === 'channel') return withoutPings(drawn, names);
  return { post: drawn, update: drawn, nameless: false };
}

async function settle(parts: CardDeliveryParts, card: ClaimedCard, outcome: Outcome): Promise<DeliveryOutcome> {
  const { cards } = parts.core.store;
  switch (outcome.is) {
    case 'posted':
    case 'updated':
    case 'found': {
      const { channel, ts } = outcome;
      // What was found may show an earlier version: it stays due, and is changed next.
      const changes = outcome.is === 'found' || (outcome.is === 'posted' && outcome.changes);
      const shown = changes ? 0 : card.wanted;
      return (await cards.shown(card.id, card.lease, { channel, ts, shown })) ? outcome.is : 'lost';
    }
    case 'later': {
      const { clock, timing, ids, log } = parts.core;
      const afterMs = outcome.afterMs ?? backoff(timing, card.attempts + 1, ids.random());
      const { error, begun, told = false } = outcome;
      if (!told) log.warn({ card: card.id, kind: card.kind, error, afterMs }, 'a card could not be shown for now');
      const at = new Date(clock.now().getTime() + afterMs);
      return (await cards.postpone(card.id, card.lease, { at, error, begun })) ? 'postponed' : 'lost';
    }
    case 'refused':
    case 'dropped':
      return refuse(parts, card, outcome);
    case 'lost':
      return 'lost';
  }
}

async function refuse(
  { core, whoOwns = (card) => ownersOf(core, card) }: CardDeliveryParts,
  card: ClaimedCard,
  { is, error }: { readonly is: 'refused' | 'dropped'; readonly error: string },
): Promise<DeliveryOutcome> {
  core.log.error({ card: card.id, kind: card.kind, place: card.place, error }, 'Slack will not take a card');
  const nobody = (err: unknown): readonly string[] => {
    core.log.error({ err, card: card.id }, 'nobody can be told of a card that Slack will not take');
    return [];
  };
  const owners = is === 'refused' && card.kind !== 'card-refused' ? await whoOwns(card).catch(nobody) : [];
  return core.store.transaction(async (stores) => {
    if (!(await stores.cards.refuse(card.id, card.lease, error))) return 'lost';
    for (const owner of owners) if (owner !== card.place.id) await stores.cards.open(noticeOf(card, owner));
    return is;
  });
}
