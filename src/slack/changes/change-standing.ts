import type { Change } from '../../core/changes/change.ts';
import { isUnsure } from '../failure-words.ts';

/** Where a change stands for people, who ask whether it was done rather than what the bot is at. */
export type ChangeStanding =
  | 'waiting'
  | 'working'
  | 'postponed'
  | 'unknown'
  | 'running'
  | 'done'
  | 'done-in-part'
  | 'failed'
  | 'unsure'
  | 'overdue'
  | 'rejected'
  | 'withdrawn'
  | 'expired';

/** How a change stands. */
export function changeStanding({
  state,
  failure,
  result,
}: Pick<Change, 'state' | 'failure' | 'result'>): ChangeStanding {
  switch (state) {
    case 'pending':
      return 'waiting';
    case 'approved':
      return 'working';
    case 'executing':
      return failure ? 'postponed' : 'working';
    case 'done': {
      const { succeeded, failed } = result?.disks ?? { succeeded: [], failed: [] };
      if (failed.length === 0) return 'done';
      return succeeded.length === 0 ? 'failed' : 'done-in-part';
    }
    case 'failed':
      if (failure?.kind === 'overdue') return 'overdue';
      return isUnsure(failure) ? 'unsure' : 'failed';
    case 'unknown':
    case 'running':
    case 'rejected':
    case 'withdrawn':
    case 'expired':
      return state;
  }
}

/** Whether nothing more comes of it by itself. */
export function isSettled(standing: ChangeStanding): boolean {
  switch (standing) {
    case 'waiting':
    case 'working':
    case 'postponed':
    case 'unknown':
    case 'running':
      return false;
    default:
      return true;
  }
}
