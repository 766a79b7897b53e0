import type { Core } from '../core.ts';
import { CloudError, type Failure } from '../failure.ts';
import type { TaskRow } from '../stores.ts';
import type { Task } from './policy.ts';
import type { RunTask } from './policy-run.ts';

/**
 * Tasks whose end is waited for: those that began within so many times the run's deadline. The cloud forgets tasks, and
 * one that it has forgotten would be looked for in all pages at every sweep.
 */
const DEADLINES_WAITED = 6;

/**
 * The tasks of a policy that are new or have changed since they were put down, oldest first, with the reasons of new
 * failures. Reads newest first and stops at the last one known that can no longer change: one request where nothing is
 * new. Throws CloudError.
 */
export async function readChangedTasks(
  core: Core,
  of: { project: string; policyId: string },
  signal: AbortSignal,
): Promise<readonly RunTask[]> {
  const cloud = core.clouds.of(of.project);
  const known = await core.store.tasks.known(of.project, of.policyId);
  const since = core.clock.now().getTime() - DEADLINES_WAITED * core.timing.runDeadlineMs;
  const awaited = known.open.filter((row) => row.createdAt.getTime() >= since);
  const open = new Map(awaited.map((row) => [row.id, row]));
  const floor = oldest([...awaited, ...(known.newest ? [known.newest] : [])]);
  const news: Task[] = [];
  for await (const task of cloud.tasks(of.policyId, signal)) {
    if (floor !== undefined && task.createdAt.getTime() < floor) break;
    const before = open.get(task.id);
    open.delete(task.id);
    if (before ? differs(before, task) : task.id !== known.newest?.id) news.push(task);
    if (task.id === known.newest?.id && open.size === 0) break;
  }
  const stored = await core.store.tasks.byIds(
    of.project,
    news.map((task) => task.id),
  );
  const same = new Map(stored.map((row) => [row.id, row]));
  const changed = news.filter((task) => {
    const row = same.get(task.id);
    return !row || differs(row, task);
  });
  return Promise.all(
    changed.reverse().map(async (task) => ({ ...task, failure: await reasonOf(core, of.project, task, signal) })),
  );
}

function oldest(rows: readonly TaskRow[]): number | undefined {
  return rows.length === 0 ? undefined : Math.min(...rows.map((row) => row.createdAt.getTime()));
}

function differs(row: TaskRow, task: Task): boolean {
  return (
    row.status !== task.status ||
    row.jobId !== task.jobId ||
    row.backupName !== task.backupName ||
    row.finishedAt?.getTime() !== task.finishedAt?.getTime()
  );
}

/** Why a task was not done, from the job behind it. Throws only where asking again later may tell more. */
async function reasonOf(core: Core, project: string, task: Task, signal: AbortSignal): Promise<Failure | undefined> {
  if (task.status !== 'failed' && task.status !== 'timed_out' && task.status !== 'skipped') return undefined;
  if (task.failure) return task.failure;
  if (task.jobId === undefined) return { kind: 'no_reason_given' };
  try {
    return (await core.clouds.of(project).job(task.jobId, signal)).failure ?? { kind: 'no_reason_given' };
  } catch (error) {
    if (error instanceof CloudError && !error.again) return { kind: 'no_reason_given' };
    throw error;
  }
}
