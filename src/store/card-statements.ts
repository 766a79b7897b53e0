import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { CardKind } from '../core/cards.ts';
import type { CardTable, Time } from './database.ts';
import { isDue, isFree, unheld } from './leases.ts';
import { prepared, type Slots } from './prepared.ts';

/** Slack's word for "not so fast": its wait is kept also when the card is raised again. */
const RATE_LIMITED = 'ratelimited';

// The first words of these two are those of the partial indexes, so that both databases use them.
export const isOutOfDate = sql<SqlBool>`card.wanted > card.shown and card.refused is null`;

/** Why Slack did not take the card: its own refusal, or that of the card whose thread it was to go into. */
export const whyRefused = sql<string | null>`coalesce(card.refused, ${refusalOfThread('card')})`;

/**
 * A posted card may always be changed. A first post waits for its thread, and for every earlier first post at its place
 * that can still be made.
 */
const mayBeShown = sql<SqlBool>`(card.ts is not null or (
  (card.thread_card is null or exists (select 1 from cards root where root.id = card.thread_card and root.ts is not null))
  and not exists (
    select 1 from cards earlier
    where earlier.ts is null and earlier.refused is null
      and earlier.place_kind = card.place_kind and earlier.place_id = card.place_id and earlier.id < card.id
      and ${refusalOfThread('earlier')} is null
  )
))`;

function refusalOfThread(of: 'card' | 'earlier'): RawBuilder<string | null> {
  const thread = sql.ref(`${of}.thread_card`);
  const ts = sql.ref(`${of}.ts`);
  return sql<string | null>`(select root.refused from cards root
    where root.id = ${thread} and root.ts is null and ${ts} is null)`;
}

/** A card that nothing has been tried of yet. */
const unshown = {
  channel: null,
  ts: null,
  wanted: 1,
  claimed: 0,
  shown: 0,
  attempts: 0,
  next_attempt_at: null,
  post_begun_at: null,
  last_error: null,
  refused: null,
  ...unheld,
} as const;

type Row = Selectable<CardTable>;

export const insertCard = prepared((db, row: Slots<Pick<Row, 'kind' | 'entity_id' | 'place_kind' | 'place_id'>>) =>
  db
    .insertInto('cards')
    .values({ ...row, thread_card: null, ...unshown })
    .onConflict((conflict) => conflict.doNothing()),
);

type Reply = Pick<Row, 'kind' | 'entity_id' | 'place_kind' | 'place_id'> & {
  parent_kind: CardKind;
  parent_entity_id: string;
};

export const insertReply = prepared((db, { parent_kind, parent_entity_id, ...row }: Slots<Reply>) =>
  db
    .insertInto('cards')
    .values({
      ...row,
      // A thread hangs on its first message: a reply to a reply goes into the same thread.
      thread_card: db
        .selectFrom('cards as parent')
        .select((eb) => eb.fn.coalesce('parent.thread_card', 'parent.id').as('id'))
        .where('parent.kind', '=', parent_kind)
        .where('parent.entity_id', '=', parent_entity_id)
        .where('parent.place_kind', '=', row.place_kind)
        .where('parent.place_id', '=', row.place_id),
      ...unshown,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

type Named = { kind: CardKind; entityId: string };

export const raiseCard = prepared((db, { kind, entityId }: Slots<Named>) =>
  db
    .updateTable('cards')
    .set((eb) => ({
      wanted: eb('wanted', '+', 1),
      refused: null,
      next_attempt_at: eb.case().when('last_error', '=', RATE_LIMITED).then(eb.ref('next_attempt_at')).else(null).end(),
    }))
    .where('kind', '=', kind)
    .where('entity_id', '=', entityId)
    .returning(['id', 'place_kind', 'place_id']),
);

export const placeOfCard = prepared((db, { kind, entityId }: Slots<Named>) =>
  db
    .selectFrom('cards')
    .select(['place_kind', 'place_id'])
    .where('kind', '=', kind)
    .where('entity_id', '=', entityId)
    .orderBy('id')
    .limit(1),
);

type Claim = { readonly now: Time; readonly limit: number; readonly lease: string; readonly lease_until: Time };

/** Leases cards that are out of date and may be shown now. */
export const claimCards = prepared((db, { now, limit, ...held }: Slots<Claim>) =>
  db
    .with('due', (with_) =>
      with_
        .selectFrom('cards as card')
        .select('card.id')
        .where(isOutOfDate)
        .where(isDue('next_attempt_at', now))
        .where(isFree(now))
        .where(mayBeShown)
        .orderBy('card.id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('cards')
    .set((eb) => ({ ...held, claimed: eb.ref('wanted') }))
    .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
    .returningAll(),
);
