import type { BackupFacts } from '../backups/backup.ts';
import type { Failure } from '../failure.ts';

export const shareStates = [
  'pending',
  'approved',
  'executing',
  'unknown',
  'shared',
  'failed',
  'rejected',
  'withdrawn',
  'expired',
] as const;
export type ShareState = (typeof shareStates)[number];

export const targetStates = ['waiting', 'shared', 'failed'] as const;
export type TargetState = (typeof targetStates)[number];

/** One project that is to receive the backup. */
export interface ShareTarget {
  readonly projectId: string;
  readonly alias: string | undefined;
  readonly state: TargetState;
  readonly sharingId: string | undefined;
}

export const voteKinds = ['approve', 'reject'] as const;
export type VoteKind = (typeof voteKinds)[number];

export interface Vote {
  /** Whose owners this vote speaks for. */
  readonly side: 'source';
  readonly user: string;
  readonly kind: VoteKind;
  readonly reason: string | undefined;
  readonly at: Date;
}

export interface ShareRequest {
  readonly id: string;
  /** Alias of the project whose backup it is. */
  readonly project: string;
  readonly backupId: string;
  /** Undefined until the backup was read once; see execute-share.ts. */
  readonly backup: BackupFacts | undefined;
  readonly targets: readonly ShareTarget[];
  readonly votes: readonly Vote[];
  readonly reason: string;
  readonly requester: string;
  /** When the bot is to stop the sharing. */
  readonly endsAt: Date | undefined;
  /** When the request lapses if nobody decides. */
  readonly expiresAt: Date;
  readonly approvalsNeeded: number;
  readonly state: ShareState;
  /** Who ended it by hand: rejected, withdrew. */
  readonly closedBy: string | undefined;
  readonly failure: Failure | undefined;
  /** When *share* was last called without its outcome being known since. */
  readonly calledAt: Date | undefined;
  readonly attempts: number;
  readonly nextAttemptAt: Date | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Where a request may go from each state. A request in a state without exits is at its end. */
export const transitions: Readonly<Record<ShareState, readonly ShareState[]>> = {
  pending: ['approved', 'rejected', 'withdrawn', 'expired', 'failed'],
  approved: ['executing'],
  executing: ['shared', 'failed', 'unknown'],
  unknown: ['executing', 'shared', 'failed'],
  failed: ['approved'],
  shared: [],
  rejected: [],
  withdrawn: [],
  expired: [],
};

/** Whether the states allow this step. */
export function mayMove(from: ShareState, to: ShareState): boolean {
  return transitions[from].includes(to);
}

/** The states that the share worker takes up. */
export const workingStates = ['approved', 'executing', 'unknown'] as const satisfies readonly ShareState[];

/** Approvals that still count: one a person, never the requester's. */
export function approvals(request: Pick<ShareRequest, 'votes' | 'requester'>): readonly Vote[] {
  const seen = new Set<string>([request.requester]);
  return request.votes.filter((vote) => {
    if (vote.kind !== 'approve' || seen.has(vote.user)) return false;
    seen.add(vote.user);
    return true;
  });
}

/** How many approvals are missing; 0 when there are enough. */
export function missingApprovals(request: Pick<ShareRequest, 'votes' | 'requester' | 'approvalsNeeded'>): number {
  return Math.max(0, request.approvalsNeeded - approvals(request).length);
}

/** The state that follows from the votes alone: one rejection rejects, enough approvals approve. */
export function outcomeOfVotes(
  request: Pick<ShareRequest, 'votes' | 'requester' | 'approvalsNeeded'>,
): 'pending' | 'approved' | 'rejected' {
  if (request.votes.some((vote) => vote.kind === 'reject' && vote.user !== request.requester)) return 'rejected';
  return missingApprovals(request) === 0 ? 'approved' : 'pending';
}
