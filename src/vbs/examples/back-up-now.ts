import { type Job, VbsApiError, type VbsClient } from '../vbs.ts';

/** Backs a disk up and follows the job to its end; says in plain words why it can't. */
export async function backUpNow(
  client: VbsClient,
  volumeId: string,
  wait: (ms: number) => Promise<void>,
): Promise<string> {
  try {
    const { jobId } = await client.backups.create({ volumeId, name: 'by-hand', full: true });
    let job: Job = await client.jobs.get(jobId);
    while (job.status === 'INIT' || job.status === 'RUNNING') {
      await wait(5_000);
      job = await client.jobs.get(jobId);
    }
    return job.status === 'SUCCESS'
      ? `backup ${job.backupId} is made`
      : `failed: ${job.failReason ?? 'no reason told'}`;
  } catch (error) {
    if (error instanceof VbsApiError && error.explanation) return `${error.explanation} ${error.remedy}`;
    throw error;
  }
}
