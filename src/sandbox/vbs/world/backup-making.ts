import { addJob, beginSteps } from './jobs.ts';
import type { Backup, Disk, Job, Tag } from './types.ts';
import type { World } from './world.ts';

export interface BackupInput {
  id?: string;
  disk: Disk;
  name: string | null;
  status: Backup['status'];
  createdAt: number;
  description?: string | null;
  failReason?: string | null;
  incremental: boolean;
  policyId: string | null;
  snapshotId?: string | null;
  tags?: readonly Tag[];
  isImage?: boolean;
}

/** A backup of a disk as the API would know it, put into the world. */
export function addBackup(world: World, input: BackupInput): Backup {
  const { disk, status, createdAt, incremental } = input;
  const id = input.id ?? world.ids.nextUuid('backup');
  const finished = status !== 'creating';
  const backup: Backup = {
    id,
    projectId: disk.projectId,
    name: input.name,
    status,
    size: disk.size,
    volumeId: disk.id,
    snapshotId: input.snapshotId ?? world.ids.uuidOf('snapshot', id),
    availabilityZone: disk.availabilityZone,
    container: null,
    createdAt,
    updatedAt: finished ? createdAt + world.pace.taskSeconds * 1000 : null,
    dataTimestamp: createdAt,
    description: input.description === undefined ? describe(`Backup of ${disk.name}`, incremental) : input.description,
    failReason: input.failReason ?? null,
    objectCount: finished ? 0 : null,
    isIncremental: incremental,
    serviceMetadata: metadata(finished, incremental),
    policyId: input.policyId,
    tags: input.tags ?? [],
    isImage: input.isImage ?? false,
  };
  world.backups.add(backup);
  return backup;
}

/** Ends the making of a backup, well or with a reason. */
export function finishBackup(world: World, backup: Backup, failReason: string | null): void {
  backup.status = failReason === null ? 'available' : 'error';
  backup.failReason = failReason;
  backup.updatedAt = world.now;
  backup.objectCount = failReason === null ? 0 : null;
  backup.serviceMetadata = metadata(failReason === null, backup.isIncremental);
}

/** The job that makes a backup, with the two steps that the service takes: snapshot, then copy. */
export function addBackupJob(world: World, disk: Disk, backupName: string): Job {
  const entities = { volume_id: disk.id, bks_create_volume_name: `${backupName}_volume` };
  return addJob(world, { projectId: disk.projectId, type: 'bksCreateBackup', entities });
}

/** The job runs: its snapshot is made at once, the copy lasts. */
export function startJob(world: World, job: Job, of: { disk: Disk; backup: Backup | null }): void {
  const { disk, backup } = of;
  job.status = 'RUNNING';
  // Refused before there was a backup: no step was taken.
  if (backup === null) return;
  if (backup.snapshotId !== null) job.entities['snapshot_id'] = backup.snapshotId;
  job.entities['backup_id'] = backup.id;
  beginSteps(world, job, { types: ['bksCreateSnapshot', 'bksCopySnapshot'], entities: { volume_id: disk.id } });
}

/** The person's words and the service's own marks, which it keeps as one JSON text. */
export function describe(words: string, incremental: boolean): string {
  return JSON.stringify({ DESC: words, INC: incremental ? 1 : 0 });
}

// Keys as the API reference names them; it prints this text with a blank at both ends.
function metadata(finished: boolean, incremental: boolean): string {
  const text = JSON.stringify({
    bootable: false,
    progress: finished ? '100' : '0',
    ST: 0,
    Type: incremental ? 1 : 0,
  });
  return ` ${text} `;
}
