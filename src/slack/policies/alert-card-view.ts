import type { PolicyRun, RunTask } from '../../core/policies/policy-run.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import { failureSmallPrint } from '../failure-words.ts';
import type { Message } from '../kit.ts';
import { actions, button, context, message, section } from '../kit.ts';
import { lineSections } from '../line-sections.ts';
import { ago, marked, plural, slackDate } from '../words.ts';
import { smallPrints } from './disk-lines.ts';
import { aboutState, type RunButtons } from './run-card-view.ts';
import { diskTotal, durationOf, runHeadline } from './run-words.ts';
import { isBad, taskLine, worstFirst } from './task-words.ts';

/** More disks than these are counted, not named. */
const MOST_NAMED = 15;

export interface AlertParts {
  readonly run: PolicyRun;
  readonly disks: DiskNames;
  /** When each disk was last backed up, by disk id. */
  readonly lastGood: ReadonlyMap<string, Date>;
  readonly now: Date;
}

/** A run by the policy's schedule: one quiet line, unless a disk was not backed up. */
export function alertCardView(parts: AlertParts, buttons: Pick<RunButtons, 'show'>): Message {
  const { run, disks } = parts;
  const first = runHeadline(run);
  const worth = worstFirst(run.tasks).filter((task) => isBad(task) || isStuck(run, task));
  const about = aboutState(run);
  if (worth.length === 0 && about === undefined) return message(first, [section(first)]);
  const named = worth.slice(0, MOST_NAMED);
  const lines = named.map((task) => `${taskLine(task, disks)}${goodWords(task, parts)}`);
  const rest = [...leftWords(worth.length - named.length), ...doneWords(run), ...openWords(run)];
  const small = run.failure === undefined ? undefined : failureSmallPrint(run.failure);
  return message([first, ...(about === undefined ? [] : [about]), ...lines, ...rest].join('\n'), [
    section(`*${first}*`),
    ...(about === undefined ? [] : [section(about)]),
    ...(small === undefined ? [] : [context(small)]),
    ...lineSections(lines),
    ...smallPrints(named, disks),
    ...(rest.length > 0 ? [section(rest.join('\n'))] : []),
    actions(button({ text: 'Show run', actionId: buttons.show, value: run.id })),
  ]);
}

/** A disk whose backup should have ended long ago. */
function isStuck(run: PolicyRun, task: RunTask): boolean {
  return run.state === 'overdue' && !isBad(task) && task.status !== 'succeeded';
}

function goodWords(task: RunTask, { lastGood, now }: AlertParts): string {
  const good = lastGood.get(task.diskId);
  const line = '\n      ';
  if (good === undefined) return `${line}No good backup of this disk is known.`;
  const when = `${ago(good, now)} (${slackDate(good)})`;
  return good > task.createdAt ? `${line}Backed up since: ${when}.` : `${line}The last good backup: ${when}.`;
}

function leftWords(left: number): string[] {
  return left > 0 ? [marked('attention', `${plural(left, 'more disk')} not backed up`)] : [];
}

function doneWords(run: PolicyRun): string[] {
  const done = run.tasks.filter((task) => task.status === 'succeeded');
  if (done.length === 0) return [];
  const ends = done.flatMap((task) => (task.finishedAt ? [task.finishedAt.getTime()] : []));
  const took = ends.length === 0 ? '' : ` in ${durationOf(run.startedAt, new Date(Math.max(...ends)))}`;
  return [marked('done', `${plural(done.length, 'disk')} backed up${took}`)];
}

function openWords(run: PolicyRun): string[] {
  if (run.state !== 'running') return [];
  const ended = run.tasks.filter((task) => isBad(task) || task.status === 'succeeded').length;
  const open = diskTotal(run) - ended;
  return open > 0 ? [marked('working', `${plural(open, 'disk')} not ended yet`)] : [];
}
