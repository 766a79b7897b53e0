import type { Selectable, SelectQueryBuilder } from 'kysely';
import type { Claimed, ClaimOptions } from '../core/claims.ts';
import type { Step } from '../core/decidable.ts';
import type { Page, PageOf } from '../core/page.ts';
import { type ShareRequest, type ShareState, workingStates } from '../core/sharing/share-request.ts';
import type { ShareRequestFilter, ShareRequestPatch, ShareRequestStore } from '../core/sharing/share-request-store.ts';
import type { Vote } from '../core/votes.ts';
import { lapsedOf, wantedOf } from './asked-queries.ts';
import { inParts, toTime } from './columns.ts';
import type { Database, ShareRequestTable } from './database.ts';
import { dueOf, held, oldestFirst, unheld } from './leases.ts';
import { newestPage } from './newest-page.ts';
import { affected, type Session, updated } from './session.ts';
import { patchedColumns, requestRow, targetRows, toRequest } from './share-request-rows.ts';
import {
  insertRequest,
  insertTarget,
  insertVote,
  lockRequest,
  moveRequest,
  requestById,
  targetsAsked,
  targetsOf,
  votesOn,
} from './share-request-statements.ts';
import { voteColumns } from './vote-rows.ts';

export class SqlShareRequests implements ShareRequestStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async insert(request: ShareRequest, dedupeKey: string): Promise<boolean> {
    return this.#session.atomic(async (session) => {
      const added = await session.write('shareRequests', async (db) =>
        affected(await insertRequest(db, requestRow(request, dedupeKey))),
      );
      if (added === 0) return false;
      for (const row of targetRows(request)) await insertTarget(session.db, row);
      for (const vote of request.votes) await insertVote(session.db, { request_id: request.id, ...voteColumns(vote) });
      return true;
    });
  }

  async get(id: string): Promise<ShareRequest | undefined> {
    const { db } = this.#session;
    // Asked at once: each statement may wait for a commit that is going on.
    const [request, parts] = await Promise.all([requestById(db, { id }), this.#parts([id])]);
    const [row] = request.rows;
    return row && toRequest(row, parts);
  }

  async byDedupeKey(key: string): Promise<ShareRequest | undefined> {
    const rows = this.#session.db.selectFrom('share_requests').selectAll();
    return this.#one(await rows.where('dedupe_key', '=', key).execute());
  }

  async list(filter: ShareRequestFilter, page: PageOf): Promise<Page<ShareRequest>> {
    const { ids, states, projects } = filter;
    if ([ids, states, projects].some((among) => among?.length === 0)) return { total: 0, items: [] };
    const found = filteredRequests(this.#session.db.selectFrom('share_requests'), filter);
    const { total, rows } = await newestPage(found, page);
    return { total, items: await this.#whole(rows) };
  }

  async holdBackup(project: string, backupId: string): Promise<void> {
    await this.#session.run((db) => this.#session.dialect.hold(db, `backup ${project} ${backupId}`));
  }

  async askedTargets(backup: { project: string; backupId: string }, but: string): Promise<readonly string[]> {
    return (await targetsAsked(this.#session.db, { ...backup, but })).rows.map((row) => row.project_id);
  }

  async lock(id: string, state: ShareState): Promise<ShareRequest | undefined> {
    return this.#one((await this.#session.run((db) => lockRequest(db, { id, state }))).rows);
  }

  async move(id: string, step: Step<ShareState>, patch: ShareRequestPatch = {}): Promise<boolean> {
    if (step.from.length === 0) return false;
    // Whoever moves it on without the lease takes it out of the hands of the worker that holds it.
    const taken = step.lease === undefined && !step.from.includes(step.to);
    const values = {
      state: step.to,
      updated_at: toTime(step.at),
      ...patchedColumns(patch),
      ...(step.release || taken ? unheld : {}),
    };
    const holder = step.lease === undefined ? {} : { holder: step.lease };
    const changed = await this.#session.write('shareRequests', async (db) =>
      affected(await moveRequest(db, { request: id, from: step.from, ...holder, ...values })),
    );
    return changed > 0;
  }

  async addVote(id: string, vote: Vote): Promise<boolean> {
    const row = { request_id: id, ...voteColumns(vote) };
    const added = await this.#session.write('shareRequests', async (db) => affected(await insertVote(db, row)));
    return added > 0;
  }

  async settleTarget(
    id: string,
    projectId: string,
    outcome: { sharingId: string } | 'failed' | 'waiting',
  ): Promise<void> {
    const values =
      typeof outcome === 'string'
        ? { state: outcome, sharing_id: null }
        : { state: 'shared' as const, sharing_id: outcome.sharingId };
    await this.#session.write('shareRequests', async (db) =>
      updated(
        await db
          .updateTable('share_targets')
          .set(values)
          .where('request_id', '=', id)
          .where('project_id', '=', projectId)
          .execute(),
      ),
    );
  }

  async claimDue(options: ClaimOptions): Promise<readonly Claimed<ShareRequest>[]> {
    const lease = this.#session.newLease();
    const rows = await this.#session.run((db) =>
      db
        .with('due', (with_) =>
          dueOf(
            with_
              .selectFrom('share_requests')
              .select('id')
              .where('state', 'in', [...workingStates, 'pending'])
              .where((eb) => eb.or([eb('state', '<>', 'pending'), eb('backup', 'is', null)])),
            options,
          ),
        )
        .updateTable('share_requests')
        .set(held(lease, options))
        .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
        .returningAll()
        .execute(),
    );
    const items = await this.#whole(oldestFirst(rows, (row) => row.created_at + row.id));
    return items.map((item) => ({ item, lease }));
  }

  async release(id: string, lease: string, nextAttemptAt: Date | undefined): Promise<boolean> {
    const changed = await this.#session.write('shareRequests', async (db) =>
      updated(
        await db
          .updateTable('share_requests')
          .set({ next_attempt_at: toTime(nextAttemptAt), ...unheld })
          .where('id', '=', id)
          .where('lease', '=', lease)
          .execute(),
      ),
    );
    return changed > 0;
  }

  async lapsed(now: Date, limit: number): Promise<readonly ShareRequest[]> {
    const rows = this.#session.db.selectFrom('share_requests').selectAll();
    return this.#whole(await lapsedOf(rows, now, limit).execute());
  }

  async #one(rows: readonly Selectable<ShareRequestTable>[]): Promise<ShareRequest | undefined> {
    const [request] = await this.#whole(rows);
    return request;
  }

  /** The requests of these rows with their targets and votes: two queries, however many they are. */
  async #whole(rows: readonly Selectable<ShareRequestTable>[]): Promise<readonly ShareRequest[]> {
    const requests: ShareRequest[] = [];
    for (const part of inParts(rows)) {
      const ids = part.map((row) => row.id);
      const parts = await this.#parts(ids);
      for (const row of part) requests.push(toRequest(row, parts));
    }
    return requests;
  }

  async #parts(ids: readonly string[]) {
    const { db } = this.#session;
    const [targets, votes] = await Promise.all([targetsOf(db, { ids }), votesOn(db, { ids })]);
    return { targets: targets.rows, votes: votes.rows };
  }
}

/** The rows of share requests that a filter lets through. */
export function filteredRequests<O>(
  rows: SelectQueryBuilder<Database, 'share_requests', O>,
  filter: ShareRequestFilter,
): SelectQueryBuilder<Database, 'share_requests', O> {
  const wanted = wantedOf(rows, 'share_requests', filter);
  return filter.backupId === undefined ? wanted : wanted.where('backup_id', '=', filter.backupId);
}
