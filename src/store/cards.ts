import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { CardKind, CardPlace, ClaimedCard, NewCard } from '../core/cards.ts';
import type { CardStore, ClaimOptions } from '../core/stores.ts';
import { fromTime, toTime } from './columns.ts';
import type { CardTable } from './database.ts';
import { held, isDue, isFree, unheld } from './leases.ts';
import { prepared, type Slots } from './prepared.ts';
import { affected, type Session, updated } from './session.ts';

/** Slack's word for "not so fast": its wait is kept also when the card is raised again. */
const RATE_LIMITED = 'ratelimited';

export class SqlCards implements CardStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async open(card: NewCard): Promise<void> {
    const { kind, entityId, place, inThreadOf: parent } = card;
    const row = { kind, entity_id: entityId, place_kind: place.kind, place_id: place.id };
    await this.#session.write('cards', async (db) =>
      affected(
        await (parent
          ? insertReply(db, { ...row, parent_kind: parent.kind, parent_entity_id: parent.entityId })
          : insertCard(db, row)),
      ),
    );
  }

  async raise(kind: CardKind, entityId: string): Promise<void> {
    await this.#session.write('cards', async (db) => affected(await raiseCard(db, { kind, entityId })));
  }

  async claimDue(options: ClaimOptions): Promise<readonly ClaimedCard[]> {
    const lease = this.#session.newLease();
    const rows = await this.#session.run((db) =>
      db
        .with('due', (with_) =>
          this.#session.dialect.skipLocked(
            with_
              .selectFrom('cards as card')
              .select('card.id')
              .where(isOutOfDate)
              .where(isDue('next_attempt_at', options.now))
              .where(isFree(options.now))
              .where(mayBeShown)
              .orderBy('card.id')
              .limit(options.limit),
          ),
        )
        .updateTable('cards')
        .set((eb) => ({ ...held(lease, options), claimed: eb.ref('wanted') }))
        .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
        .returningAll()
        .execute(),
    );
    const threads = await this.#threads(rows);
    return rows
      .sort((a, b) => a.id - b.id)
      .map((row) => ({
        id: row.id,
        kind: row.kind,
        entityId: row.entity_id,
        place: placeOf(row),
        threadTs: row.thread_card === null ? undefined : threads.get(row.thread_card),
        channel: row.channel ?? undefined,
        ts: row.ts ?? undefined,
        wanted: row.wanted,
        attempts: row.attempts,
        postBegunAt: fromTime(row.post_begun_at),
        lease,
      }));
  }

  begin(id: number, lease: string, at: Date): Promise<boolean> {
    return this.#session.run(async (db) => {
      const update = db.updateTable('cards').set({ post_begun_at: toTime(at) });
      return updated(await update.where('id', '=', id).where('lease', '=', lease).execute()) > 0;
    });
  }

  shown(id: number, lease: string, message: { channel: string; ts: string; shown: number }): Promise<boolean> {
    return this.#settle(id, lease, { ...message, ...settled, post_begun_at: null });
  }

  postpone(id: number, lease: string, retry: { at: Date; error: string; begun: boolean }): Promise<boolean> {
    return this.#settle(id, lease, {
      attempts: sql<number>`attempts + 1`,
      next_attempt_at: toTime(retry.at),
      last_error: retry.error,
      ...(retry.begun ? {} : { post_begun_at: null }),
    });
  }

  refuse(id: number, lease: string, error: string): Promise<boolean> {
    return this.#settle(id, lease, {
      ...settled,
      post_begun_at: null,
      last_error: error,
      // Raised since it was claimed: whoever did that may have mended the reason.
      refused: sql<string | null>`case when wanted > claimed then null else ${error} end`,
    });
  }

  async placeOf(kind: CardKind, entityId: string): Promise<CardPlace | undefined> {
    const [row] = (await placeOfCard(this.#session.db, { kind, entityId })).rows;
    return row && placeOf(row);
  }

  async messageOf(kind: CardKind, entityId: string): Promise<{ channel: string; ts: string } | undefined> {
    const row = await this.#of(kind, entityId)
      .select(['channel', 'ts'])
      .where('channel', 'is not', null)
      .where('ts', 'is not', null)
      .$narrowType<{ channel: string; ts: string }>()
      .executeTakeFirst();
    return row && { channel: row.channel, ts: row.ts };
  }

  async refusal(kind: CardKind, entityId: string): Promise<{ place: CardPlace; error: string } | undefined> {
    const row = await this.#of(kind, entityId)
      .select(['place_kind', 'place_id', whyRefused.as('error')])
      .where(whyRefused, 'is not', null)
      .executeTakeFirst();
    return row && row.error !== null ? { place: placeOf(row), error: row.error } : undefined;
  }

  async waiting(): Promise<number> {
    const rows = this.#session.db.selectFrom('cards as card').where(isOutOfDate).where(whyRefused, 'is', null);
    return (await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total;
  }

  #of(kind: CardKind, entityId: string) {
    const rows = this.#session.db.selectFrom('cards as card').where('kind', '=', kind);
    return rows.where('entity_id', '=', entityId).orderBy('id').limit(1);
  }

  /** The messages that begin the threads of these cards. */
  async #threads(rows: readonly Selectable<CardTable>[]): Promise<ReadonlyMap<number, string>> {
    const ids = rows.flatMap((row) => (row.thread_card === null ? [] : [row.thread_card]));
    if (ids.length === 0) return new Map();
    const parents = await this.#session.db.selectFrom('cards').select(['id', 'ts']).where('id', 'in', ids).execute();
    return new Map(parents.flatMap((parent) => (parent.ts === null ? [] : [[parent.id, parent.ts]])));
  }

  /** Writes the outcome of a delivery and gives the row free, if this worker still holds it. */
  async #settle(id: number, lease: string, values: Outcome): Promise<boolean> {
    const changed = await this.#session.write('cards', async (db) =>
      updated(
        await db
          .updateTable('cards')
          .set({ ...values, ...unheld })
          .where('id', '=', id)
          .where('lease', '=', lease)
          .execute(),
      ),
    );
    return changed > 0;
  }
}

