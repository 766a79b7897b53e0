import type { CardKind } from '../core/cards.ts';
import type { Core } from '../core/core.ts';
import { refusedCard } from './delivery/refused-card.ts';
import type { Message } from './kit.ts';

/** How one kind of card looks. */
export interface CardDefinition {
  readonly kind: CardKind;
  /** Draws the entity as it is now; undefined when it is gone, and with it the card. */
  render(core: Core, entityId: string, now: Date): Promise<Message | undefined>;
}

export type CardRegistry = ReadonlyMap<CardKind, CardDefinition>;

/** Defines how one kind of card looks. */
export function defineCard(about: CardDefinition): CardDefinition {
  return about;
}

/** Gathers the kinds of cards, and the notice of a card that was refused; two of one kind throw at once. */
export function createCardRegistry(definitions: readonly CardDefinition[]): CardRegistry {
  const cards = new Map<CardKind, CardDefinition>();
  for (const definition of [...definitions, refusedCard]) {
    if (cards.has(definition.kind)) {
      throw new Error(`The card "${definition.kind}" is defined twice; give one of them another kind.`);
    }
    cards.set(definition.kind, definition);
  }
  return cards;
}
