import type { Claimed, ClaimOptions } from '../claims.ts';
import type { Failure } from '../failure.ts';

/** Where the poller stands in a project. */
export interface Watch {
  readonly project: string;
  readonly lastSweepAt: Date | undefined;
  readonly lastFailure: Failure | undefined;
}

export interface WatchStore {
  /**
   * Leases projects whose sweep is due, of these; adds projects it has never seen. One whose last sweep lies in the future
   * is due as well: the clock has been set back.
   */
  claimDue(projects: readonly string[], options: ClaimOptions): Promise<readonly Claimed<Watch>[]>;
  done(
    project: string,
    lease: string,
    outcome: { at: Date; nextAt: Date; failure: Failure | undefined },
  ): Promise<boolean>;
  /** Keeps the lease until then. False if it was lost. */
  extend(project: string, lease: string, until: Date): Promise<boolean>;
  get(project: string): Promise<Watch | undefined>;
  /** Whether this policy has been swept before, so that what is new in it is news. */
  seenPolicies(project: string): Promise<ReadonlySet<string>>;
  markSeen(project: string, policyIds: readonly string[]): Promise<void>;
}
