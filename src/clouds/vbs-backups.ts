import { type Backup, backupStatuses, type NewBackup } from '../core/backups/backup.ts';
import type { BackupsService } from '../core/ports.ts';
import type { Backup as VbsBackup } from '../vbs/backups.ts';
import type { VbsClient } from '../vbs/client.ts';
import { asCloud, eachAsCloud } from './cloud-errors.ts';
import type { Write } from './write.ts';

/** By which of the calls that the API has twice. */
export interface BackupCalls {
  /** `tracked`: a job does the work, and is told. `native`: OpenStack's own, which answer the backup alone. */
  readonly backupCalls: 'tracked' | 'native';
  /** The tracked deletion is deprecated in favour of the native one, and used with `v2` alone. */
  readonly nativeApiVersion: 'v2' | 'v3';
}

export function vbsBackups(
  { backups, quota }: VbsClient,
  write: Write,
  { backupCalls, nativeApiVersion }: BackupCalls,
): BackupsService {
  const tracked = backupCalls === 'tracked';
  return {
    backups: (signal) => eachAsCloud(backups.list({}, { signal }), toBackup),
    backupNames: (signal) => eachAsCloud(backups.summaries({}, { signal }), ({ id, name }) => ({ id, name })),
    backup: async (id, signal) => toBackup(await asCloud(backups.get(id, { signal }))),
    async createBackup(backup, signal) {
      if (tracked) {
        const wish = trackedBackup(backup);
        const { jobId, requestId } = await write((timed) => backups.create(wish, { signal: timed }), signal);
        return { value: { jobId }, requestId };
      }
      const wish = nativeBackup(backup);
      const { backupId, requestId } = await write((timed) => backups.createNative(wish, { signal: timed }), signal);
      return { value: { backupId }, requestId };
    },
    async restoreBackup(backupId, diskId, signal) {
      if (tracked) {
        const { jobId, requestId } = await write(
          (timed) => backups.restore(backupId, diskId, { signal: timed }),
          signal,
        );
        return { value: { jobId, backupId }, requestId };
      }
      const { requestId } = await write((timed) => backups.restoreNative(backupId, diskId, { signal: timed }), signal);
      return { value: { backupId }, requestId };
    },
    async deleteBackup(backupId, signal) {
      if (tracked && nativeApiVersion === 'v2') {
        const { jobId, requestId } = await write((timed) => backups.deleteTracked(backupId, { signal: timed }), signal);
        return { value: { jobId, backupId }, requestId };
      }
      const { requestId } = await write((timed) => backups.delete(backupId, { signal: timed }), signal);
      return { value: { backupId }, requestId };
    },
    quota: (signal) => asCloud(quota.get({ signal })),
  };
}

function trackedBackup({ diskId, name, description, snapshotId, full, tags }: NewBackup) {
  return { volumeId: diskId, name, description, snapshotId, full, tags: tags.length > 0 ? tags : undefined };
}

/** The native call knows no tags. */
function nativeBackup({ diskId, name, description, snapshotId, full }: NewBackup) {
  const incremental = full === undefined ? undefined : !full;
  return { volumeId: diskId, name, description, snapshotId, incremental, force: true };
}

function toBackup(backup: VbsBackup): Backup {
  return {
    id: backup.id,
    name: backup.name,
    status: backupStatuses.find((status) => status === backup.status) ?? 'unknown',
    sizeGib: backup.sizeGib ?? 0,
    diskId: backup.volumeId,
    takenAt: backup.dataTimestamp ?? backup.createdAt,
    description: backup.description,
    failReason: backup.failReason,
    incremental: backup.isIncremental,
    availabilityZone: backup.availabilityZone,
    hasDependents: backup.hasDependentBackups,
  };
}
