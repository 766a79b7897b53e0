import type { Claimed, ClaimOptions } from '../claims.ts';
import type { Failure } from '../failure.ts';
import type { RegisteredSharing } from './sharing.ts';

export interface SharingStore {
  /**
   * Adds a sharing to the register unless its id is there. One that is there, goes on and belongs to no request takes
   * the request and the end of this one. True if anything was changed.
   */
  insert(sharing: RegisteredSharing): Promise<boolean>;
  get(id: string): Promise<RegisteredSharing | undefined>;
  ofRequest(requestId: string): Promise<readonly RegisteredSharing[]>;
  /** Sharings of a backup that are not stopped. */
  ofBackup(project: string, backupId: string): Promise<readonly RegisteredSharing[]>;
  /** Sharings of a backup, made since then and of no request, that were ordered to stop, whether or not that is done. */
  orderedToStop(of: { project: string; backupId: string; since: Date }): Promise<readonly RegisteredSharing[]>;
  /** active → stopping. False unless it was active. */
  orderStop(id: string, order: { by: string | undefined; at: Date }): Promise<boolean>;
  /** Active sharings whose end has come, at most `limit`. */
  ended(now: Date, limit: number): Promise<readonly RegisteredSharing[]>;
  /** Leases sharings in `stopping` that are due. */
  claimDue(options: ClaimOptions): Promise<readonly Claimed<RegisteredSharing>[]>;
  /** stopping → stopped, lease checked. */
  stopped(id: string, lease: string, at: Date): Promise<boolean>;
  /** Still stopping: try again at `nextAttemptAt`, or, with `giveUp`, back to active. Lease checked. */
  stopFailed(
    id: string,
    lease: string,
    outcome: { failure: Failure; attempts: number; nextAttemptAt: Date } | { failure: Failure; giveUp: true },
  ): Promise<boolean>;
}
