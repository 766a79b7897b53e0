import type { Claimed, ClaimOptions } from '../claims.ts';
import type { DecidableStore, Step } from '../decidable.ts';
import type { Failure } from '../failure.ts';
import type { Page, PageOf } from '../page.ts';
import type { Change, ChangeResult, ChangeState, DeedKind } from './change.ts';

/** The changes that a move may make beside the state. `undefined` clears, a missing key keeps. */
export interface ChangePatch {
  readonly closedBy?: string | undefined;
  readonly failure?: Failure | undefined;
  readonly result?: ChangeResult | undefined;
  readonly calledAt?: Date | undefined;
  readonly startedAt?: Date | undefined;
  readonly finishedAt?: Date | undefined;
  readonly attempts?: number;
  readonly nextAttemptAt?: Date | undefined;
}

export interface ChangeFilter {
  readonly ids?: readonly string[];
  readonly requester?: string;
  readonly states?: readonly ChangeState[];
  readonly projects?: readonly string[];
  readonly kinds?: readonly DeedKind[];
  /** The backup, disk or policy that it is about. */
  readonly target?: string;
  /** Leave out what this person asked for or has voted on: what is left may wait for them. */
  readonly awaiting?: string;
}

export interface ChangeStore extends DecidableStore<Change> {
  /** False, and nothing changed, if one with this `dedupeKey` exists. */
  insert(change: Change, dedupeKey: string): Promise<boolean>;
  byDedupeKey(key: string): Promise<Change | undefined>;
  /** Newest first. */
  list(filter: ChangeFilter, page: PageOf): Promise<Page<Change>>;
  /** Lets one transaction at a time file a change of this. */
  hold(project: string, target: string): Promise<void>;
  lock(id: string, state: ChangeState): Promise<Change | undefined>;
  /** Compare-and-set: false, and nothing changed, unless it is in one of `from` (and under `lease`, if given). */
  move(id: string, step: Step<ChangeState>, patch?: ChangePatch): Promise<boolean>;
  /** Leases changes that are to be carried out, looked into or followed, and are due. */
  claimDue(options: ClaimOptions): Promise<readonly Claimed<Change>[]>;
}
