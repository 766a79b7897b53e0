import type { PolicyRun, RunTask } from './policy-run.ts';

/**
 * The run that a new task belongs to, or undefined if it begins one. `runs` are the policy's newest, with their tasks.
 *
 * A person's run takes every task later than the newest one before it, up to its number of disks. A scheduled run takes
 * those that begin within `gatherMs` of it. A run backs up each disk once. A run that has the task keeps it, full or over
 * as it may be: another worker has put it there a moment ago.
 */
export function runOf(task: RunTask, runs: readonly PolicyRun[], gatherMs: number): PolicyRun | undefined {
  const has = runs.find((run) => run.tasks.some((one) => one.id === task.id));
  if (has) return has;
  const free = runs.filter((run) => !run.tasks.some((one) => one.diskId === task.diskId && one.id !== task.id));
  const persons = free.find((run) => run.origin === 'person' && mayTake(run, task));
  if (persons) return persons;
  return free.find(
    (run) => run.origin === 'schedule' && Math.abs(task.createdAt.getTime() - run.startedAt.getTime()) <= gatherMs,
  );
}

function mayTake(run: PolicyRun, task: RunTask): boolean {
  const called = run.state === 'starting' || run.state === 'unknown' || run.state === 'running';
  if (!called || run.calledAt === undefined || run.tasks.length >= run.disks) return false;
  if (run.after === undefined) return true;
  return task.createdAt.getTime() >= run.after.createdAt.getTime() && task.id !== run.after.taskId;
}
