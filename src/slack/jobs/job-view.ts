import type { Failure } from '../../core/failure.ts';
import type { Unanswered } from '../../core/jobs/find-job.ts';
import type { Job } from '../../core/jobs/job.ts';
import { type DiskNames, diskName } from '../backups/backup-words.ts';
import { failureFact, failureSentence, failureSmallPrint } from '../failure-words.ts';
import type { Message } from '../kit.ts';
import { context, type Fact, facts, message, oneLine, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { marked, plural, slackDate } from '../words.ts';
import { goesOn, jobButton, jobMarked, jobTook } from './job-words.ts';

export interface JobParts {
  readonly project: string;
  readonly job: Job;
  readonly disks: DiskNames;
  /** The name of the backup that it makes or works on, where it is known. */
  readonly backup: string | undefined;
  readonly now: Date;
}

/** More steps than these are counted. */
const SHOWN_STEPS = 60;
/** Deeper steps stand as far to the right as these. */
const DEEPEST = 6;
/** Slack takes ordinary blanks away at the beginning of a line. */
const INDENT = '\u2003';

/** A job with its sub-jobs as a tree. `again` is the action that draws it anew. */
export function jobView(parts: JobParts, again: string): Message {
  const { project, job } = parts;
  const { text, blocks } = jobWords(parts);
  const look = goesOn(job) ? jobButton('Look again', again, { project, job: job.id }) : [];
  const small = smallPrint(parts);
  return message(`${text}\n${small}`, [...blocks, ...look, context(small)]);
}

function jobWords({ project, job, disks, backup, now }: JobParts): Message {
  const headline = `${jobMarked(job)} (${oneLine(project)})`;
  const why = isToldByStep(job) ? undefined : whyWords(job, undefined);
  const took = jobTook(job, now);
  const steps = stepLines(job, now);
  const pairs: readonly Fact[] = [
    ['Began', job.beganAt && slackDate(job.beganAt)],
    ['Ended', job.endedAt && slackDate(job.endedAt)],
    ['Took', took],
    ['Backup', backup === undefined ? undefined : oneLine(backup)],
    ['Disk', job.diskId === undefined ? undefined : diskName(job.diskId, disks)],
  ];
  const isKnown = pairs.some(([, value]) => value !== undefined);
  const title = steps.length > 0 ? ['*Steps*'] : [];
  return {
    text: [headline, ...(why === undefined ? [] : [why]), ...(took ? [`Took ${took}`] : []), ...steps].join('\n'),
    blocks: [
      section(`*${headline}*`),
      ...(why === undefined ? [] : [section(why)]),
      ...(isKnown ? [facts(pairs)] : []),
      ...lineSections([...title, ...steps]),
    ],
  };
}

function stepLines(job: Job, now: Date): readonly string[] {
  const lines: string[] = [];
  const add = (step: Job, depth: number, above: Failure | undefined) => {
    const took = jobTook(step, now);
    const why = whyWords(step, above);
    const told = [jobMarked(step), ...(took === undefined ? [] : [took])].join(' · ');
    const indent = INDENT.repeat(Math.min(depth, DEEPEST) * 2);
    lines.push(`${indent}└ ${why === undefined ? told : `${told}: ${why}`}`);
    for (const below of step.subJobs) add(below, depth + 1, step.failure ?? above);
  };
  for (const step of job.subJobs) add(step, 0, job.failure);
  const left = lines.length - SHOWN_STEPS;
  return left > 0 ? [...lines.slice(0, SHOWN_STEPS), `… and ${plural(left, 'more step')}`] : lines;
}

/** Whether a step tells why it failed where the job itself does not. */
function isToldByStep({ failure, subJobs }: Job): boolean {
  const tells = (step: Job): boolean =>
    (step.status === 'failed' && step.failure !== undefined) || step.subJobs.some(tells);
  return failure === undefined && subJobs.some(tells);
}

/** Why it failed; undefined where that was said of the job above it. */
function whyWords({ status, failure }: Job, above: Failure | undefined): string | undefined {
  if (status !== 'failed') return undefined;
  const said = above !== undefined && failure?.code === above.code && failure?.message === above.message;
  return said ? undefined : failureSentence(failure ?? { kind: 'no_reason_given' });
}

function smallPrint({ job, disks }: JobParts): string {
  const code = job.status === 'failed' && job.failure ? failureSmallPrint(job.failure) : undefined;
  const disk = job.diskId !== undefined && disks.has(job.diskId) ? `disk \`${oneLine(job.diskId)}\`` : undefined;
  const backup = job.backupId === undefined ? undefined : `backup \`${oneLine(job.backupId)}\``;
  return [code, `job \`${oneLine(job.id)}\``, backup, disk].filter((part) => part !== undefined).join(' · ');
}

/** Says that no project has the job, and which projects could not be asked. */
export function jobNotFoundView(id: string, unanswered: readonly Unanswered[]): Message {
  const what = marked('attention', `The job \`${oneLine(id)}\` was not found, but not every project could be asked.`);
  const lines = unanswered.map(({ project, failure }) => `${oneLine(project)}: ${failureFact(failure)}`);
  const then = 'Try again in a few minutes.';
  return message([what, ...lines, then].join('\n'), [...lineSections([what, ...lines]), section(then)]);
}
