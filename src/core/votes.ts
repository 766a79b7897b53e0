/** A reason that a person gives is no longer. */
export const REASON_MAX = 1_000;

const VISIBLE = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

/** A reason as it is kept: without blanks around it, and empty where nobody would see anything of it. */
export function tidyReason(typed: string): string {
  return VISIBLE.test(typed) ? typed.trim() : '';
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

/** What is decided by votes. */
export interface Votable {
  readonly votes: readonly Vote[];
  readonly requester: string;
  readonly approvalsNeeded: number;
}

/** Approvals that still count: one a person, never the requester's. */
export function approvals(request: Pick<Votable, 'votes' | 'requester'>): readonly Vote[] {
  const seen = new Set<string>([request.requester]);
  return request.votes.filter((vote) => {
    if (vote.kind !== 'approve' || seen.has(vote.user)) return false;
    seen.add(vote.user);
    return true;
  });
}

/** How many approvals are missing; 0 when there are enough. */
export function missingApprovals(request: Votable): number {
  return Math.max(0, request.approvalsNeeded - approvals(request).length);
}

/** The state that follows from the votes alone: one rejection rejects, enough approvals approve. */
export function outcomeOfVotes(request: Votable): 'pending' | 'approved' | 'rejected' {
  if (request.votes.some((vote) => vote.kind === 'reject' && vote.user !== request.requester)) return 'rejected';
  return missingApprovals(request) === 0 ? 'approved' : 'pending';
}
