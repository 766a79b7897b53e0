import type { Backup, Disk, Job } from './types.ts';
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
    snapshotId: world.ids.uuidOf('snapshot', id),
    availabilityZone: disk.availabilityZone,
    container: null,
    createdAt,
    updatedAt: finished ? createdAt + world.pace.taskSeconds * 1000 : null,
    dataTimestamp: createdAt,
    description: input.description === undefined ? describe(disk, incremental) : input.description,
    failReason: input.failReason ?? null,
    objectCount: finished ? 0 : null,
    isIncremental: incremental,
    serviceMetadata: metadata(finished, incremental),
    policyId: input.policyId,
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
  const job = newJob(world, disk, 'bksCreateBackup', {
    volume_id: disk.id,
    bks_create_volume_name: `${backupName}_volume`,
  });
  world.jobs.set(job.id, job);
  return job;
}

/** The job runs: its snapshot is made at once, the copy lasts. */
export function startJob(world: World, job: Job, of: { disk: Disk; backup: Backup | null }): void {
  const { disk, backup } = of;
  job.status = 'RUNNING';
  // Refused before there was a backup: no step was taken.
  if (backup === null) return;
  if (backup.snapshotId !== null) job.entities['snapshot_id'] = backup.snapshotId;
  job.entities['backup_id'] = backup.id;
  const snapshot = newJob(world, disk, 'bksCreateSnapshot', { volume_id: disk.id });
  snapshot.status = 'SUCCESS';
  snapshot.endAt = world.now;
  const copy = newJob(world, disk, 'bksCopySnapshot', { volume_id: disk.id });
  copy.status = 'RUNNING';
  job.subJobs = [snapshot, copy];
}

export function endJob(world: World, job: Job, failure: { code: string; reason: string } | null): void {
  for (const one of [...job.subJobs.filter((sub) => sub.endAt === null), job]) {
    one.status = failure === null ? 'SUCCESS' : 'FAIL';
    one.endAt = world.now;
    one.errorCode = failure?.code ?? null;
    one.failReason = failure?.reason ?? null;
  }
}

function newJob(world: World, disk: Disk, type: string, entities: Record<string, string>): Job {
  return {
    id: world.ids.nextHex('job'),
    projectId: disk.projectId,
    type,
    status: 'INIT',
    beginAt: world.now,
    endAt: null,
    errorCode: null,
    failReason: null,
    entities,
    subJobs: [],
  };
}

// The service keeps the person's words and its own marks as one JSON text.
function describe(disk: Disk, incremental: boolean): string {
  return JSON.stringify({ DESC: `Backup of ${disk.name}`, INC: incremental ? 1 : 0 });
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
