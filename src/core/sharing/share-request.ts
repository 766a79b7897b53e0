import type { BackupFacts } from '../backups/backup.ts';
import type { Failure } from '../failure.ts';
import type { Vote } from '../votes.ts';

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

/** The states that the share worker takes up. */
export const workingStates = ['approved', 'executing', 'unknown'] as const satisfies readonly ShareState[];
