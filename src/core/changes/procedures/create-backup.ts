import { CLOUD_SKEW_MS } from '../../timing.ts';
import type { Procedure, Progress } from '../procedure.ts';
import { backupFailure, backupIfThere, jobFailure, jobIfThere } from './follow-backup.ts';

/**
 * A backup is made. The call takes no key against repetition, so after a lost answer the backup is looked for: of this
 * name, of this disk, and younger than the call.
 */
export const createBackup: Procedure<'backup.create'> = {
  problem: async () => undefined,
  async call({ cloud, deed, signal }) {
    const { value, requestId } = await cloud.createBackup(deed.backup, signal);
    const running = {
      ...(value.jobId !== undefined && { jobId: value.jobId }),
      ...(value.backupId !== undefined && { backupId: value.backupId }),
    };
    return { value: { running }, requestId };
  },
  async look({ cloud, deed, change, signal }) {
    const since = (change.calledAt ?? change.createdAt).getTime() - CLOUD_SKEW_MS;
    for await (const { id, name, diskId, takenAt } of cloud.backups(signal)) {
      const same = name === deed.backup.name && diskId === deed.backup.diskId;
      if (same && takenAt && takenAt.getTime() >= since) return { running: { backupId: id } };
    }
    return 'absent';
  },
  async follow({ cloud, change, signal }): Promise<Progress> {
    const { jobId, backupId: known } = change.result ?? {};
    const job = await jobIfThere(cloud, jobId, signal);
    if (job?.status === 'failed') return { failed: jobFailure(job) };
    const backupId = known ?? job?.backupId;
    if (backupId === undefined) {
      if (job === undefined) return { failed: { kind: 'not_confirmed' } };
      return job.status === 'succeeded' ? { done: {} } : 'running';
    }
    if (job !== undefined && job.status !== 'succeeded') return 'running';
    const backup = await backupIfThere(cloud, backupId, signal);
    if (backup === undefined) return { failed: { kind: 'backup_gone' } };
    if (backup.status === 'error') return { failed: backupFailure(backup) };
    return backup.status === 'available' ? { done: { backupId } } : 'running';
  },
};
