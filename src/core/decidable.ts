import type { ChangeState } from './changes/change.ts';
import type { ShareState } from './sharing/share-request.ts';
import type { Votable, Vote } from './votes.ts';

/** What waits for the owners of a project to decide on it. */
export interface Decidable extends Votable {
  readonly id: string;
  /** Alias of the project whose owners decide. */
  readonly project: string;
  readonly state: ShareState | ChangeState;
  readonly closedBy: string | undefined;
  readonly expiresAt: Date;
  readonly updatedAt: Date;
}

/** The part of a store that deciding works on. */
export interface DecidableStore<T extends Decidable> {
  get(id: string): Promise<T | undefined>;
  /** Takes the row for the rest of the transaction, if it is pending; otherwise undefined. */
  lock(id: string, state: 'pending'): Promise<T | undefined>;
  /** Compare-and-set: false, and nothing changed, unless it was pending. */
  move(
    id: string,
    step: { from: readonly 'pending'[]; to: 'approved' | 'rejected' | 'withdrawn' | 'expired'; at: Date },
    patch?: { closedBy?: string; attempts?: number; nextAttemptAt?: undefined; failure?: undefined },
  ): Promise<boolean>;
  /** False if this person has voted already. */
  addVote(id: string, vote: Vote): Promise<boolean>;
  /** Pending ones whose time has passed, at most `limit`. */
  lapsed(now: Date, limit: number): Promise<readonly T[]>;
}

/** A compare-and-set: one that is in a state of `from`, and under `lease`, if given, goes over to `to`. */
export interface Step<State> {
  readonly from: readonly State[];
  readonly to: State;
  readonly at: Date;
  readonly lease?: string;
  readonly release?: boolean;
}
