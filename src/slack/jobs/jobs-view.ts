import type { KnownBlock } from '@slack/types';
import type { TaskRow } from '../../core/policies/task-store.ts';
import type { Watch } from '../../core/policies/watch-store.ts';
import { type DiskNames, diskLabel } from '../backups/backup-words.ts';
import { failureSentence, failureSmallPrint } from '../failure-words.ts';
import type { Message } from '../kit.ts';
import { button, context, header, message, oneLine, section } from '../kit.ts';
import { type ListPage, pageButtons, pageTitle } from '../list-page.ts';
import { taskLine } from '../policies/task-words.ts';
import { ago, marked, slackDate } from '../words.ts';

export interface JobsParts {
  readonly project: string;
  readonly tasks: readonly TaskRow[];
  readonly page: ListPage;
  readonly disks: DiskNames;
  /** How far the bot has looked; undefined where it has not yet. */
  readonly watch: Watch | undefined;
  readonly now: Date;
}

/** The tasks of a project's policies, failures first. */
export function jobsView(parts: JobsParts, ids: { readonly details: string; readonly turn: string }): Message {
  const { project, tasks, page, disks } = parts;
  const standing = standingWords(parts);
  if (page.total === 0) return nothingYet(parts, standing);
  const title = pageTitle(`Backup jobs of ${project}`, page);
  const texts = tasks.map(
    (task) => `${taskLine(task, disks)}\n${oneLine(task.policyName)}, ${slackDate(task.createdAt)}`,
  );
  const blocks = tasks.map((task, index): KnownBlock => {
    const value = JSON.stringify({ project, task: task.id });
    const label = `Details of ${diskLabel(task.diskId, disks)}`;
    return section(texts[index] ?? '', button({ text: 'Details', actionId: ids.details, value, label }));
  });
  const filter = 'Failures first, then what is going on, then the newest';
  const turn = (to: number) => JSON.stringify({ project, page: to });
  return message([oneLine(title), filter, ...texts, standing].join('\n\n'), [
    header(title),
    context(filter),
    ...blocks,
    ...pageButtons(page, { actionId: ids.turn, value: turn }),
    context(standing),
  ]);
}

/** How old the list is, and why. */
function standingWords({ watch, now }: JobsParts): string {
  if (watch?.lastSweepAt === undefined)
    return marked('waiting', 'The bot has not looked at this project yet; it does within a minute.');
  const when = `${slackDate(watch.lastSweepAt)} (${ago(watch.lastSweepAt, now)})`;
  if (watch.lastFailure === undefined) return `As of ${when}`;
  const small = failureSmallPrint(watch.lastFailure);
  const why = `The last look at the cloud, ${when}, failed, so this may be out of date. ${failureSentence(watch.lastFailure)}`;
  return marked('attention', small === undefined ? why : `${why} ${small}`);
}

function nothingYet({ project }: JobsParts, standing: string): Message {
  const name = oneLine(project);
  const what = `No policy of ${name} has backed up a disk in the last 30 days, as far as the bot has seen.`;
  const next = `\`/vbs policies ${name}\` shows when they run, \`/vbs run ${name}\` runs one now.`;
  return message(`${what} ${next}\n${standing}`, [section(`${what} ${next}`), context(standing)]);
}
