import type { AuditAction, AuditEntry, AuditOutcome } from './audit.ts';
import type { BackupFacts } from './backups/backup.ts';
import type { CardKind, CardPlace, ClaimedCard, NewCard } from './cards.ts';
import type { Change, ChangeState } from './changes/change.ts';
import type { ChangeStore } from './changes/change-store.ts';
import type { Failure } from './failure.ts';
import type { PolicyRun, RunState, RunTask } from './policies/policy-run.ts';
import type { ShareRequest, ShareState } from './sharing/share-request.ts';
import type { RegisteredSharing } from './sharing/sharing.ts';
import type { Vote } from './votes.ts';

export interface Page<T> {
  readonly total: number;
  readonly items: readonly T[];
}

export interface PageOf {
  readonly offset: number;
  readonly limit: number;
}

/** An entity leased to one worker; `lease` proves it in later writes. */
export interface Claimed<T> {
  readonly item: T;
  readonly lease: string;
}

export interface ClaimOptions {
  readonly now: Date;
  /** The row comes free by itself at this time. */
  readonly until: Date;
  readonly limit: number;
}

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

export interface ShareRequestStore {
  /** Inserts the request with its targets. False, and nothing changed, if one with this `dedupeKey` exists. */
  insert(request: ShareRequest, dedupeKey: string): Promise<boolean>;
  get(id: string): Promise<ShareRequest | undefined>;
  byDedupeKey(key: string): Promise<ShareRequest | undefined>;
  /** Newest first. */
  list(filter: ShareRequestFilter, page: PageOf): Promise<Page<ShareRequest>>;
  /** Lets one transaction at a time file, or take up again, a request for this backup. */
  holdBackup(project: string, backupId: string): Promise<void>;
  /** The projects for which open requests ask for this backup; those of the request `but` do not count. */
  askedTargets(backup: { project: string; backupId: string }, but: string): Promise<readonly string[]>;
  /** Takes the row for the rest of the transaction, if it is in this state; otherwise undefined. */
  lock(id: string, state: ShareState): Promise<ShareRequest | undefined>;
  /** Compare-and-set: false, and nothing changed, unless the row is in one of `from` (and under `lease`, if given). */
  move(
    id: string,
    step: {
      from: readonly ShareState[];
      to: ShareState;
      at: Date;
      lease?: string;
      release?: boolean;
    },
    patch?: ShareRequestPatch,
  ): Promise<boolean>;
  /** False if this person has voted on this side already. */
  addVote(id: string, vote: Vote): Promise<boolean>;
  /** Marks the target shared under this sharing id, or failed. */
  settleTarget(id: string, projectId: string, outcome: { sharingId: string } | 'failed' | 'waiting'): Promise<void>;
  /**
   * Leases requests that need work: approved, executing or unknown ones that are due, and pending ones whose backup
   * has not been read yet.
   */
  claimDue(options: ClaimOptions): Promise<readonly Claimed<ShareRequest>[]>;
  /** Gives a leased row back unchanged, to be taken up at `nextAttemptAt`. */
  release(id: string, lease: string, nextAttemptAt: Date | undefined): Promise<boolean>;
  /** Pending requests whose time has passed, at most `limit`. */
  lapsed(now: Date, limit: number): Promise<readonly ShareRequest[]>;
}

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

