import type { KnownBlock } from '@slack/types';
import { countTasks, type PolicyRun, type RunTask } from '../../core/policies/policy-run.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import { context } from '../kit.ts';
import { count, list, marked, plural } from '../words.ts';
import { diskTotal } from './run-words.ts';
import { isBad, taskLine, taskSmallPrint, worstFirst } from './task-words.ts';

/** More disks than these are counted, not named: a card is read at a glance. */
const MOST_LINES = 25;

/** The disks of a run as lines, what needs a look first; those beyond the most that are shown, counted in one line. */
export interface DiskLines {
  readonly lines: readonly string[];
  readonly folded: boolean;
}

/** A line for each disk, of safe mrkdwn. */
export function diskLines(run: PolicyRun, disks: DiskNames): DiskLines {
  const tasks = worstFirst(run.tasks);
  const lines = tasks.slice(0, MOST_LINES).map((task) => taskLine(task, disks, run.diskSizes));
  const rest = tasks.slice(MOST_LINES);
  if (rest.length > 0) lines.push(restLine(rest));
  const unheard = diskTotal(run) - run.tasks.length;
  if (unheard > 0 && run.state !== 'done') lines.push(unheardLine(run, unheard));
  return { lines, folded: rest.length > 0 };
}

/** The codes and request ids of the failures, in small type, each once. */
export function smallPrints(tasks: readonly RunTask[], disks: DiskNames): KnownBlock[] {
  const prints = new Set(tasks.flatMap((task) => taskSmallPrint(task, disks) ?? []));
  return prints.size === 0 ? [] : [context(...prints)];
}

function restLine(rest: readonly RunTask[]): string {
  const { succeeded, open } = countTasks({ tasks: rest, disks: 0 });
  const bad = rest.filter(isBad).length;
  const parts = [
    ...(bad > 0 ? [`${count(bad)} not backed up`] : []),
    ...(open > 0 ? [`${count(open)} not ended yet`] : []),
    ...(succeeded > 0 ? [`${count(succeeded)} done`] : []),
  ];
  return `… and ${plural(rest.length, 'more disk')}: ${list(parts)}`;
}

function unheardLine(run: PolicyRun, unheard: number): string {
  const disks = plural(unheard, run.tasks.length === 0 ? 'disk' : 'more disk');
  if (run.state === 'overdue' || run.state === 'failed') return marked('attention', `${disks} · never begun`);
  return marked('waiting', `${disks} · not begun yet`);
}
