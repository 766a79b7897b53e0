import type { Claimed, ClaimOptions } from '../claims.ts';
import type { Failure } from '../failure.ts';
import type { Page, PageOf } from '../page.ts';
import type { PolicyRun, RunState } from './policy-run.ts';

export interface PolicyRunPatch {
  readonly after?: PolicyRun['after'];
  readonly calledAt?: Date | undefined;
  readonly startedAt?: Date;
  readonly finishedAt?: Date | undefined;
  readonly failure?: Failure | undefined;
  readonly attempts?: number;
  readonly nextCheckAt?: Date | undefined;
  readonly disks?: number;
  readonly nextRunAt?: Date | undefined;
  readonly diskSizes?: ReadonlyMap<string, number>;
}

export interface RunFilter {
  readonly projects?: readonly string[];
  readonly states?: readonly RunState[];
  readonly startedBy?: string;
  /** Only runs in which a disk was not backed up, or that could not be started. */
  readonly failing?: boolean;
  readonly since?: Date;
}

export interface RunStore {
  /**
   * Inserts a run. False, and nothing changed, if one with this `dedupeKey` exists, or, for a person's run, if an active
   * run by a person of the same policy exists.
   */
  insert(run: PolicyRun, dedupeKey: string): Promise<boolean>;
  /** With its tasks, oldest first. */
  get(id: string): Promise<PolicyRun | undefined>;
  byDedupeKey(key: string): Promise<PolicyRun | undefined>;
  /** The person's run of a policy that is going on, if any. */
  activeOf(project: string, policyId: string): Promise<PolicyRun | undefined>;
  /** The newest runs of a policy, newest first, with their tasks. */
  newestOf(project: string, policyId: string, limit: number): Promise<readonly PolicyRun[]>;
  /** Newest first. */
  list(filter: RunFilter, page: PageOf): Promise<Page<PolicyRun>>;
  /** Compare-and-set on state, and on the lease if given. */
  move(
    id: string,
    step: {
      from: readonly RunState[];
      to: RunState;
      lease?: string;
      release?: boolean;
    },
    patch?: PolicyRunPatch,
  ): Promise<boolean>;
  /** Leases active runs that are due: a person's to start or follow, a scheduled one to follow. */
  claimDue(options: ClaimOptions): Promise<readonly Claimed<PolicyRun>[]>;
  release(id: string, lease: string, nextCheckAt: Date | undefined): Promise<boolean>;
}
