import type { Change } from '../../core/changes/change.ts';
import type { DiskNames } from '../backups/backup-words.ts';
import { missingWords } from '../deciding/decision-words.ts';
import { marked } from '../words.ts';
import { changeStanding } from './change-standing.ts';
import { changeWords } from './change-words.ts';

/** The first line of a change, wherever it is shown: where it stands and what it is, in safe mrkdwn. */
export function changeHeadline(change: Change, disks: DiskNames): string {
  const { wish, doing, done, undone, maybe } = changeWords(change, disks);
  switch (changeStanding(change)) {
    case 'waiting':
      return marked('waiting', `Waiting for ${missingWords(change)}: ${wish}`);
    case 'working':
    case 'running':
      return marked('working', doing);
    case 'postponed':
      return marked('working', `Delayed: ${wish}`);
    case 'unknown':
      return marked('working', `Being looked into: ${wish}`);
    case 'done':
      return marked('done', done);
    case 'done-in-part':
      return marked('attention', done);
    case 'failed':
      return marked('failed', undone);
    case 'unsure':
      return marked('attention', `Not certain whether ${maybe}`);
    case 'overdue':
      return marked('attention', `Taking much too long: ${wish}`);
    case 'rejected':
      return marked('refused', `Rejected: ${wish}`);
    case 'withdrawn':
      return marked('withdrawn', `Withdrawn: ${wish}`);
    case 'expired':
      return marked('expired', `Expired: ${wish}`);
  }
}
