import { z } from 'zod';
import type { Caller } from './caller.ts';
import type { CallOptions } from './options.ts';
import { timeIn } from './time.ts';

export const jobStatuses = ['INIT', 'RUNNING', 'SUCCESS', 'FAIL'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** A job of the cloud, with its sub-jobs. */
export interface Job {
  readonly id: string;
  /** Such as `bksCreateBackup`. */
  readonly type: string | undefined;
  /** One of `jobStatuses`, or one that is not known here. */
  readonly status: string;
  readonly beganAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly errorCode: string | undefined;
  readonly failReason: string | undefined;
  readonly backupId: string | undefined;
  readonly volumeId: string | undefined;
  readonly snapshotId: string | undefined;
  readonly volumeName: string | undefined;
  readonly subJobs: readonly Job[];
}

export interface Jobs {
  get(id: string, options?: CallOptions): Promise<Job>;
}

const jobBody = z.object({
  job_id: z.string(),
  job_type: z.string().nullish(),
  status: z.string(),
  begin_time: z.string().nullish(),
  end_time: z.string().nullish(),
  error_code: z.string().nullish(),
  fail_reason: z.string().nullish(),
  entities: z
    .object({
      backup_id: z.string().nullish(),
      volume_id: z.string().nullish(),
      snapshot_id: z.string().nullish(),
      bks_create_volume_name: z.string().nullish(),
    })
    .nullish(),
  get sub_jobs() {
    return z.array(jobBody).nullish();
  },
});
type JobBody = z.infer<typeof jobBody>;

/** The status of jobs, by id; there is no list of them. */
export function createJobs(caller: Caller): Jobs {
  return {
    async get(id, options) {
      const call = { operation: 'getJob', ids: { job_id: id }, signal: options?.signal } as const;
      return (await caller.ask(call, { schema: jobBody, map: toJob })).value;
    },
  };
}

function toJob(wire: JobBody): Job {
  return {
    id: wire.job_id,
    type: wire.job_type ?? undefined,
    status: wire.status,
    beganAt: timeIn(wire.begin_time, 'begin_time'),
    endedAt: timeIn(wire.end_time, 'end_time'),
    errorCode: wire.error_code || undefined,
    failReason: wire.fail_reason || undefined,
    backupId: wire.entities?.backup_id ?? undefined,
    volumeId: wire.entities?.volume_id ?? undefined,
    snapshotId: wire.entities?.snapshot_id ?? undefined,
    volumeName: wire.entities?.bks_create_volume_name ?? undefined,
    subJobs: wire.sub_jobs?.map(toJob) ?? [],
  };
}
