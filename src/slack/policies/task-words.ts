import { isFinal, type Task, type TaskStatus } from '../../core/policies/policy.ts';
import type { RunTask } from '../../core/policies/policy-run.ts';
import { type DiskNames, diskName } from '../backups/backup-words.ts';
import { failureSentence, failureSmallPrint } from '../failure-words.ts';
import { oneLine } from '../kit.ts';
import { gib, type Mark, marked, slackDate } from '../words.ts';
import { durationOf } from './run-words.ts';

const states: Readonly<Record<TaskStatus, readonly [mark: Mark, word: string]>> = {
  waiting: ['waiting', 'waiting'],
  running: ['working', 'running'],
  succeeded: ['done', 'done'],
  failed: ['failed', 'failed'],
  timed_out: ['failed', 'timed out'],
  skipped: ['attention', 'skipped'],
  unknown: ['attention', 'in a status that the bot does not know'],
};

/** The mark of a task, something before it, and its word: `✅ payments-db-1 · done`. */
export function taskMarked(task: Pick<Task, 'status'>, before: string): string {
  const [mark, word] = states[task.status];
  return marked(mark, `${before} · ${word}`);
}

/** A task in a line of a card: `✅ payments-db-1 (100 GiB) · done in 2 min 10 s · autobk_a61d`. */
export function taskLine(task: RunTask, disks: DiskNames, sizes?: ReadonlyMap<string, number>): string {
  const size = sizes?.get(task.diskId);
  const line = taskMarked(task, `${diskName(task.diskId, disks)}${size === undefined ? '' : ` (${gib(size)})`}`);
  if (task.status === 'succeeded') {
    const backup = task.backupName === undefined ? '' : ` · ${oneLine(task.backupName)}`;
    return `${line}${took(task, 'in')}${backup}`;
  }
  if (isBad(task))
    return `${line}${took(task, 'after')}: ${failureSentence(task.failure ?? { kind: 'no_reason_given' })}`;
  return task.status === 'running' ? `${line} since ${slackDate(task.createdAt, 'time')}` : line;
}

/** Whether the disk was not backed up, and will not be by this task. */
export function isBad(task: Pick<Task, 'status'>): boolean {
  return isFinal(task.status) && task.status !== 'succeeded';
}

/** What someone may need to copy of a failure: `payments-db-2: VolumeBackup.0013 · request id req-1f…`. */
export function taskSmallPrint(task: RunTask, disks: DiskNames): string | undefined {
  const small = isBad(task) && task.failure ? failureSmallPrint(task.failure) : undefined;
  return small === undefined ? undefined : `${diskName(task.diskId, disks)}: ${small}`;
}

const ranks: Readonly<Record<TaskStatus, number>> = {
  failed: 0,
  timed_out: 0,
  skipped: 1,
  unknown: 2,
  running: 3,
  waiting: 4,
  succeeded: 5,
};

/** What needs a look first, then what goes on, then what is done; each in the order of the run. */
export function worstFirst<T extends Pick<Task, 'status'>>(tasks: readonly T[]): readonly T[] {
  return tasks.toSorted((one, other) => ranks[one.status] - ranks[other.status]);
}

function took(task: Task, word: 'in' | 'after'): string {
  return task.finishedAt === undefined ? '' : ` ${word} ${durationOf(task.createdAt, task.finishedAt)}`;
}
