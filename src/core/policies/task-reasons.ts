import type { Core } from '../core.ts';
import { CloudError, type Failure } from '../failure.ts';
import { isFinal, type Task } from './policy.ts';
import type { RunTask } from './policy-run.ts';

export const NO_REASON: Failure = { kind: 'no_reason_given' };
const UNREAD: Failure = { kind: 'reason_unread' };

/**
 * The tasks with the reasons of their failures. What happened is news in itself: where the first reason cannot be read
 * now, the others are not asked for, and all of them are read later.
 */
export async function withReasons(
  core: Core,
  { project, tasks }: { project: string; tasks: readonly Task[] },
  signal: AbortSignal,
): Promise<readonly RunTask[]> {
  const explain = async (task: Task, ask: boolean): Promise<RunTask> => {
    if (!hangsOnJob(task)) return { ...task, failure: ownReason(task) };
    return { ...task, failure: ask ? await reasonOf(core, { project, task }, signal) : UNREAD };
  };
  const probe = tasks.find(hangsOnJob);
  const first = probe && (await explain(probe, true));
  const ask = first !== undefined && !isUnread(first);
  return Promise.all(tasks.map(async (task) => (task === probe && first ? first : explain(task, ask))));
}

/** Why a task was not done, as far as the task itself tells. */
function ownReason(task: Task): Failure | undefined {
  if (!isBad(task)) return undefined;
  return task.failure ?? NO_REASON;
}

function hangsOnJob(task: Task): boolean {
  return isBad(task) && task.jobId !== undefined && (task.failure === undefined || isUnread(task));
}

function isBad({ status }: Task): boolean {
  return isFinal(status) && status !== 'succeeded';
}

/** Whether the reason is still to be read. */
export function isUnread({ failure }: Task): boolean {
  return failure?.kind === 'reason_unread';
}

/** Why a task was not done, from the job behind it. */
async function reasonOf(
  core: Core,
  { project, task }: { project: string; task: Task },
  signal: AbortSignal,
): Promise<Failure> {
  if (task.jobId === undefined) return NO_REASON;
  try {
    return (await core.clouds.of(project).whyFailed(task.jobId, signal)) ?? NO_REASON;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return error.again ? UNREAD : NO_REASON;
  }
}
