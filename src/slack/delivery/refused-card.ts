import { type CardKind, type ClaimedCard, cardKinds, type NewCard } from '../../core/cards.ts';
import type { CardDefinition } from '../cards.ts';
import { oneLine } from '../kit.ts';
import { mention } from '../people-words.ts';
import { sentence } from '../sentence.ts';
import { marked } from '../words.ts';

/** The notice to one person that a card cannot be shown; the card it speaks of is named in its entity id. */
export function noticeOf(card: Pick<ClaimedCard, 'kind' | 'entityId'>, user: string): NewCard {
  return { kind: 'card-refused', entityId: `${card.kind}:${card.entityId}`, place: { kind: 'user', id: user } };
}

/** The error of a card that the bot itself fails to draw. */
export const UNDRAWABLE = 'cannot_be_drawn';

const things: Readonly<Record<CardKind, string>> = {
  'share-request': 'A share request',
  'share-event': 'News of a share request',
  'share-outcome': 'The outcome of a share request',
  'sharing-stopped': 'The news that a sharing stopped',
  'policy-run': 'A policy run',
  change: 'The card of a change',
  'change-event': 'News of a change',
  'change-outcome': 'The outcome of a change',
  'card-refused': 'A notice',
};

const remedies: Readonly<Record<string, string>> = {
  channel_not_found: 'The bot cannot see that channel: invite it there with `/invite @vbs`, or correct the settings.',
  not_in_channel: 'The bot is not in that channel: invite it there with `/invite @vbs`.',
  is_archived: 'That channel is archived: unarchive it, or name another one in the settings.',
  [UNDRAWABLE]: 'Tell whoever runs the bot; the log has the details.',
  restricted_action: 'The bot may not post in that channel: let it, or name another one in the settings.',
};

/** `card-refused`: a sentence to an owner about a card that Slack would not take. */
export const refusedCard: CardDefinition = {
  kind: 'card-refused',
  async render(core, entityId) {
    const at = entityId.indexOf(':');
    const kind = cardKinds.find((known) => known === entityId.slice(0, at));
    const refusal = kind && (await core.store.cards.refusal(kind, entityId.slice(at + 1)));
    if (!kind || !refusal) return undefined;
    const { place, error } = refusal;
    const where = place.kind === 'channel' ? `in <#${place.id}>` : `to ${mention(place.id)}`;
    const remedy =
      place.kind === 'user' && error !== UNDRAWABLE
        ? 'That account may be deactivated: look at who is named in the settings.'
        : (remedies[error] ?? 'Look at the channel and at the settings.');
    const text = `${things[kind]} could not be shown ${where}. ${remedy} It is tried again when something changes in it.`;
    const small = error === UNDRAWABLE ? [] : [`Slack says: ${oneLine(error, 300)}`];
    return sentence(marked('attention', text), ...small);
  },
};
