import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { CardStore } from '../core/card-store.ts';
import type { CardKind, CardPlace, ClaimedCard, NewCard } from '../core/cards.ts';
import type { ClaimOptions } from '../core/claims.ts';
import {
  claimCards,
  insertCard,
  insertReply,
  isOutOfDate,
  placeOfCard,
  raiseCard,
  whyRefused,
} from './card-statements.ts';
import { fromTime, toTime } from './columns.ts';
import type { CardTable } from './database.ts';
import { held, unheld } from './leases.ts';
import { affected, type Session, updated } from './session.ts';

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

  async raise(kind: CardKind, entityId: string): Promise<CardPlace | undefined> {
    let place: CardPlace | undefined;
    await this.#session.write('cards', async (db) => {
      const { rows } = await raiseCard(db, { kind, entityId });
      const [first] = rows.toSorted((a, b) => a.id - b.id);
      place = first && placeOf(first);
      return rows.length;
    });
    return place;
  }

  async claimDue(options: ClaimOptions): Promise<readonly ClaimedCard[]> {
    const lease = this.#session.newLease();
    const claim = { now: toTime(options.now), limit: options.limit, ...held(lease, options) };
    const { rows } = await this.#session.run((db) => claimCards(db, claim));
    const threads = await this.#threads(rows);
    return rows
      .toSorted((a, b) => a.id - b.id)
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

type Outcome = {
  [Column in keyof CardTable]?: Selectable<CardTable>[Column] | RawBuilder<Selectable<CardTable>[Column]>;
};

const settled = { attempts: 0, next_attempt_at: null, last_error: null, refused: null } as const;

function placeOf(row: Pick<Selectable<CardTable>, 'place_kind' | 'place_id'>): CardPlace {
  return { kind: row.place_kind, id: row.place_id };
}
