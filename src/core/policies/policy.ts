import type { Tag } from '../backups/backup.ts';
import type { Failure } from '../failure.ts';

/** When a policy runs. Times are UTC, as the cloud keeps them; `timeZone` is how people think of them. */
export interface Schedule {
  /** `HH:mm`, UTC. */
  readonly times: readonly string[];
  readonly timeZone: string | undefined;
  /** Every so many days; wins over `weekDays`. */
  readonly everyDays: number | undefined;
  /** `SUN` … `SAT`. */
  readonly weekDays: readonly string[] | undefined;
}

/** How long backups are kept; `keepLast` wins over `keepDays`. */
export interface Retention {
  readonly keepLast: number | undefined;
  readonly keepDays: number | undefined;
  readonly keepFirstOfMonth: boolean;
}

export interface Policy {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** How many disks it backs up. */
  readonly disks: number;
  readonly schedule: Schedule;
  readonly retention: Retention;
}

/** A policy to be made, or as an existing one is to become. */
export type PolicyPlan = Omit<Policy, 'id' | 'disks'>;

/** Whether the cloud shows of a policy what was wanted; of two frequencies and two kinds of retention, one counts. */
export function samePlan(shown: PolicyPlan, wanted: PolicyPlan): boolean {
  return spelled(shown) === spelled(wanted) && sameZone(shown.schedule.timeZone, wanted.schedule.timeZone);
}

function spelled({ name, enabled, schedule, retention }: PolicyPlan): string {
  const { times, everyDays, weekDays = [] } = schedule;
  const days = everyDays ?? [...weekDays].sort();
  return JSON.stringify([name, enabled, [...times].sort(), days, ...kept(retention), retention.keepFirstOfMonth]);
}

/** Not every cloud tells the zone. */
function sameZone(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** Whether as many backups are kept, or for as long; the first of the month aside. */
export function keepsAsLong(one: Retention, other: Retention): boolean {
  return JSON.stringify(kept(one)) === JSON.stringify(kept(other));
}

function kept({ keepLast, keepDays }: Retention): readonly (string | number | undefined)[] {
  return keepLast === undefined ? ['days', keepDays] : ['last', keepLast];
}

/** A disk that could not be put into a policy, or taken out of it. */
export interface FailedDisk {
  readonly diskId: string;
  readonly failure: Failure;
}

/** What became of each disk; a call that succeeds may have failed for some, or for all. */
export interface DiskOutcomes {
  readonly succeeded: readonly string[];
  readonly failed: readonly FailedDisk[];
}

export const tagActions = ['create', 'update', 'delete'] as const;
export type TagAction = (typeof tagActions)[number];

/** A tag's key with the values that it has in some policy, or that are looked for. */
export interface TagValues {
  readonly key: string;
  readonly values: readonly string[];
}

/** A policy, as a search by tags tells of it. */
export interface TaggedPolicy {
  readonly id: string;
  readonly name: string | undefined;
  readonly tags: readonly Tag[];
}

export const taskStatuses = ['waiting', 'running', 'succeeded', 'failed', 'timed_out', 'skipped', 'unknown'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** The backup of one disk in one run of a policy. */
export interface Task {
  readonly id: string;
  readonly status: TaskStatus;
  readonly createdAt: Date;
  readonly finishedAt: Date | undefined;
  readonly backupName: string | undefined;
  readonly diskId: string;
  /** The job behind it, which knows why it failed. */
  readonly jobId: string | undefined;
  /** Why it was not done, where the task itself tells. */
  readonly failure: Failure | undefined;
}

/** Whether nothing more will happen to a task in this status. */
export function isFinal(status: TaskStatus): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'timed_out' || status === 'skipped';
}
