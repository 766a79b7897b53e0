import type { Backup, NewBackup, Tag } from './backups/backup.ts';
import type { Quota } from './backups/quota.ts';
import type { Failure } from './failure.ts';
import type { Job } from './jobs/job.ts';
import type { DiskOutcomes, Policy, PolicyPlan, TagAction, TaggedPolicy, TagValues, Task } from './policies/policy.ts';
import type { Sharing } from './sharing/sharing.ts';

/** Time, injected so that tests can move it. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Randomness, injected. */
export interface Ids {
  /** A new opaque id: 26 characters of Crockford's base 32, later ones sort later. */
  next(): string;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

export interface Log {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

/** What a call that changed something answers, with the cloud's id of the call. */
export interface Receipt<T> {
  readonly value: T;
  readonly requestId: string | undefined;
}

export interface SharingFilter {
  /** `out`: shared by the project; `in`: shared with it. */
  readonly direction: 'in' | 'out';
  readonly backupId?: string;
}

/** What a call began: the job that does the work, or the backup it makes, whichever the cloud tells. */
export interface Begun {
  readonly jobId?: string | undefined;
  readonly backupId?: string | undefined;
}

export interface SharingService {
  /** Makes a backup usable in other projects. Not idempotent: look at `sharings` before repeating it. */
  share(backupId: string, toProjectIds: readonly string[], signal?: AbortSignal): Promise<Receipt<readonly Sharing[]>>;
  stopSharing(sharingId: string, signal?: AbortSignal): Promise<Receipt<void>>;
  /** Stops every sharing of a backup in one call. */
  stopSharingsOf(backupId: string, signal?: AbortSignal): Promise<Receipt<void>>;
  sharings(filter: SharingFilter, signal?: AbortSignal): AsyncIterable<Sharing>;
  countSharings(filter: SharingFilter, signal?: AbortSignal): Promise<number>;
  sharing(id: string, signal?: AbortSignal): Promise<Sharing>;
}

export interface BackupsService {
  /** Every backup of the project, in the cloud's order. */
  backups(signal?: AbortSignal): AsyncIterable<Backup>;
  /** The same in short, which costs the cloud less. */
  backupNames(signal?: AbortSignal): AsyncIterable<Pick<Backup, 'id' | 'name'>>;
  backup(id: string, signal?: AbortSignal): Promise<Backup>;
  /** Begins a backup. Not idempotent: look for it among `backups` before repeating it. */
  createBackup(backup: NewBackup, signal?: AbortSignal): Promise<Receipt<Begun>>;
  /** Begins to overwrite a disk with a backup's data. Not idempotent. */
  restoreBackup(backupId: string, diskId: string, signal?: AbortSignal): Promise<Receipt<Begun>>;
  /** Begins to delete a backup; once that is done, it is not found. */
  deleteBackup(backupId: string, signal?: AbortSignal): Promise<Receipt<Begun>>;
  quota(signal?: AbortSignal): Promise<Quota>;
}

export interface PolicyService {
  policies(signal?: AbortSignal): Promise<readonly Policy[]>;
  /** Makes a policy and answers its id. Not idempotent: look for its name among `policies` before repeating it. */
  createPolicy(plan: PolicyPlan, tags: readonly Tag[], signal?: AbortSignal): Promise<Receipt<string>>;
  /** Makes a policy as planned. What is as `before` is left unsaid where the cloud might refuse it as a change. */
  modifyPolicy(
    policyId: string,
    change: { readonly plan: PolicyPlan; readonly before: PolicyPlan },
    signal?: AbortSignal,
  ): Promise<Receipt<void>>;
  /** Lets a policy run by its schedule, or keeps it from it. */
  switchPolicy(policyId: string, enabled: boolean, signal?: AbortSignal): Promise<Receipt<void>>;
  /** Its backups stay; its disks are no longer backed up. */
  deletePolicy(policyId: string, signal?: AbortSignal): Promise<Receipt<void>>;
  /** Puts disks into a policy; each leaves the one that it was in. */
  addDisks(policyId: string, diskIds: readonly string[], signal?: AbortSignal): Promise<Receipt<DiskOutcomes>>;
  removeDisks(policyId: string, diskIds: readonly string[], signal?: AbortSignal): Promise<Receipt<DiskOutcomes>>;
  /** Runs a policy now. Answers nothing to follow it by: see policies/work-on-run.ts. */
  executePolicy(policyId: string, signal?: AbortSignal): Promise<Receipt<void>>;
  /** The tasks of a policy, newest first, read page by page as they are asked for. */
  tasks(policyId: string, signal?: AbortSignal): AsyncIterable<Task>;
}

export interface PolicyTagService {
  tagsOf(policyId: string, signal?: AbortSignal): Promise<readonly Tag[]>;
  /** Every tag of every policy. */
  allTags(signal?: AbortSignal): Promise<readonly TagValues[]>;
  /** The policies that have all of these keys, each with one of its values. */
  policiesByTag(tags: readonly TagValues[], signal?: AbortSignal): AsyncIterable<TaggedPolicy>;
  countByTag(tags: readonly TagValues[], signal?: AbortSignal): Promise<number>;
  addTag(policyId: string, tag: Tag, signal?: AbortSignal): Promise<Receipt<void>>;
  removeTag(policyId: string, key: string, signal?: AbortSignal): Promise<Receipt<void>>;
  /** Several at once. `create` and `update` make a tag whose key is not there yet. */
  changeTags(
    policyId: string,
    change: { readonly action: TagAction; readonly tags: readonly Tag[] },
    signal?: AbortSignal,
  ): Promise<Receipt<void>>;
}

/** One project of a backup cloud. Every method throws CloudError and nothing else. */
export interface BackupService extends SharingService, BackupsService, PolicyService, PolicyTagService {
  job(id: string, signal?: AbortSignal): Promise<Job>;
  /** Why a job failed, where it tells. Gives up soon: whoever asks has news that must not wait for it. */
  whyFailed(jobId: string, signal?: AbortSignal): Promise<Failure | undefined>;
}

export interface Clouds {
  /** The service of a managed project. */
  of(alias: string): BackupService;
}

/** Who belongs to a user group, as Slack has it. Throws when it cannot be known now. */
export interface Directory {
  membersOf(groupId: string): Promise<ReadonlySet<string>>;
}
