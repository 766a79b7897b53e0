import type { Selectable, SelectQueryBuilder } from 'kysely';
import { type Change, type ChangeState, targetOf, workingChangeStates } from '../core/changes/change.ts';
import type { ChangeFilter, ChangePatch, ChangeStore } from '../core/changes/change-store.ts';
import type { Claimed, ClaimOptions } from '../core/claims.ts';
import type { Step } from '../core/decidable.ts';
import type { Page, PageOf } from '../core/page.ts';
import type { Vote } from '../core/votes.ts';
import { lapsedOf, wantedOf } from './asked-queries.ts';
import { changeRow, patchedChange, toChange } from './change-rows.ts';
import {
  changeById,
  insertChange,
  insertChangeVote,
  lockChange,
  moveChange,
  votesOnChanges,
} from './change-statements.ts';
import { inParts, toTime } from './columns.ts';
import type { ChangeTable, Database } from './database.ts';
import { dueOf, held, oldestFirst, unheld } from './leases.ts';
import { newestPage } from './newest-page.ts';
import { affected, type Session } from './session.ts';
import { voteColumns } from './vote-rows.ts';

export class SqlChanges implements ChangeStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async insert(change: Change, dedupeKey: string): Promise<boolean> {
    const row = changeRow(change, { dedupeKey, target: targetOf(change.deed) });
    const added = await this.#session.write('changes', async (db) => affected(await insertChange(db, row)));
    return added > 0;
  }

  async get(id: string): Promise<Change | undefined> {
    const { db } = this.#session;
    // Asked at once: each statement may wait for a commit that is going on.
    const [change, votes] = await Promise.all([changeById(db, { id }), votesOnChanges(db, { ids: [id] })]);
    const [row] = change.rows;
    return row && toChange(row, votes.rows);
  }

  async byDedupeKey(key: string): Promise<Change | undefined> {
    return this.#one(await this.#session.db.selectFrom('changes').selectAll().where('dedupe_key', '=', key).execute());
  }

  async list(filter: ChangeFilter, page: PageOf): Promise<Page<Change>> {
    const { ids, states, projects, kinds } = filter;
    if ([ids, states, projects, kinds].some((among) => among?.length === 0)) return { total: 0, items: [] };
    const found = filteredChanges(this.#session.db.selectFrom('changes'), filter);
    const { total, rows } = await newestPage(found, page);
    return { total, items: await this.#whole(rows) };
  }

  async hold(project: string, target: string): Promise<void> {
    await this.#session.run((db) => this.#session.dialect.hold(db, `change ${project} ${target}`));
  }

  async lock(id: string, state: ChangeState): Promise<Change | undefined> {
    return this.#one((await this.#session.run((db) => lockChange(db, { id, state }))).rows);
  }

  async move(id: string, step: Step<ChangeState>, patch: ChangePatch = {}): Promise<boolean> {
    if (step.from.length === 0) return false;
    const values = {
      state: step.to,
      updated_at: toTime(step.at),
      ...patchedChange(patch),
      ...(step.release ? unheld : {}),
    };
    const holder = step.lease === undefined ? {} : { holder: step.lease };
    const changed = await this.#session.write('changes', async (db) =>
      affected(await moveChange(db, { change: id, from: step.from, ...holder, ...values })),
    );
    return changed > 0;
  }

  async addVote(id: string, vote: Vote): Promise<boolean> {
    const row = { change_id: id, ...voteColumns(vote) };
    const added = await this.#session.write('changes', async (db) => affected(await insertChangeVote(db, row)));
    return added > 0;
  }

  async claimDue(options: ClaimOptions): Promise<readonly Claimed<Change>[]> {
    const lease = this.#session.newLease();
    const rows = await this.#session.run((db) =>
      db
        .with('due', (with_) =>
          dueOf(with_.selectFrom('changes').select('id').where('state', 'in', workingChangeStates), options),
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
    const rows = this.#session.db.selectFrom('changes').selectAll();
    return this.#whole(await lapsedOf(rows, now, limit).execute());
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
      const votes = ids.length === 0 ? [] : (await votesOnChanges(this.#session.db, { ids })).rows;
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
  const { kinds, target } = filter;
  let found = wantedOf(rows, 'changes', filter);
  if (target !== undefined) found = found.where('target', '=', target);
  if (kinds !== undefined) found = found.where('kind', 'in', kinds);
  return found;
}
