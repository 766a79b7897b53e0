import type { Change } from '../../core/changes/change.ts';
import { type DiskNames, diskName } from '../backups/backup-words.ts';
import { approvalLines, expiredLine, rejectionLines, withdrawnLine } from '../deciding/decision-words.ts';
import { failureFact, failureSentence, isUnsure } from '../failure-words.ts';
import { oneLine } from '../kit.ts';
import { moment } from '../share/share-words.ts';
import { duration, marked, plural } from '../words.ts';
import { changeStanding } from './change-standing.ts';
import { diskOutcomeLines } from './disk-outcome-lines.ts';

/** What happened to a change so far, line by line, in safe mrkdwn. */
export function changeStory(change: Change, disks: DiskNames): readonly string[] {
  return [...approvalLines(change), ...standingLines(change, disks), ...outcomeLines(change, disks)];
}

function standingLines(change: Change, disks: DiskNames): readonly string[] {
  const { failure } = change;
  switch (changeStanding(change)) {
    case 'waiting':
    case 'done':
    case 'done-in-part':
      return [];
    case 'working':
      return [marked('working', 'The bot asks the cloud for it, and says that it is done once the cloud shows it.')];
    case 'running':
      return [marked('working', runningWords(change, disks))];
    case 'postponed':
      return failure ? [marked('attention', `${failureFact(failure)} ${nextTry(change)}`)] : [];
    case 'unknown': {
      const lost = 'Whether the cloud has done it is not known yet. The bot looks until it is; nothing is done twice.';
      return [marked('working', lost), ...unreadableLines(change)];
    }
    case 'unsure':
    case 'overdue':
      return [marked('attention', whyNot(change, disks))];
    case 'failed':
      return failure ? [marked('failed', whyNot(change, disks))] : [];
    case 'rejected':
      return rejectionLines(change);
    case 'withdrawn':
      return [withdrawnLine(change)];
    case 'expired':
      return [expiredLine(change, askAgain(change))];
  }
}

/** The command that asks for the same anew. */
export function askAgain({ deed }: Pick<Change, 'deed'>): string {
  switch (deed.kind) {
    case 'backup.create':
      return '/vbs backup';
    case 'backup.restore':
      return '/vbs restore';
    case 'backup.delete':
      return '/vbs delete';
    default:
      return '/vbs policies';
  }
}

function runningWords({ deed, startedAt }: Change, disks: DiskNames): string {
  const since = startedAt === undefined ? '' : `, since ${moment(startedAt)}`;
  switch (deed.kind) {
    case 'backup.create':
      return `The cloud is backing it up${since}.`;
    case 'backup.restore': {
      const disk = diskName(deed.diskId, disks);
      return `The cloud is overwriting ${disk}${since}. Nothing should use that disk until it is done.`;
    }
    case 'backup.delete':
      return `The cloud is deleting it${since}.`;
    default:
      return `The cloud is working on it${since}.`;
  }
}

/** The command that shows whether it was done. */
function listOf({ deed, project }: Pick<Change, 'deed' | 'project'>): string {
  return `/vbs ${deed.kind.startsWith('backup.') ? 'backups' : 'policies'} ${oneLine(project)}`;
}

/** Why it was not done, or is not known to be, and what to do about it, in safe mrkdwn. */
export function whyNot(change: Pick<Change, 'deed' | 'project' | 'failure' | 'startedAt'>, disks: DiskNames): string {
  const { deed, failure, startedAt } = change;
  const why = failure === undefined ? 'It could not be done.' : failureSentence(failure, listOf(change));
  if (deed.kind !== 'backup.restore') return why;
  const disk = diskName(deed.diskId, disks);
  if (isUnsure(failure)) {
    const what = `${failure === undefined ? '' : failureFact(failure)} The data on ${disk} may have been overwritten, in whole or in part.`;
    const then = 'The bot does not repeat it: that would overwrite what was written to the disk since.';
    return `${what} ${then} Look at the disk; if it was not restored, \`${askAgain(change)}\` asks again.`;
  }
  const begun = startedAt === undefined ? '' : ` The cloud had begun, so ${disk} may hold a part of the backup only.`;
  return `${why}${begun}`;
}

/** Why the cloud cannot be asked, where that is what it hangs on. */
function unreadableLines(change: Change): readonly string[] {
  const { failure } = change;
  if (failure === undefined || isUnsure(failure)) return [];
  return [marked('attention', `The cloud cannot be asked now. ${failureFact(failure)} ${nextTry(change)}`)];
}

function nextTry({ nextAttemptAt }: Change): string {
  return nextAttemptAt === undefined ? 'The bot tries again.' : `The bot tries again ${moment(nextAttemptAt)}.`;
}

/** What came of it, once something did. */
function outcomeLines(change: Change, disks: DiskNames): readonly string[] {
  const { deed, result, state, project } = change;
  if (state !== 'done') return [];
  switch (deed.kind) {
    case 'backup.create':
      return [`${took(change)}\`/vbs backups ${oneLine(project)}\` lists it.`];
    case 'backup.restore':
      return [`${took(change)}The data of the backup is on ${diskName(deed.diskId, disks)} now.`];
    case 'policy.delete':
      return [`Its backups stay. ${lostWords(deed.disks)}`];
    case 'policy.add-disks':
      return diskOutcomeLines(result?.disks ?? { succeeded: [], failed: [] }, 'added', disks);
    case 'policy.remove-disks':
      return diskOutcomeLines(result?.disks ?? { succeeded: [], failed: [] }, 'taken out', disks);
    default:
      return [];
  }
}

function lostWords(disks: number): string {
  if (disks === 0) return 'It backed up no disks.';
  return disks === 1
    ? 'Its disk is no longer backed up by it.'
    : `Its ${plural(disks, 'disk')} are no longer backed up by it.`;
}

function took({ startedAt, finishedAt }: Change): string {
  if (startedAt === undefined || finishedAt === undefined) return '';
  return `It took ${duration(finishedAt.getTime() - startedAt.getTime())}. `;
}