export interface PolicyRunPatch {
  readonly after?: PolicyRun['after'];
  readonly calledAt?: Date | undefined;
  readonly startedAt?: Date;
  readonly finishedAt?: Date | undefined;
  readonly failure?: Failure | undefined;
  readonly attempts?: number;
  readonly nextCheckAt?: Date | undefined;
  readonly disks?: number;
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

/** A task as it is put down, with where it belongs. */
export interface TaskRow extends RunTask {
  readonly project: string;
  readonly policyId: string;
  readonly policyName: string;
  readonly runId: string;
}

/** What is known of a policy's tasks: those not final yet, failed ones whose reason is still unread, the newest of all. */
export interface KnownTasks {
  readonly open: readonly TaskRow[];
  readonly unread: readonly TaskRow[];
  readonly newest: Pick<TaskRow, 'id' | 'createdAt'> | undefined;
}

export interface TaskStore {
  /** What is known of each of these policies; a policy without tasks is left out. Two queries, however many they are. */
  known(project: string, policyIds: readonly string[]): Promise<ReadonlyMap<string, KnownTasks>>;
  /** Of these task ids, the rows that are known. */
  byIds(project: string, taskIds: readonly string[]): Promise<readonly TaskRow[]>;
  /** Inserts new tasks and writes those that changed, nothing else. */
  put(tasks: readonly TaskRow[]): Promise<void>;
  /** Failures first, then those going on, then the newest. */
  list(filter: { project: string }, page: PageOf): Promise<Page<TaskRow>>;
  /** The newest successful task of each disk. */
  lastGood(project: string, diskIds: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  /** The newest task of each disk, whatever became of it. */
  newestOfDisks(project: string): Promise<readonly TaskRow[]>;
}

/** Where the poller stands in a project. */
export interface Watch {
  readonly project: string;
  readonly lastSweepAt: Date | undefined;
  readonly lastFailure: Failure | undefined;
}

export interface WatchStore {
  /** Leases projects whose sweep is due, of these; adds projects it has never seen. */
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

export interface CardStore {
  /** Adds a card, to be posted. Nothing happens if there is one of this kind and entity at this place. */
  open(card: NewCard): Promise<void>;
  /** Every card of this entity is out of date. */
  raise(kind: CardKind, entityId: string): Promise<void>;
  /**
   * Leases cards that are out of date and due. First posts keep their order at each place, replies wait for the card
   * they reply to; changes of a posted card wait for nothing.
   */
  claimDue(options: ClaimOptions): Promise<readonly ClaimedCard[]>;
  /** A post begins: if its outcome is never recorded, the next worker looks for it first. Lease checked. */
  begin(id: number, lease: string, at: Date): Promise<boolean>;
  /** The card now shows version `shown` as this message. Lease checked. */
  shown(id: number, lease: string, message: { channel: string; ts: string; shown: number }): Promise<boolean>;
  /** Try again at `at`. `begun: false`: surely nothing was posted. */
  postpone(id: number, lease: string, retry: { at: Date; error: string; begun: boolean }): Promise<boolean>;
  /** Slack will not take it here. It is tried again when it is raised. */
  refuse(id: number, lease: string, error: string): Promise<boolean>;
  /** Where the card of this entity goes. */
  placeOf(kind: CardKind, entityId: string): Promise<CardPlace | undefined>;
  /** Where a card of this entity was posted. */
  messageOf(kind: CardKind, entityId: string): Promise<{ channel: string; ts: string } | undefined>;
  refusal(kind: CardKind, entityId: string): Promise<{ place: CardPlace; error: string } | undefined>;
  /** Cards that wait to be shown. */
  waiting(): Promise<number>;
}

export interface AuditFilter {
  readonly project?: string;
  readonly subject?: string;
  readonly actor?: string;
  readonly actions?: readonly AuditAction[];
  readonly outcome?: AuditOutcome;
  /** From this moment on, and before that one. */
  readonly from?: Date;
  readonly before?: Date;
  /** Part of the subject, of the cloud's id of the call or of any detail, in any case. */
  readonly text?: string;
  /** Nothing that was written after this mark: pages under it do not shift while entries are added. */
  readonly upTo?: number;
}

export interface AuditStore {
  write(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter, page: PageOf): Promise<Page<AuditEntry>>;
  /** All of it, newest first, some at a time: each part costs the same, however many came before it. */
  parts(filter: AuditFilter): AsyncIterable<readonly AuditEntry[]>;
  /** The mark of what has been written so far. */
  mark(): Promise<number>;
}

/** What somebody asked for. */
export type Asked =
  | { readonly kind: 'share'; readonly request: ShareRequest }
  | { readonly kind: 'change'; readonly change: Change };

export interface AskedFilter {
  readonly requester?: string;
  readonly projects?: readonly string[];
  /** Only what waits to be decided on, leaving out what this person asked for or has voted on. */
  readonly awaiting?: string;
}

export interface AskedStore {
  /** Share requests and changes together, newest first. */
  list(filter: AskedFilter, page: PageOf): Promise<Page<Asked>>;
}

/** The stores, inside one transaction or each call in its own. */
export interface Stores {
  readonly shareRequests: ShareRequestStore;
  readonly sharings: SharingStore;
  readonly changes: ChangeStore;
  readonly asked: AskedStore;
  readonly runs: RunStore;
  readonly tasks: TaskStore;
  readonly watches: WatchStore;
  readonly cards: CardStore;
  readonly audit: AuditStore;
}

export const topics = ['cards', 'shareRequests', 'sharings', 'changes', 'runs', 'tasks', 'watches', 'audit'] as const;
export type Topic = (typeof topics)[number];

/** How many there are in each state, for those who watch the bot from outside. */
export interface StoreCounts {
  readonly shareRequests: ReadonlyMap<ShareState, number>;
  readonly changes: ReadonlyMap<ChangeState, number>;
  readonly runs: ReadonlyMap<RunState, number>;
  /** `waiting`: to be posted or brought up to date; `refused`: Slack will not take them where they are to go. */
  readonly cards: ReadonlyMap<'waiting' | 'refused', number>;
}

export interface Store extends Stores {
  /** All of it or nothing. A conflict that the database resolves by failing one side is tried again. */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Called after each commit with what it wrote, so that workers wake at once. Returns the way to stop it. */
  onCommit(listener: (written: ReadonlySet<Topic>) => void): () => void;
  counts(): Promise<StoreCounts>;
  /** Throws unless the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
