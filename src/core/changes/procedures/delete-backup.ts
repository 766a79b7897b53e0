import type { Backup, BackupStatus } from '../../backups/backup.ts';
import type { Procedure, Progress } from '../procedure.ts';
import { backupFailure, backupIfThere, jobFailure, jobIfThere } from './follow-backup.ts';

/** Statuses from which a backup can be deleted. */
const deletable: readonly BackupStatus[] = ['available', 'error', 'error_restoring', 'error_deleting'];

/** Whether the backup is at rest, so that it can be deleted. */
export function isDeletable({ status }: Pick<Backup, 'status'>): boolean {
  return deletable.includes(status);
}

/** A backup is deleted; what other projects have of it would go with it, so it is refused while it is shared. */
export const deleteBackup: Procedure<'backup.delete'> = {
  async problem({ cloud, deed, signal }) {
    const backup = await backupIfThere(cloud, deed.backupId, signal);
    if (backup === undefined) return { kind: 'backup_gone' };
    if (backup.hasDependents) return { kind: 'backup_needed' };
    if (!isDeletable(backup)) return { kind: 'backup_not_available', message: backup.status };
    for await (const sharing of cloud.sharings({ direction: 'out', backupId: deed.backupId }, signal)) {
      if (sharing.backupId === deed.backupId) return { kind: 'backup_shared' };
    }
    return undefined;
  },
  async call({ cloud, deed, signal }) {
    const { value, requestId } = await cloud.deleteBackup(deed.backupId, signal);
    const job = value.jobId === undefined ? {} : { jobId: value.jobId };
    return { value: { running: { backupId: deed.backupId, ...job } }, requestId };
  },
  async look({ cloud, deed, signal }) {
    const backup = await backupIfThere(cloud, deed.backupId, signal);
    if (backup === undefined) return { done: { backupId: deed.backupId } };
    return backup.status === 'deleting' ? { running: { backupId: deed.backupId } } : 'absent';
  },
  async follow({ cloud, deed, change, signal }): Promise<Progress> {
    const backup = await backupIfThere(cloud, deed.backupId, signal);
    if (backup === undefined) return { done: { backupId: deed.backupId } };
    const job = await jobIfThere(cloud, change.result?.jobId, signal);
    if (job?.status === 'failed') return { failed: jobFailure(job) };
    return backup.status === 'error_deleting' ? { failed: backupFailure(backup) } : 'running';
  },
};
