import type { Backup } from './backups/backup.ts';
import type { Job } from './jobs/job.ts';
import type { Policy, Task } from './policies/policy.ts';
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

/** One project of a backup cloud. Every method throws CloudError and nothing else. */
export interface BackupService {
  /** Makes a backup usable in other projects. Not idempotent: look at `sharings` before repeating it. */
  share(backupId: string, toProjectIds: readonly string[], signal?: AbortSignal): Promise<Receipt<readonly Sharing[]>>;
  stopSharing(sharingId: string, signal?: AbortSignal): Promise<Receipt<void>>;
  sharings(filter: SharingFilter, signal?: AbortSignal): AsyncIterable<Sharing>;
  sharing(id: string, signal?: AbortSignal): Promise<Sharing>;
  /** Every backup of the project, in the cloud's order. */
  backups(signal?: AbortSignal): AsyncIterable<Backup>;
  backup(id: string, signal?: AbortSignal): Promise<Backup>;
  policies(signal?: AbortSignal): Promise<readonly Policy[]>;
  /** Runs a policy now. Answers nothing to follow it by: see policies/follow-run.ts. */
  executePolicy(policyId: string, signal?: AbortSignal): Promise<Receipt<void>>;
  /** The tasks of a policy, newest first, read page by page as they are asked for. */
  tasks(policyId: string, signal?: AbortSignal): AsyncIterable<Task>;
  job(id: string, signal?: AbortSignal): Promise<Job>;
}

export interface Clouds {
  /** The service of a managed project. */
  of(alias: string): BackupService;
}

/** Who belongs to a user group, as Slack has it. Throws when it cannot be known now. */
export interface Directory {
  membersOf(groupId: string): Promise<ReadonlySet<string>>;
}
