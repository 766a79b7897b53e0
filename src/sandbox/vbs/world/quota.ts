import type { Failure } from './jobs.ts';
import type { Disk, Project } from './types.ts';
import type { World } from './world.ts';

export interface QuotaUse {
  used: number;
  /** Taken by backups that are being made. */
  reserved: number;
  /** -1 is none. */
  limit: number;
}

export interface ProjectQuota {
  backups: QuotaUse;
  gigabytes: QuotaUse;
}

/** What the backups of a project take of what it may have. */
export function quotaOf(world: World, project: Project): ProjectQuota {
  const backups: QuotaUse = { used: 0, reserved: 0, limit: project.quotas.backups };
  const gigabytes: QuotaUse = { used: 0, reserved: 0, limit: project.quotas.gigabytes };
  for (const backup of world.backups.in(project.id)) {
    const part = backup.status === 'creating' ? 'reserved' : 'used';
    backups[part] += 1;
    gigabytes[part] += backup.size;
  }
  return { backups, gigabytes };
}

/** What forbids one more backup of the disk, or nothing. */
export function quotaFailure(world: World, disk: Disk): Failure | null {
  const project = world.projects.get(disk.projectId);
  if (project === undefined || (project.quotas.backups === -1 && project.quotas.gigabytes === -1)) return null;
  const { backups, gigabytes } = quotaOf(world, project);
  if (!hasRoom(backups, 1))
    return { code: 'VolumeBackup.0080', reason: 'The quota for the number of backups has been used up.' };
  if (!hasRoom(gigabytes, disk.size))
    return { code: 'VolumeBackup.0081', reason: 'The quota for the capacity of backups has been used up.' };
  return null;
}

/** Whether the disk has as many backups, made by no policy, as it may. */
export function isDiskFull(world: World, disk: Disk): boolean {
  const limit = world.projects.get(disk.projectId)?.quotas.backupsPerDisk ?? -1;
  return limit !== -1 && world.backups.in(disk.id).filter((backup) => backup.policyId === null).length >= limit;
}

function hasRoom(use: QuotaUse, more: number): boolean {
  return use.limit === -1 || use.used + use.reserved + more <= use.limit;
}