type Row = Selectable<CardTable>;

const insertCard = prepared((db, row: Slots<Pick<Row, 'kind' | 'entity_id' | 'place_kind' | 'place_id'>>) =>
  db
    .insertInto('cards')
    .values({ ...row, thread_card: null, ...unshown })
    .onConflict((conflict) => conflict.doNothing()),
);

type Reply = Pick<Row, 'kind' | 'entity_id' | 'place_kind' | 'place_id'> & {
  parent_kind: CardKind;
  parent_entity_id: string;
};

const insertReply = prepared((db, { parent_kind, parent_entity_id, ...row }: Slots<Reply>) =>
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

const raiseCard = prepared((db, { kind, entityId }: Slots<Named>) =>
  db
    .updateTable('cards')
    .set((eb) => ({
      wanted: eb('wanted', '+', 1),
      refused: null,
      next_attempt_at: eb.case().when('last_error', '=', RATE_LIMITED).then(eb.ref('next_attempt_at')).else(null).end(),
    }))
    .where('kind', '=', kind)
    .where('entity_id', '=', entityId),
);

const placeOfCard = prepared((db, { kind, entityId }: Slots<Named>) =>
  db
    .selectFrom('cards')
    .select(['place_kind', 'place_id'])
    .where('kind', '=', kind)
    .where('entity_id', '=', entityId)
    .orderBy('id')
    .limit(1),
);

type Outcome = {
  [Column in keyof CardTable]?: Selectable<CardTable>[Column] | RawBuilder<Selectable<CardTable>[Column]>;
};

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

const settled = { attempts: 0, next_attempt_at: null, last_error: null, refused: null } as const;

// The first words of these two are those of the partial indexes, so that both databases use them.
const isOutOfDate = sql<SqlBool>`card.wanted > card.shown and card.refused is null`;

/** Why Slack did not take the card: its own refusal, or that of the card whose thread it was to go into. */
const whyRefused = sql<string | null>`coalesce(card.refused, ${refusalOfThread('card')})`;

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

function placeOf(row: Pick<Selectable<CardTable>, 'place_kind' | 'place_id'>): CardPlace {
  return { kind: row.place_kind, id: row.place_id };
}
