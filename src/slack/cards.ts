import type { CardKind } from '../core/cards.ts';
import type { Core } from '../core/core.ts';
import type { Message } from './kit.ts';

/** How one kind of card looks. */
export interface CardDefinition {
  readonly kind: CardKind;
  /** Draws the entity as it is now; undefined when it is gone, and with it the card. */
  render(core: Core, entityId: string, now: Date): Promise<Message | undefined>;
}

/** Defines how one kind of card looks. */
export function defineCard(about: CardDefinition): CardDefinition {
  return about;
}
