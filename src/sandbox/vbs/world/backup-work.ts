import { addBackup, addBackupJob, finishBackup, startJob } from './backup-making.ts';
import type { Failure } from './jobs.ts';
import { endJob } from './jobs.ts';
import { quotaFailure } from './quota.ts';
import type { Trouble } from './troubles.ts';
import type { Backup, Disk, Job, Tag } from './types.ts';
import type { World } from './world.ts';

// With these the service gives up before there is a backup.
const REFUSED_AT_START = /^VolumeBackup\.00(0\d|1\d|2[0-6]|40|53|6[0-3]|7\d|8\d)$/;
const NEVER_ENDED = { code: 'VolumeBackup.0029', reason: 'Failed to query the backup result.' };

export interface BackupOrder {
  disk: Disk;
  name: string | null;
  /** Full where it is the disk's first or where that is asked for. */
  full?: boolean;
  /** The words that describe it to its marks; the service finds its own unless given. */
  description?: (incremental: boolean) => string | null;
  snapshotId?: string | null;
  tags?: readonly Tag[];
  policyId: string | null;
  trouble: Trouble | undefined;
  /** The backup is there from the beginning, whatever befalls it. */
  alwaysBegins?: boolean;
  ended?: (outcome: 'success' | 'fail' | 'timeout') => void;
}

/** Whether a backup of the disk is being made. */
export function isBackingUp(world: World, disk: Disk): boolean {
  return disk.status === 'backing-up' || world.backups.in(disk.id).some((backup) => backup.status === 'creating');
}

/** Begins the making of a backup; the disk is busy until it ends, as the trouble that is in store wants it. */
export function orderBackup(world: World, order: BackupOrder): { job: Job; backup: Backup | null } {
  const { disk } = order;
  const before = disk.status;
  const full = quotaFailure(world, disk);
  const trouble: Trouble | undefined = full === null ? order.trouble : { kind: 'fail', withoutJob: false, ...full };
  const job = addBackupJob(world, disk, order.name ?? 'backup');
  const backup = order.alwaysBegins === true || makesBackup(trouble) ? begun(world, order) : null;
  disk.status = 'backing-up';
  world.after(Math.min(2, world.pace.taskSeconds / 20), () => startJob(world, job, { disk, backup }));
  const end = (outcome: 'success' | 'fail' | 'timeout', failure: Failure | null) => {
    endJob(world, job, failure);
    if (backup !== null) finishBackup(world, backup, failure?.reason ?? null);
    if (disk.status === 'backing-up') disk.status = before;
    order.ended?.(outcome);
  };
  planEnd(world, trouble, end);
  return { job, backup };
}

function planEnd(
  world: World,
  trouble: Trouble | undefined,
  end: (outcome: 'success' | 'fail' | 'timeout', failure: Failure | null) => void,
): void {
  const { taskSeconds, timeoutSeconds } = world.pace;
  switch (trouble?.kind) {
    case 'fail':
      world.after(taskSeconds / 2, () => end('fail', { code: trouble.code, reason: trouble.reason }));
      return;
    case 'timeout':
      world.after(timeoutSeconds, () => end('timeout', NEVER_ENDED));
      return;
    case 'slow':
    case undefined:
      world.after(taskSeconds * (trouble?.factor ?? 1), () => end('success', null));
  }
}

function begun(world: World, order: BackupOrder): Backup {
  const { disk, name, policyId } = order;
  const incremental = order.full !== true && world.backups.in(disk.id).length > 0;
  return addBackup(world, {
    disk,
    name,
    status: 'creating',
    createdAt: world.now,
    incremental,
    policyId,
    ...(order.description ? { description: order.description(incremental) } : {}),
    ...(order.snapshotId ? { snapshotId: order.snapshotId } : {}),
    ...(order.tags ? { tags: order.tags } : {}),
  });
}

function makesBackup(trouble: Trouble | undefined): boolean {
  return trouble?.kind !== 'fail' || !REFUSED_AT_START.test(trouble.code);
}
