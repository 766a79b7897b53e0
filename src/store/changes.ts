import type { Selectable, SelectQueryBuilder } from 'kysely';
import { type Change, type ChangeState, targetOf, workingChangeStates } from '../core/changes/change.ts';
import type { ChangeFilter, ChangePatch, ChangeStore } from '../core/changes/change-store.ts';
import type { Claimed, ClaimOptions } from '../core/claims.ts';
import type { Step } from '../core/decidable.ts';
import type { Page, PageOf } from '../core/page.ts';
import type { Vote } from '../core/votes.ts';
import { changeRow, patchedChange, toChange } from './change-rows.ts';
import { inParts, toTime } from './columns.ts';
import type { ChangeTable, Database } from './database.ts';
import { held, isDue, isFree, oldestFirst, unheld } from './leases.ts';
import { inserted, type Session, updated } from './session.ts';

export class SqlChanges implements ChangeStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async insert(change: Change, dedupeKey: string): Promise<boolean> {
    const row = changeRow(change, { dedupeKey, target: targetOf(change.deed) });
    const added = await this.#session.write('changes', async (db) =>
      inserted(
        await db
          .insertInto('changes')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      ),
    );
    return added > 0;
  }

  async get(id: string): Promise<Change | undefined> {
    return this.#one(await this.#session.db.selectFrom('changes').selectAll().where('id', '=', id).execute());
  }

  async byDedupeKey(key: string): Promise<Change | undefined> {
    return this.#one(await this.#session.db.selectFrom('changes').selectAll().where('dedupe_key', '=', key).execute());
  }

  async list(filter: ChangeFilter, page: PageOf): Promise<Page<Change>> {
    const { ids, states, projects, kinds } = filter;
    if ([ids, states, projects, kinds].some((among) => among?.length === 0)) return { total: 0, items: [] };
    const rows = filteredChanges(this.#session.db.selectFrom('changes'), filter);
    const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const items = await rows
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(page.limit)
      .offset(page.offset)
      .execute();
    return { total, items: await this.#whole(items) };
  }

  async hold(project: string, target: string): Promise<void> {
    await this.#session.run((db) => this.#session.dialect.hold(db, `change ${project} ${target}`));
  }

  async lock(id: string, state: ChangeState): Promise<Change | undefined> {
    // A write takes the row on both databases; whoever comes second sees what the first one has made of it.
    const rows = await this.#session.run((db) =>
      db.updateTable('changes').set({ state }).where('id', '=', id).where('state', '=', state).returningAll().execute(),
    );
    return this.#one(rows);
  }

  async move(id: string, step: Step<ChangeState>, patch: ChangePatch = {}): Promise<boolean> {
    if (step.from.length === 0) return false;
    const values = {
      state: step.to,
      updated_at: toTime(step.at),
      ...patchedChange(patch),
      ...(step.release ? unheld : {}),
    };
    const changed = await this.#session.write('changes', async (db) => {
      let update = db.updateTable('changes').set(values).where('id', '=', id).where('state', 'in', step.from);
      if (step.lease !== undefined) update = update.where('lease', '=', step.lease);
      return updated(await update.execute());
    });
    return changed > 0;
  }

  async addVote(id: string, vote: Vote): Promise<boolean> {
    const { side, user, kind, reason, at } = vote;
    const row = { change_id: id, side, user_id: user, kind, reason: reason ?? null, at: toTime(at) };
    const added = await this.#session.write('changes', async (db) =>
      inserted(
        await db
          .insertInto('change_votes')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      ),
    );
    return added > 0;
  }

  async claimDue(options: ClaimOptions): Promise<readonly Claimed<Change>[]> {
    const lease = this.#session.newLease();
    const rows = await this.#session.run((db) =>
      db
        .with('due', (with_) =>
          this.#session.dialect.skipLocked(
            with_
              .selectFrom('changes')
              .select('id')
              .where('state', 'in', workingChangeStates)
              .where(isDue('next_attempt_at', options.now))
              .where(isFree(options.now))
              .orderBy('created_at')
              .orderBy('id')
              .limit(options.limit),
          ),
        )
        .updateTable('changes')
        .set(held(lease, options))
        .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
        .returningAll()
        .execute(),
    );
    const items = await this.#whole(oldestFirst(rows, (row) => row.created_at + row.id));
    return items.map((item) => ({ item, lease }));
  }

  async lapsed(now: Date, limit: number): Promise<readonly Change[]> {
    const rows = this.#session.db
      .selectFrom('changes')
      .selectAll()
      .where('state', '=', 'pending')
      .where('expires_at', '<=', toTime(now))
      .orderBy('expires_at')
      .limit(limit);
    return this.#whole(await rows.execute());
  }

  async #one(rows: readonly Selectable<ChangeTable>[]): Promise<Change | undefined> {
    const [change] = await this.#whole(rows);
    return change;
  }

  /** The changes of these rows with their votes: one query more, however many they are. */
  async #whole(rows: readonly Selectable<ChangeTable>[]): Promise<readonly Change[]> {
    const changes: Change[] = [];
    for (const part of inParts(rows)) {
      const ids = part.filter((row) => row.approvals_needed > 0).map((row) => row.id);
      const votes =
        ids.length === 0
          ? []
          : await this.#session.db
              .selectFrom('change_votes')
              .selectAll()
              .where('change_id', 'in', ids)
              .orderBy('at')
              .orderBy('user_id')
              .execute();
      for (const row of part) changes.push(toChange(row, votes));
    }
    return changes;
  }
}

/** The rows of changes that a filter lets through. */
export function filteredChanges<O>(
  rows: SelectQueryBuilder<Database, 'changes', O>,
  filter: ChangeFilter,
): SelectQueryBuilder<Database, 'changes', O> {
  const { ids, requester, states, projects, kinds, target, awaiting } = filter;
  let found = rows;
  if (ids !== undefined) found = found.where('id', 'in', ids);
  if (requester !== undefined) found = found.where('requester', '=', requester);
  if (target !== undefined) found = found.where('target', '=', target);
  if (states !== undefined) found = found.where('state', 'in', states);
  if (projects !== undefined) found = found.where('project', 'in', projects);
  if (kinds !== undefined) found = found.where('kind', 'in', kinds);
  if (awaiting === undefined) return found;
  return found
    .where('requester', '<>', awaiting)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('change_votes')
            .select('change_votes.user_id')
            .whereRef('change_votes.change_id', '=', 'changes.id')
            .where('change_votes.user_id', '=', awaiting),
        ),
      ),
    );
}
