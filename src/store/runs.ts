import type { Selectable, SelectQueryBuilder } from 'kysely';
import type { Claimed, ClaimOptions } from '../core/claims.ts';
import type { Page, PageOf } from '../core/page.ts';
import { activeRunStates, type PolicyRun, type RunState } from '../core/policies/policy-run.ts';
import type { PolicyRunPatch, RunFilter, RunStore } from '../core/policies/run-store.ts';
import { grouped, inParts, toTime } from './columns.ts';
import type { Database, PolicyRunTable } from './database.ts';
import { dueOf, held, oldestFirst, unheld } from './leases.ts';
import { newestPage } from './newest-page.ts';
import { patchedColumns, runRow, toRun } from './run-rows.ts';
import { inserted, type Session, updated } from './session.ts';
import { failedStatuses, toTask } from './tasks.ts';

type Rows = SelectQueryBuilder<Database, 'policy_runs', object>;

export class SqlRuns implements RunStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async insert(run: PolicyRun, dedupeKey: string): Promise<boolean> {
    const added = await this.#session.write('runs', async (db) =>
      inserted(
        await db
          .insertInto('policy_runs')
          .values(runRow(run, dedupeKey))
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      ),
    );
    return added > 0;
  }

  async get(id: string): Promise<PolicyRun | undefined> {
    const rows = this.#session.db.selectFrom('policy_runs').selectAll();
    return this.#one(await rows.where('id', '=', id).execute());
  }

  async byDedupeKey(key: string): Promise<PolicyRun | undefined> {
    const rows = this.#session.db.selectFrom('policy_runs').selectAll();
    return this.#one(await rows.where('dedupe_key', '=', key).execute());
  }

  async activeOf(project: string, policyId: string): Promise<PolicyRun | undefined> {
    const rows = this.#session.db
      .selectFrom('policy_runs')
      .selectAll()
      .where('project', '=', project)
      .where('policy_id', '=', policyId)
      .where('origin', '=', 'person')
      .where('state', 'in', activeRunStates);
    return this.#one(await rows.execute());
  }

  async newestOf(project: string, policyId: string, limit: number): Promise<readonly PolicyRun[]> {
    const rows = this.#session.db
      .selectFrom('policy_runs')
      .selectAll()
      .where('project', '=', project)
      .where('policy_id', '=', policyId)
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit);
    return this.#whole(await rows.execute());
  }

  async list(filter: RunFilter, page: PageOf): Promise<Page<PolicyRun>> {
    if (filter.states?.length === 0 || filter.projects?.length === 0) return { total: 0, items: [] };
    const found = filtered(this.#session.db.selectFrom('policy_runs'), filter);
    const { total, rows } = await newestPage(found, page, 'started_at');
    return { total, items: await this.#whole(rows) };
  }

  async move(
    id: string,
    step: { from: readonly RunState[]; to: RunState; lease?: string; release?: boolean },
    patch: PolicyRunPatch = {},
  ): Promise<boolean> {
    if (step.from.length === 0) return false;
    const values = { state: step.to, ...patchedColumns(patch), ...(step.release ? unheld : {}) };
    const changed = await this.#session.write('runs', async (db) => {
      let update = db.updateTable('policy_runs').set(values).where('id', '=', id).where('state', 'in', step.from);
      if (step.lease !== undefined) update = update.where('lease', '=', step.lease);
      return updated(await update.execute());
    });
    return changed > 0;
  }

  async claimDue(options: ClaimOptions): Promise<readonly Claimed<PolicyRun>[]> {
    const lease = this.#session.newLease();
    const rows = await this.#session.run((db) =>
      db
        .with('due', (with_) =>
          dueOf(with_.selectFrom('policy_runs').select('id').where('state', 'in', activeRunStates), options, {
            due: 'next_check_at',
            age: 'started_at',
          }),
        )
        .updateTable('policy_runs')
        .set(held(lease, options))
        .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
        .returningAll()
        .execute(),
    );
    const items = await this.#whole(oldestFirst(rows, (row) => row.started_at + row.id));
    return items.map((item) => ({ item, lease }));
  }

  async release(id: string, lease: string, nextCheckAt: Date | undefined): Promise<boolean> {
    const changed = await this.#session.write('runs', async (db) =>
      updated(
        await db
          .updateTable('policy_runs')
          .set({ next_check_at: toTime(nextCheckAt), ...unheld })
          .where('id', '=', id)
          .where('lease', '=', lease)
          .execute(),
      ),
    );
    return changed > 0;
  }

  async #one(rows: readonly Selectable<PolicyRunTable>[]): Promise<PolicyRun | undefined> {
    const [run] = await this.#whole(rows);
    return run;
  }

  /** The runs of these rows with their tasks, oldest first: one query, however many they are. */
  async #whole(rows: readonly Selectable<PolicyRunTable>[]): Promise<readonly PolicyRun[]> {
    const runs: PolicyRun[] = [];
    for (const part of inParts(rows)) {
      const ids = part.map((row) => row.id);
      const tasks = this.#session.db.selectFrom('policy_tasks').selectAll().where('run_id', 'in', ids);
      const ofRun = grouped(await tasks.orderBy('created_at').orderBy('id').execute(), (task) => task.run_id);
      for (const row of part) runs.push(toRun(row, (ofRun.get(row.id) ?? []).map(toTask)));
    }
    return runs;
  }
}

function filtered(rows: Rows, filter: RunFilter): Rows {
  const { projects, states, startedBy, since, failing } = filter;
  let found = rows;
  if (projects !== undefined) found = found.where('project', 'in', projects);
  if (states !== undefined) found = found.where('state', 'in', states);
  if (startedBy !== undefined) found = found.where('started_by', '=', startedBy);
  if (since !== undefined) found = found.where('started_at', '>=', toTime(since));
  if (!failing) return found;
  return found.where((eb) =>
    eb.or([
      eb('policy_runs.state', '=', 'failed'),
      eb.exists(
        eb
          .selectFrom('policy_tasks')
          .select('policy_tasks.id')
          .whereRef('policy_tasks.run_id', '=', 'policy_runs.id')
          .where('policy_tasks.status', 'in', failedStatuses),
      ),
    ]),
  );
}
