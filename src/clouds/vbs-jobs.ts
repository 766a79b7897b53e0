import { isKeyOf } from '../core/is-key-of.ts';
import type { Job, JobStatus } from '../core/jobs/job.ts';
import type { Job as VbsJob, JobStatus as VbsJobStatus } from '../vbs/jobs.ts';
import { failureOfCode } from './cloud-errors.ts';

const jobStatuses: Readonly<Record<VbsJobStatus, JobStatus>> = {
  INIT: 'waiting',
  RUNNING: 'running',
  SUCCESS: 'succeeded',
  FAIL: 'failed',
};

export function toJob(job: VbsJob): Job {
  return {
    id: job.id,
    type: job.type ?? 'job',
    status: isKeyOf(jobStatuses, job.status) ? jobStatuses[job.status] : 'unknown',
    beganAt: job.beganAt,
    endedAt: job.endedAt,
    failure: failureOfCode(job.errorCode, job.failReason),
    backupId: job.backupId,
    diskId: job.volumeId,
    subJobs: job.subJobs.map(toJob),
  };
}
