import type { BackupFacts } from '../backups/backup.ts';
import type { Claimed, ClaimOptions } from '../claims.ts';
import type { DecidableStore, Step } from '../decidable.ts';
import type { Failure } from '../failure.ts';
import type { Page, PageOf } from '../page.ts';
import type { ShareRequest, ShareState } from './share-request.ts';

/** The changes that a move may make beside the state. `undefined` clears, a missing key keeps. */
export interface ShareRequestPatch {
  readonly backup?: BackupFacts;
  readonly closedBy?: string | undefined;
  readonly failure?: Failure | undefined;
  readonly calledAt?: Date | undefined;
  readonly attempts?: number;
  readonly nextAttemptAt?: Date | undefined;
}

export interface ShareRequestFilter {
  readonly ids?: readonly string[];
  readonly requester?: string;
  readonly states?: readonly ShareState[];
  readonly projects?: readonly string[];
  readonly backupId?: string;
  /** Leave out what this person asked for or has voted on: what is left may wait for them. */
  readonly awaiting?: string;
}

export interface ShareRequestStore extends DecidableStore<ShareRequest> {
  /** Inserts the request with its targets. False, and nothing changed, if one with this `dedupeKey` exists. */
  insert(request: ShareRequest, dedupeKey: string): Promise<boolean>;
  byDedupeKey(key: string): Promise<ShareRequest | undefined>;
  /** Newest first. */
  list(filter: ShareRequestFilter, page: PageOf): Promise<Page<ShareRequest>>;
  /** Lets one transaction at a time file, or take up again, a request for this backup. */
  holdBackup(project: string, backupId: string): Promise<void>;
  /** The projects for which open requests ask for this backup; those of the request `but` do not count. */
  askedTargets(backup: { project: string; backupId: string }, but: string): Promise<readonly string[]>;
  lock(id: string, state: ShareState): Promise<ShareRequest | undefined>;
  /** Compare-and-set: false, and nothing changed, unless the row is in one of `from` (and under `lease`, if given). */
  move(id: string, step: Step<ShareState>, patch?: ShareRequestPatch): Promise<boolean>;
  /** Marks the target shared under this sharing id, or failed. */
  settleTarget(id: string, projectId: string, outcome: { sharingId: string } | 'failed' | 'waiting'): Promise<void>;
  /**
   * Leases requests that need work: approved, executing or unknown ones that are due, and pending ones whose backup
   * has not been read yet.
   */
  claimDue(options: ClaimOptions): Promise<readonly Claimed<ShareRequest>[]>;
  /** Gives a leased row back unchanged, to be taken up at `nextAttemptAt`. */
  release(id: string, lease: string, nextAttemptAt: Date | undefined): Promise<boolean>;
}
