import type { Backup } from '../../backups/backup.ts';
import { type Failure, unlessGone } from '../../failure.ts';
import type { Job } from '../../jobs/job.ts';
import type { BackupService } from '../../ports.ts';

/** The backup, or undefined once the cloud does not know it. */
export function backupIfThere(
  cloud: BackupService,
  backupId: string,
  signal: AbortSignal,
): Promise<Backup | undefined> {
  return unlessGone(cloud.backup(backupId, signal));
}

/** The job; undefined where there is none, or the cloud has forgotten it. */
export async function jobIfThere(
  cloud: BackupService,
  jobId: string | undefined,
  signal: AbortSignal,
): Promise<Job | undefined> {
  return jobId === undefined ? undefined : unlessGone(cloud.job(jobId, signal));
}

/** Why a job failed: its own reason, or that of the first of its parts which tells one. */
export function jobFailure(job: Job): Failure {
  const told = job.failure ?? job.subJobs.find((part) => part.failure !== undefined)?.failure;
  return told ?? { kind: 'no_reason_given' };
}

/** Why a backup is in error. */
export function backupFailure({ failReason }: Backup): Failure {
  return failReason ? { kind: 'failed_in_cloud', message: failReason } : { kind: 'no_reason_given' };
}
