import type { DiskOutcomes } from '../../core/policies/policy.ts';
import { type DiskNames, diskName } from '../backups/backup-words.ts';
import { failureSentence, failureSmallPrint } from '../failure-words.ts';
import { count, list, marked, plural } from '../words.ts';

/** More disks than these are counted, not named: a card is read at a glance. */
const MOST_LINES = 25;

/** A line for each disk of safe mrkdwn, what went wrong first; `done` is what became of the others: `added`. */
export function diskOutcomeLines(
  { succeeded, failed }: DiskOutcomes,
  done: string,
  disks: DiskNames,
): readonly string[] {
  const bad = failed.map(({ diskId, failure }) =>
    marked('failed', `${diskName(diskId, disks)}: not ${done}. ${failureSentence(failure)}`),
  );
  const good = succeeded.map((diskId) => marked('done', `${diskName(diskId, disks)}: ${done}`));
  const lines = [...bad, ...good];
  if (lines.length <= MOST_LINES) return lines;
  const left = { bad: Math.max(bad.length - MOST_LINES, 0), all: lines.length - MOST_LINES };
  const parts = [
    ...(left.bad > 0 ? [`${count(left.bad)} not ${done}`] : []),
    ...(left.all > left.bad ? [`${count(left.all - left.bad)} ${done}`] : []),
  ];
  return [...lines.slice(0, MOST_LINES), `… and ${plural(left.all, 'more disk')}: ${list(parts)}`];
}

/** The cloud's codes and request ids of the disks that failed, each once. */
export function diskSmallPrint({ failed }: DiskOutcomes): readonly string[] {
  return [...new Set(failed.flatMap(({ failure }) => failureSmallPrint(failure) ?? []))];
}
