import { activeRunStates, hasFailures, type PolicyRun } from '../../core/policies/policy-run.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import { failureFact, failureSentence, failureSmallPrint } from '../failure-words.ts';
import type { Message } from '../kit.ts';
import { actions, button, context, message, oneLine, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { mention } from '../people-words.ts';
import { slackDate } from '../words.ts';
import { diskLines, smallPrints } from './disk-lines.ts';
import { durationOf, runHeadline, wasStarted } from './run-words.ts';

/** What the buttons of a run's card do, by action id. */
export interface RunButtons {
  readonly show: string;
  readonly again: string;
}

export interface RunCardParts {
  readonly run: PolicyRun;
  readonly disks: DiskNames;
  readonly now: Date;
}

/** A run that a person began: where it stands, disk by disk. */
export function runCardView({ run, disks, now }: RunCardParts, buttons: RunButtons): Message {
  const headline = runHeadline(run);
  const started = `${startedWords(run)}${nextWords(run, now)}`;
  const about = aboutState(run);
  const { lines, folded } = showsDisks(run) ? diskLines(run, disks) : { lines: [], folded: false };
  const small = run.failure === undefined ? undefined : failureSmallPrint(run.failure);
  const clickable = [
    ...(folded ? [button({ text: 'Show all disks', actionId: buttons.show, value: run.id })] : []),
    ...(mayRunAgain(run) ? [button({ text: 'Run again', actionId: buttons.again, value: run.id })] : []),
  ];
  return message([headline, started, ...(about === undefined ? [] : [about]), ...lines].join('\n'), [
    section(`*${headline}*`),
    context(started),
    ...(about === undefined ? [] : [section(about)]),
    ...(small === undefined ? [] : [context(small)]),
    ...lineSections(lines),
    ...smallPrints(run.tasks, disks),
    ...(clickable.length > 0 ? [actions(...clickable)] : []),
  ]);
}

/** Who began a run, when, and how long it took where the first line does not say it. */
export function startedWords(run: PolicyRun): string {
  const asked = run.state === 'requested' || (run.state === 'failed' && !wasStarted(run));
  // When the schedule struck stands in the first line.
  if (run.startedBy === undefined) return 'Started by its schedule';
  const who = mention(run.startedBy);
  const began = `${asked ? 'Asked for' : 'Started'} by ${who}, ${slackDate(run.startedAt)}`;
  const took = run.state === 'done' && hasFailures(run) && run.finishedAt;
  return took ? `${began} · took ${durationOf(run.startedAt, took)}` : began;
}

/** When the schedule runs the policy next, for as long as a run goes on and that has not come. */
export function nextWords({ state, nextRunAt }: PolicyRun, now: Date): string {
  const goesOn = activeRunStates.some((one) => one === state);
  return goesOn && nextRunAt && nextRunAt > now ? ` · next scheduled run ${slackDate(nextRunAt)}` : '';
}

/** A policy that is gone cannot be run again. */
function mayRunAgain({ state, failure }: PolicyRun): boolean {
  return state === 'failed' && failure?.kind !== 'not_found';
}

const OVERDUE =
  'Look in the cloud’s console at what still runs, and ask the cloud’s support if it stays so. ' +
  'Should a disk still end, it is shown here.';

/** What there is to say of a run beside its disks. */
export function aboutState(run: PolicyRun): string | undefined {
  if (run.state === 'failed' && run.failure?.kind === 'not_found') return goneWords(run);
  const why = run.failure === undefined ? undefined : failureSentence(run.failure);
  switch (run.state) {
    case 'requested':
      return run.failure && `${failureFact(run.failure)} The bot tries again by itself.`;
    case 'unknown':
      return 'The cloud’s answer to the start was lost. Within a minute the policy’s tasks show whether it began.';
    case 'overdue':
      return OVERDUE;
    case 'failed':
      return why;
    case 'starting':
    case 'running':
    case 'done':
      return undefined;
  }
}

/** Before a run is known to go on there are no disks to show, only how many there should be. */
function showsDisks(run: PolicyRun): boolean {
  return run.tasks.length > 0 || run.state === 'running' || run.state === 'overdue';
}

function goneWords({ project }: PolicyRun): string {
  const what = 'The cloud does not know this policy any more; it may have been deleted.';
  return `${what} \`/vbs policies ${oneLine(project)}\` lists those there are.`;
}
