import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type { Page, PageOf } from '../core/page.ts';
import { isFinal, type TaskStatus, taskStatuses } from '../core/policies/policy.ts';
import type { RunTask } from '../core/policies/policy-run.ts';
import type { KnownTasks, TaskRow, TaskStore } from '../core/policies/task-store.ts';
import { failureFrom, fromTime, grouped, inParts, toJson, toTime } from './columns.ts';
import type { Database, PolicyTaskTable } from './database.ts';
import { inserted, type Session } from './session.ts';
import { newestTasks, tasksRanked } from './sweep-statements.ts';

/** The final statuses of a disk that was not backed up. */
export const failedStatuses: readonly TaskStatus[] = taskStatuses.filter(
  (status) => isFinal(status) && status !== 'succeeded',
);

/** The order of tasks in lists. A failure whose reason is still to be read has a rank of its own, to be found by. */
const RANKS = { unread: -1, bad: 0, open: 1, done: 2 } as const;

/** What may change of a task; the rest names it. */
const changing = [
  'policy_name',
  'run_id',
  'status',
  'list_rank',
  'created_at',
  'finished_at',
  'backup_name',
  'disk_id',
  'job_id',
  'failure',
] as const satisfies readonly (keyof PolicyTaskTable)[];

export class SqlTasks implements TaskStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async known(project: string, policyIds: readonly string[]): Promise<ReadonlyMap<string, KnownTasks>> {
    const { db } = this.#session;
    const awaited = await tasksRanked(db, { project, ranks: [RANKS.unread, RANKS.open] });
    const ofPolicy = grouped(awaited.rows.map(toTaskRow), (row) => row.policyId);
    const known = new Map<string, KnownTasks>();
    for (const ids of inParts(policyIds)) {
      const named = Object.fromEntries(ids.map((id, at) => [`policy${at}`, id]));
      for (const { policy_id, id, created_at } of (await newestTasks(db, { ...named, project })).rows) {
        const rows = ofPolicy.get(policy_id) ?? [];
        known.set(policy_id, {
          open: rows.filter((row) => !isFinal(row.status)),
          unread: rows.filter((row) => isFinal(row.status)),
          newest: { id, createdAt: fromTime(created_at) },
        });
      }
    }
    return known;
  }

  async byIds(project: string, taskIds: readonly string[]): Promise<readonly TaskRow[]> {
    const found: TaskRow[] = [];
    for (const ids of inParts(taskIds)) {
      const rows = this.#session.db.selectFrom('policy_tasks').selectAll();
      found.push(...(await rows.where('project', '=', project).where('id', 'in', ids).execute()).map(toTaskRow));
    }
    return found;
  }

  async put(tasks: readonly TaskRow[]): Promise<void> {
    if (tasks.length === 0) return;
    // One statement may not write a row twice: of a task that occurs twice, the later state holds.
    const rows = [...new Map(tasks.map((task) => [`${task.project} ${task.id}`, toRow(task)])).values()];
    await this.#session.atomic(async (session) => {
      for (const part of inParts(rows)) {
        await session.write('tasks', async (db) =>
          inserted(
            await db
              .insertInto('policy_tasks')
              .values([...part])
              .onConflict((conflict) =>
                conflict.columns(['project', 'id']).doUpdateSet(fromNewRow).where(differsFromNewRow).where(staysFinal),
              )
              .execute(),
          ),
        );
      }
    });
  }

  async list(filter: { project: string }, page: PageOf): Promise<Page<TaskRow>> {
    const rows = this.#session.db.selectFrom('policy_tasks').where('project', '=', filter.project);
    const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const items = await rows
      .selectAll()
      .orderBy('list_rank')
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(page.limit)
      .offset(page.offset)
      .execute();
    return { total, items: items.map(toTaskRow) };
  }

  async lastGood(project: string, diskIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const newest = new Map<string, Date>();
    for (const ids of inParts(diskIds)) {
      const rows = this.#session.db
        .selectFrom('policy_tasks')
        .select((eb) => ['disk_id', eb.fn.max('created_at').as('at')])
        .where('project', '=', project)
        .where('disk_id', 'in', ids)
        .where('status', '=', 'succeeded')
        .groupBy('disk_id');
      for (const row of await rows.execute()) newest.set(row.disk_id, fromTime(row.at));
    }
    return newest;
  }

  async newestOfDisks(project: string): Promise<readonly TaskRow[]> {
    const rows = await this.#session.db
      .with('newest', (with_) =>
        with_
          .selectFrom('policy_tasks')
          .select((eb) => ['disk_id', eb.fn.max('created_at').as('at')])
          .where('project', '=', project)
          .groupBy('disk_id'),
      )
      .selectFrom('policy_tasks')
      .innerJoin('newest', (join) =>
        join.onRef('policy_tasks.disk_id', '=', 'newest.disk_id').onRef('policy_tasks.created_at', '=', 'newest.at'),
      )
      .selectAll('policy_tasks')
      .where('project', '=', project)
      .orderBy('policy_tasks.disk_id')
      .orderBy('policy_tasks.id', 'desc')
      .execute();
    // Two tasks of one disk may be of the same moment.
    const byDisk = new Map<string, TaskRow>();
    for (const row of rows) if (!byDisk.has(row.disk_id)) byDisk.set(row.disk_id, toTaskRow(row));
    return [...byDisk.values()];
  }
}

type Conflict = ExpressionBuilder<Database & { excluded: PolicyTaskTable }, 'policy_tasks' | 'excluded'>;

function fromNewRow(eb: Conflict) {
  return Object.fromEntries(changing.map((column) => [column, eb.ref(`excluded.${column}`)]));
}

function differsFromNewRow(eb: Conflict) {
  return eb.or(
    changing.map(
      (column) => sql<boolean>`${sql.ref(`policy_tasks.${column}`)} is distinct from ${sql.ref(`excluded.${column}`)}`,
    ),
  );
}

/** A task that has ended goes on no more: who says so read it before somebody else saw it end. */
function staysFinal(eb: Conflict) {
  return eb.or([eb('policy_tasks.list_rank', '=', RANKS.open), eb('excluded.list_rank', '<>', RANKS.open)]);
}

function toRow(task: TaskRow): Selectable<PolicyTaskTable> {
  return {
    project: task.project,
    id: task.id,
    policy_id: task.policyId,
    policy_name: task.policyName,
    run_id: task.runId,
    status: task.status,
    list_rank: rankOf(task),
    created_at: toTime(task.createdAt),
    finished_at: toTime(task.finishedAt),
    backup_name: task.backupName ?? null,
    disk_id: task.diskId,
    job_id: task.jobId ?? null,
    failure: toJson(task.failure),
  };
}

function rankOf({ status, failure }: TaskRow): number {
  if (failedStatuses.includes(status)) return failure?.kind === 'reason_unread' ? RANKS.unread : RANKS.bad;
  return isFinal(status) ? RANKS.done : RANKS.open;
}

/** The task of this row, as a run has it. */
export function toTask(row: Selectable<PolicyTaskTable>): RunTask {
  return {
    id: row.id,
    status: row.status,
    createdAt: fromTime(row.created_at),
    finishedAt: fromTime(row.finished_at),
    backupName: row.backup_name ?? undefined,
    diskId: row.disk_id,
    jobId: row.job_id ?? undefined,
    failure: failureFrom(row.failure),
  };
}

function toTaskRow(row: Selectable<PolicyTaskTable>): TaskRow {
  return {
    ...toTask(row),
    project: row.project,
    policyId: row.policy_id,
    policyName: row.policy_name,
    runId: row.run_id,
  };
}
