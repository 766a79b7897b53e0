import type { CardKind } from '../core/cards.ts';
import type { CardDefinition } from './cards.ts';
import { refusedCard } from './delivery/refused-card.ts';

export type CardRegistry = ReadonlyMap<CardKind, CardDefinition>;

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
