import type { Procedure, Progress } from '../procedure.ts';
import { backupFailure, backupIfThere, jobFailure, jobIfThere } from './follow-backup.ts';

/**
 * A disk is overwritten with a backup's data. Where the answer was lost and the cloud shows no restoration going on, it
 * may be over already: doing it again could overwrite what was written since, so that is left to people.
 */
export const restoreBackup: Procedure<'backup.restore'> = {
  async problem({ cloud, deed, signal }) {
    const backup = await backupIfThere(cloud, deed.backupId, signal);
    if (backup === undefined) return { kind: 'backup_gone' };
    return backup.status === 'available' ? undefined : { kind: 'backup_not_available', message: backup.status };
  },
  async call({ cloud, deed, signal }) {
    const { value, requestId } = await cloud.restoreBackup(deed.backupId, deed.diskId, signal);
    const job = value.jobId === undefined ? {} : { jobId: value.jobId };
    return { value: { running: { backupId: deed.backupId, ...job } }, requestId };
  },
  async look({ cloud, deed, signal }) {
    const backup = await backupIfThere(cloud, deed.backupId, signal);
    return backup?.status === 'restoring' ? { running: { backupId: deed.backupId } } : 'unclear';
  },
  async follow({ cloud, deed, change, signal }): Promise<Progress> {
    const job = await jobIfThere(cloud, change.result?.jobId, signal);
    if (job?.status === 'failed') return { failed: jobFailure(job) };
    if (job !== undefined && job.status !== 'succeeded') return 'running';
    const backup = await backupIfThere(cloud, deed.backupId, signal);
    if (backup?.status === 'error_restoring') return { failed: backupFailure(backup) };
    if (backup?.status === 'restoring') return 'running';
    return backup === undefined && job === undefined
      ? { failed: { kind: 'not_confirmed' } }
      : { done: { backupId: deed.backupId } };
  },
};
