import type { ShareRequest, ShareTarget } from '../../core/sharing/share-request.ts';
import type { RegisteredSharing } from '../../core/sharing/sharing.ts';
import { missingApprovals } from '../../core/votes.ts';
import { isUnsure } from '../failure-words.ts';

/** Where a request stands for people, who see the sharings that came of it as part of it. */
export type Standing =
  | 'waiting'
  | 'working'
  | 'postponed'
  | 'unknown'
  | 'shared'
  | 'shared-in-part'
  | 'still-shared'
  | 'stopping'
  | 'stopped'
  | 'failed'
  | 'unsure'
  | 'rejected'
  | 'withdrawn'
  | 'expired';

/** One project of a request, with the sharing that came of it. */
export interface TargetStanding {
  readonly target: ShareTarget;
  readonly sharing: RegisteredSharing | undefined;
  readonly state: 'waiting' | 'shared' | 'stopping' | 'stopped' | 'failed';
}

/** How each project of the request stands. */
export function targetStandings(
  request: ShareRequest,
  sharings: readonly RegisteredSharing[],
): readonly TargetStanding[] {
  return request.targets.map((target) => {
    const sharing = sharings.find((one) => one.id === target.sharingId);
    if (target.state !== 'shared') return { target, sharing, state: target.state };
    return { target, sharing, state: sharing === undefined || sharing.state === 'active' ? 'shared' : sharing.state };
  });
}

/** Whether the sharing was to be stopped, could not be, and goes on. */
export function goesOn({ sharing, state }: TargetStanding): boolean {
  return state === 'shared' && sharing?.failure !== undefined;
}

/** How the whole request stands. */
export function standingOf(request: ShareRequest, targets: readonly TargetStanding[]): Standing {
  switch (request.state) {
    case 'pending':
      return 'waiting';
    case 'approved':
      return 'working';
    case 'executing':
      return request.failure ? 'postponed' : 'working';
    case 'shared':
    case 'failed':
      return afterwards(request, targets);
    case 'unknown':
    case 'rejected':
    case 'withdrawn':
    case 'expired':
      return request.state;
  }
}

function afterwards({ state, failure }: ShareRequest, targets: readonly TargetStanding[]): Standing {
  const has = (wanted: TargetStanding['state']) => targets.some((target) => target.state === wanted);
  if (has('stopping')) return 'stopping';
  if (targets.some(goesOn)) return 'still-shared';
  if (has('shared')) return state === 'shared' ? 'shared' : 'shared-in-part';
  if (state === 'shared' || has('stopped')) return 'stopped';
  return isUnsure(failure) ? 'unsure' : 'failed';
}

/** Whether trying a failed request again could come to anything: see retryShare, which decides. */
export function mayTryAgain(request: ShareRequest, now: Date): boolean {
  const { state, failure, endsAt } = request;
  const hopeless = failure?.kind === 'backup_gone' || failure?.kind === 'end_passed';
  return state === 'failed' && missingApprovals(request) === 0 && !hopeless && !(endsAt && endsAt <= now);
}
