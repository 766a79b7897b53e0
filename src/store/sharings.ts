import type { Selectable } from 'kysely';
import type { Claimed, ClaimOptions } from '../core/claims.ts';
import type { Failure } from '../core/failure.ts';
import type { RegisteredSharing } from '../core/sharing/sharing.ts';
import type { SharingStore } from '../core/sharing/sharing-store.ts';
import { failureFrom, fromTime, toJson, toTime } from './columns.ts';
import type { SharingTable } from './database.ts';
import { dueOf, held, oldestFirst, unheld } from './leases.ts';
import { prepared, type Slots } from './prepared.ts';
import { inserted, type Session, updated } from './session.ts';

type StopFailure = { failure: Failure; attempts: number; nextAttemptAt: Date } | { failure: Failure; giveUp: true };

const sharingsOfBackup = prepared((db, { project, backupId }: Slots<{ project: string; backupId: string }>) =>
  db
    .selectFrom('sharings')
    .selectAll()
    .where('project', '=', project)
    .where('backup_id', '=', backupId)
    .where('state', '<>', 'stopped')
    .orderBy('created_at')
    .orderBy('id'),
);

export class SqlSharings implements SharingStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async insert(sharing: RegisteredSharing): Promise<boolean> {
    const added = await this.#session.write('sharings', async (db) =>
      inserted(
        await db
          .insertInto('sharings')
          .values(toRow(sharing))
          .onConflict((conflict) =>
            conflict
              .column('id')
              .doUpdateSet((eb) => ({
                request_id: eb.ref('excluded.request_id'),
                stop_at: eb.ref('excluded.stop_at'),
                backup_name: eb.fn.coalesce('excluded.backup_name', 'sharings.backup_name'),
              }))
              .where('sharings.request_id', 'is', null)
              .where('excluded.request_id', 'is not', null)
              .whereRef('excluded.project', '=', 'sharings.project'),
          )
          .execute(),
      ),
    );
    return added > 0;
  }

  async get(id: string): Promise<RegisteredSharing | undefined> {
    const row = await this.#session.db.selectFrom('sharings').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toSharing(row);
  }

  async ofRequest(requestId: string): Promise<readonly RegisteredSharing[]> {
    const rows = this.#session.db.selectFrom('sharings').selectAll().where('request_id', '=', requestId);
    return (await rows.orderBy('created_at').orderBy('id').execute()).map(toSharing);
  }

  async ofBackup(project: string, backupId: string): Promise<readonly RegisteredSharing[]> {
    return (await sharingsOfBackup(this.#session.db, { project, backupId })).rows.map(toSharing);
  }

  async orderedToStop(of: { project: string; backupId: string; since: Date }): Promise<readonly RegisteredSharing[]> {
    const rows = this.#session.db
      .selectFrom('sharings')
      .selectAll()
      .where('project', '=', of.project)
      .where('backup_id', '=', of.backupId)
      .where('request_id', 'is', null)
      .where('state', '<>', 'active')
      .where('created_at', '>=', toTime(of.since));
    return (await rows.orderBy('created_at').orderBy('id').execute()).map(toSharing);
  }

  async orderStop(id: string, order: { by: string | undefined; at: Date }): Promise<boolean> {
    const values = {
      state: 'stopping' as const,
      stopped_by: order.by ?? null,
      failure: null,
      attempts: 0,
      next_attempt_at: toTime(order.at),
      ...(order.by === undefined ? { end_ordered: 1 } : {}),
    };
    const changed = await this.#session.write('sharings', async (db) =>
      updated(
        await db.updateTable('sharings').set(values).where('id', '=', id).where('state', '=', 'active').execute(),
      ),
    );
    return changed > 0;
  }

  async ended(now: Date, limit: number): Promise<readonly RegisteredSharing[]> {
    const rows = this.#session.db
      .selectFrom('sharings')
      .selectAll()
      .where('state', '=', 'active')
      .where('stop_at', '<=', toTime(now))
      .where('end_ordered', '=', 0)
      .orderBy('stop_at')
      .limit(limit);
    return (await rows.execute()).map(toSharing);
  }

  async claimDue(options: ClaimOptions): Promise<readonly Claimed<RegisteredSharing>[]> {
    const lease = this.#session.newLease();
    const rows = await this.#session.run((db) =>
      db
        .with('due', (with_) =>
          dueOf(with_.selectFrom('sharings').select('id').where('state', '=', 'stopping'), options),
        )
        .updateTable('sharings')
        .set(held(lease, options))
        .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
        .returningAll()
        .execute(),
    );
    return oldestFirst(rows, (row) => row.created_at + row.id).map((row) => ({ item: toSharing(row), lease }));
  }

  async stopped(id: string, lease: string, at: Date): Promise<boolean> {
    return this.#settle(id, lease, {
      state: 'stopped',
      stopped_at: toTime(at),
      failure: null,
      next_attempt_at: null,
    });
  }

  async stopFailed(id: string, lease: string, outcome: StopFailure): Promise<boolean> {
    const failure = toJson(outcome.failure);
    return this.#settle(
      id,
      lease,
      'giveUp' in outcome
        ? { state: 'active', failure, stopped_by: null, attempts: 0, next_attempt_at: null }
        : { failure, attempts: outcome.attempts, next_attempt_at: toTime(outcome.nextAttemptAt) },
    );
  }

  /** Writes the outcome of a stop and gives the row free, if this worker still holds it. */
  async #settle(id: string, lease: string, values: Partial<Selectable<SharingTable>>): Promise<boolean> {
    const changed = await this.#session.write('sharings', async (db) =>
      updated(
        await db
          .updateTable('sharings')
          .set({ ...values, ...unheld })
          .where('id', '=', id)
          .where('state', '=', 'stopping')
          .where('lease', '=', lease)
          .execute(),
      ),
    );
    return changed > 0;
  }
}

function toRow(sharing: RegisteredSharing): Selectable<SharingTable> {
  return {
    id: sharing.id,
    project: sharing.project,
    backup_id: sharing.backupId,
    backup_name: sharing.backupName ?? null,
    to_project_id: sharing.toProjectId,
    request_id: sharing.requestId ?? null,
    state: sharing.state,
    stop_at: toTime(sharing.stopAt),
    end_ordered: 0,
    stopped_by: sharing.stoppedBy ?? null,
    stopped_at: toTime(sharing.stoppedAt),
    failure: toJson(sharing.failure),
    attempts: sharing.attempts,
    next_attempt_at: null,
    created_at: toTime(sharing.createdAt),
    ...unheld,
  };
}

function toSharing(row: Selectable<SharingTable>): RegisteredSharing {
  return {
    id: row.id,
    project: row.project,
    backupId: row.backup_id,
    backupName: row.backup_name ?? undefined,
    toProjectId: row.to_project_id,
    requestId: row.request_id ?? undefined,
    state: row.state,
    stopAt: fromTime(row.stop_at),
    stoppedBy: row.stopped_by ?? undefined,
    stoppedAt: fromTime(row.stopped_at),
    failure: failureFrom(row.failure),
    attempts: row.attempts,
    createdAt: fromTime(row.created_at),
  };
}
