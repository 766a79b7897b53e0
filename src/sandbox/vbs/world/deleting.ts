import { addJob, beginSteps, endJob } from './jobs.ts';
import type { Backup, BackupStatus, Job } from './types.ts';
import type { World } from './world.ts';

// What a deletion takes before the backup is gone.
const DELETING_SECONDS = 10;
const DELETABLE: readonly BackupStatus[] = ['available', 'error', 'error_restoring', 'error_deleting'];

/** Why a backup has to stay. */
export type DeletionObstacle = 'busy' | 'shared' | 'image';

export function deletionObstacle(world: World, backup: Backup): DeletionObstacle | null {
  if (!DELETABLE.includes(backup.status)) return 'busy';
  if (world.sharings.in(backup.id).length > 0) return 'shared';
  return backup.isImage ? 'image' : null;
}

/** Deletes a backup, or leaves it in `error_deleting` where that trouble is in store. */
export function startDeletion(world: World, backup: Backup): Job {
  const entities = { backup_id: backup.id, volume_id: backup.volumeId };
  const job = addJob(world, { projectId: backup.projectId, type: 'bksDeleteBackup', entities });
  const trouble = world.deleteTroubles.take(backup.id);
  backup.status = 'deleting';
  backup.updatedAt = world.now;
  world.after(1, () =>
    beginSteps(world, job, { types: ['bksDeleteData', 'bksDeleteSnapshot'], entities: { backup_id: backup.id } }),
  );
  world.after(DELETING_SECONDS, () => {
    endJob(world, job, trouble ?? null);
    if (trouble === undefined) return world.removeBackup(backup.id);
    backup.status = 'error_deleting';
    backup.failReason = trouble.reason;
    backup.updatedAt = world.now;
  });
  return job;
}
