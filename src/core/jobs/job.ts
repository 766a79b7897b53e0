import type { Failure } from '../failure.ts';

export const jobStatuses = ['waiting', 'running', 'succeeded', 'failed', 'unknown'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** A job of the cloud, with its sub-jobs. */
export interface Job {
  readonly id: string;
  readonly type: string;
  readonly status: JobStatus;
  readonly beganAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly failure: Failure | undefined;
  /** What it makes or works on, where the cloud tells. */
  readonly backupId: string | undefined;
  readonly diskId: string | undefined;
  readonly subJobs: readonly Job[];
}
