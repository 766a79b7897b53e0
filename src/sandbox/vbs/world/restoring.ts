import type { Failure } from './jobs.ts';
import { addJob, beginSteps, endJob } from './jobs.ts';
import type { Backup, Disk, Job } from './types.ts';
import type { World } from './world.ts';

/** Writes a backup onto a disk; both are busy until it ends, as the trouble that is in store wants it. */
export function startRestore(world: World, backup: Backup, disk: Disk): Job {
  const before = disk.status;
  const entities = { backup_id: backup.id, volume_id: disk.id };
  const job = addJob(world, { projectId: disk.projectId, type: 'bksRestoreBackup', entities });
  const trouble = world.restoreTroubles.take(disk.id);
  const { taskSeconds } = world.pace;
  backup.status = 'restoring';
  disk.status = 'restoring';
  world.after(Math.min(2, taskSeconds / 20), () =>
    beginSteps(world, job, { types: ['bksCheckVolume', 'bksWriteVolume'], entities: { volume_id: disk.id } }),
  );
  if (trouble === undefined) {
    world.after(taskSeconds, () => end(null));
    return job;
  }
  const { code, reason, lasting } = trouble;
  world.after(taskSeconds / 2, () => end({ code, reason, lasting }));
  return job;

  function end(failure: (Failure & { lasting: boolean }) | null): void {
    endJob(world, job, failure);
    const isLasting = failure?.lasting ?? false;
    backup.status = isLasting ? 'error_restoring' : 'available';
    backup.failReason = isLasting ? (failure?.reason ?? null) : null;
    backup.updatedAt = world.now;
    disk.status = isLasting ? 'error' : before;
  }
}
