import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ClaimedCard } from '../../core/cards.ts';

/** What a card's message carries, unseen, so that it can be found when the answer to its post was lost. */
export interface CardMark {
  event_type: 'vbs_card';
  event_payload: { card: number; kind: string; entity: string };
}

/** The mark of a card. The entity is in it because another database may count its cards from one again. */
export function markOf(card: Pick<ClaimedCard, 'id' | 'kind' | 'entityId'>): CardMark {
  return { event_type: 'vbs_card', event_payload: { card: card.id, kind: card.kind, entity: card.entityId } };
}

const marked = z.object({
  ts: z.string(),
  metadata: z.object({
    event_type: z.literal('vbs_card'),
    event_payload: z.object({ card: z.number(), kind: z.string(), entity: z.string() }),
  }),
});

/** Slack's clock and ours may differ by this much. */
const SKEW_S = 120;
const PAGE = 100;
const MOST_PAGES = 10;

/**
 * Looks for the message of a card whose post was begun and never heard of again. Undefined when it is not there. Throws
 * what the client throws.
 */
export async function findMarked(
  client: WebClient,
  card: Pick<ClaimedCard, 'id' | 'kind' | 'entityId' | 'threadTs'>,
  where: { readonly channel: string; readonly since: Date },
): Promise<string | undefined> {
  const wanted = markOf(card).event_payload;
  const oldest = String(Math.floor(where.since.getTime() / 1_000) - SKEW_S);
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const about = {
      channel: where.channel,
      oldest,
      limit: PAGE,
      include_all_metadata: true,
      ...(cursor && { cursor }),
    };
    const answer = await (card.threadTs === undefined
      ? client.conversations.history(about)
      : client.conversations.replies({ ...about, ts: card.threadTs }));
    for (const given of answer.messages ?? []) {
      const message = marked.safeParse(given);
      if (!message.success) continue;
      const { card: id, kind, entity } = message.data.metadata.event_payload;
      if (id === wanted.card && kind === wanted.kind && entity === wanted.entity) return message.data.ts;
    }
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) return undefined;
  }
  return undefined;
}
