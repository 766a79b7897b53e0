import type { Core } from '../core.ts';
import type { Task } from './policy.ts';
import type { RunTask } from './policy-run.ts';
import { isUnread, NO_REASON, withReasons } from './task-reasons.ts';
import type { KnownTasks, TaskRow } from './task-store.ts';

/**
 * Tasks whose end is waited for: those that began within so many times the run's deadline. The cloud forgets tasks, and
 * one that it has forgotten would be looked for in all pages at every sweep.
 */
const DEADLINES_WAITED = 6;

export const NOTHING_KNOWN: KnownTasks = { open: [], unread: [], newest: undefined };

/**
 * The tasks of a policy that are new or have changed since they were put down, oldest first, with the reasons of
 * failures, also of those whose reason could not be read before. Reads newest first and stops at the last one known that
 * can no longer change: one request where nothing is new. While a run is young, it reads somewhat further back: of disks
 * that begin together, one may show up after another that began later. Throws CloudError.
 */
export async function readChangedTasks(
  core: Core,
  of: { project: string; policyId: string; known?: KnownTasks | undefined },
  signal: AbortSignal,
): Promise<readonly RunTask[]> {
  const cloud = core.clouds.of(of.project);
  const known = of.known ?? (await core.store.tasks.known(of.project, [of.policyId])).get(of.policyId) ?? NOTHING_KNOWN;
  const now = core.clock.now().getTime();
  const since = now - DEADLINES_WAITED * core.timing.runDeadlineMs;
  const awaited = known.open.filter((row) => row.createdAt.getTime() >= since);
  const open = new Map(awaited.map((row) => [row.id, row]));
  const young = known.newest !== undefined && now < known.newest.createdAt.getTime() + core.timing.gatherMs;
  const last = oldest([...awaited, ...(known.newest ? [known.newest] : [])]);
  // The newest may claim to begin in the future, by a clock that went wrong.
  const floor = young ? Math.min(last, now) - core.timing.gatherMs : last;
  const news: Task[] = [];
  for await (const task of cloud.tasks(of.policyId, signal)) {
    if (task.createdAt.getTime() < floor) break;
    const before = open.get(task.id);
    open.delete(task.id);
    if (before ? differs(before, task) : task.id !== known.newest?.id) news.push(task);
    if (task.id === known.newest?.id && open.size === 0 && !young) break;
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
  const unread = known.unread.filter((row) => !changed.some((task) => task.id === row.id));
  const [waiting, late] = parted(unread, (row) => row.createdAt.getTime() >= since);
  const tasks = [...waiting, ...changed.reverse()];
  const explained = await withReasons(core, { project: of.project, tasks }, signal);
  const before = new Set(waiting.map((row) => row.id));
  const told = explained.filter((task) => !(isUnread(task) && before.has(task.id)));
  return [...late.map((row) => ({ ...row, failure: NO_REASON })), ...told];
}

function oldest(rows: readonly Pick<TaskRow, 'createdAt'>[]): number {
  return rows.length === 0 ? Number.NEGATIVE_INFINITY : Math.min(...rows.map((row) => row.createdAt.getTime()));
}

function differs(row: TaskRow, task: Task): boolean {
  return (
    row.status !== task.status ||
    row.jobId !== task.jobId ||
    row.backupName !== task.backupName ||
    row.finishedAt?.getTime() !== task.finishedAt?.getTime()
  );
}

function parted<T>(all: readonly T[], is: (one: T) => boolean): [yes: readonly T[], no: readonly T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}
