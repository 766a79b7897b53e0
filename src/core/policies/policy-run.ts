import type { Failure } from '../failure.ts';
import { isFinal, type Task } from './policy.ts';

export const runStates = ['requested', 'starting', 'unknown', 'running', 'done', 'overdue', 'failed'] as const;
export type RunState = (typeof runStates)[number];

/** The states in which a run still needs to be started or followed. */
export const activeRunStates = ['requested', 'starting', 'unknown', 'running'] as const satisfies readonly RunState[];

/** A task as the store knows it, with the reason of its failure. */
export type RunTask = Task;

export interface PolicyRun {
  readonly id: string;
  readonly project: string;
  readonly policyId: string;
  readonly policyName: string;
  /** Who began it: a person through the bot, or the policy's own schedule (or anyone outside the bot). */
  readonly origin: 'person' | 'schedule';
  readonly startedBy: string | undefined;
  readonly startedAt: Date;
  /** How many disks it should back up. */
  readonly disks: number;
  /** The policy's newest task before the run; every later one belongs to it. */
  readonly after: { readonly taskId: string; readonly createdAt: Date } | undefined;
  readonly state: RunState;
  /** When *execute* was called without its outcome being known since. */
  readonly calledAt: Date | undefined;
  readonly deadlineAt: Date;
  readonly finishedAt: Date | undefined;
  /** Why it could not be started. */
  readonly failure: Failure | undefined;
  readonly attempts: number;
  readonly nextCheckAt: Date | undefined;
  /** When the policy's schedule strikes next, as it was at the start of a person's run; undefined where it is not known. */
  readonly nextRunAt: Date | undefined;
  /** The sizes in GiB of a person's run's disks, by id, as far as they are known; undefined before they were looked up. */
  readonly diskSizes: ReadonlyMap<string, number> | undefined;
  readonly tasks: readonly RunTask[];
}

export interface RunCounts {
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly skipped: number;
  /** Waiting, running, or not heard of yet. */
  readonly open: number;
}

/** The disks of a run by outcome. */
export function countTasks(run: Pick<PolicyRun, 'tasks' | 'disks'>): RunCounts {
  const of = (status: RunTask['status']) => run.tasks.filter((task) => task.status === status).length;
  const final = run.tasks.filter((task) => isFinal(task.status)).length;
  return {
    succeeded: of('succeeded'),
    failed: of('failed'),
    timedOut: of('timed_out'),
    skipped: of('skipped'),
    open: Math.max(run.tasks.length, run.disks) - final,
  };
}

/** Whether any disk of the run was not backed up. */
export function hasFailures(run: Pick<PolicyRun, 'tasks'>): boolean {
  return run.tasks.some((task) => isFinal(task.status) && task.status !== 'succeeded');
}

/** Where a followed run stands at `now`. */
export function runStateAt(
  run: Pick<PolicyRun, 'tasks' | 'disks' | 'origin' | 'startedAt' | 'deadlineAt'>,
  now: Date,
  gatherMs: number,
): 'running' | 'done' | 'overdue' {
  const allFinal = run.tasks.length > 0 && run.tasks.every((task) => isFinal(task.status));
  if (allFinal && run.tasks.length >= run.disks) return 'done';
  // A disk taken off the policy meanwhile never gets a task: a scheduled run ends once no more can come.
  const gathered = now.getTime() >= run.startedAt.getTime() + gatherMs;
  if (allFinal && run.origin === 'schedule' && gathered) return 'done';
  return now >= run.deadlineAt ? 'overdue' : 'running';
}
