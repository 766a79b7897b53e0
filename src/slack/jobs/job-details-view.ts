import type { KnownBlock, ModalView } from '@slack/types';
import type { TaskRow } from '../../core/policies/task-store.ts';
import { type DiskNames, diskName } from '../backups/backup-words.ts';
import { failureSentence, failureSmallPrint } from '../failure-words.ts';
import { context, facts, LIMITS, oneLine, plain, section } from '../kit.ts';
import { durationOf } from '../policies/run-words.ts';
import { isBad, taskMarked } from '../policies/task-words.ts';
import { duration, slackDate } from '../words.ts';
import { jobButton } from './job-words.ts';

/** All that is known of a task: the backup of one disk by a policy. `steps` is the action that shows its job. */
export function jobDetailsView(
  task: TaskRow,
  about: { readonly disks: DiskNames; readonly now: Date; readonly steps: string },
): ModalView {
  const why = isBad(task) ? failureSentence(task.failure ?? { kind: 'no_reason_given' }) : undefined;
  const small = isBad(task) && task.failure ? failureSmallPrint(task.failure) : undefined;
  const ids = [
    `disk id ${oneLine(task.diskId)}`,
    ...(task.jobId === undefined ? [] : [`job id ${oneLine(task.jobId)}`]),
    `task id ${oneLine(task.id)}`,
  ];
  return {
    type: 'modal',
    title: plain('Backup job', LIMITS.viewTitle),
    close: plain('Close', LIMITS.viewTitle),
    blocks: [
      section(taskMarked(task, diskName(task.diskId, about.disks))),
      ...(why === undefined ? [] : [section(why)]),
      ...(small === undefined ? [] : [context(small)]),
      facts([
        ['Policy', `${oneLine(task.policyName)} (${oneLine(task.project)})`],
        ['Backup', task.backupName === undefined ? undefined : oneLine(task.backupName)],
        ['Began', slackDate(task.createdAt)],
        ['Ended', task.finishedAt && slackDate(task.finishedAt)],
        ['Took', tookWords(task, about.now)],
      ]),
      ...stepsButton(task, about.steps),
      context(ids.join(' · ')),
    ],
  };
}

/** What was refused before a job began has no steps. */
function stepsButton({ project, jobId }: TaskRow, actionId: string): KnownBlock[] {
  return jobId === undefined ? [] : jobButton('Show steps', actionId, { project, job: jobId });
}

function tookWords({ status, createdAt, finishedAt }: TaskRow, now: Date): string | undefined {
  if (finishedAt !== undefined) return durationOf(createdAt, finishedAt);
  return status === 'running' ? `${duration(now.getTime() - createdAt.getTime())} so far` : undefined;
}
