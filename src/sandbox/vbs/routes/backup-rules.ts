import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import type { ProjectCall } from '../http/route.ts';
import { isBackingUp } from '../world/backup-work.ts';
import { isDiskFull, quotaFailure } from '../world/quota.ts';
import type { Backup, Disk, Tag } from '../world/types.ts';

const NAME_LENGTH = 64;
const TAG_COUNT = 10;
const TAG_KEY_LENGTH = 36;
const TAG_VALUE_LENGTH = 43;
// Control characters and those that the reference names.
const NOT_IN_TAGS = /[\p{Cc}=*<>\\,|/]/u;

const tagsSchema = z.array(z.strictObject({ key: z.string(), value: z.string() })).nullish();

/** What is wrong with the name of a new backup, in either way of making one. */
export function nameFault(name: string): Refusal | null {
  if (name.length > NAME_LENGTH) return refusal('0003', 'Parameter name in the request is too long.');
  if (!/^[A-Za-z0-9_-]*$/.test(name))
    return refusal('0004', 'Parameter name in the request contains invalid characters.');
  if (name.startsWith('auto')) return refusal('0005', 'Parameter name in the request starts with auto.');
  return null;
}

export function descriptionFault(description: string, longest: number): Refusal | null {
  if (description.length <= longest && !/[<>]/.test(description)) return null;
  return refusal('0006', 'Parameter description in the request is too long or contains invalid characters.');
}

export function checkedTags(given: unknown): Tag[] {
  const tags = tagsSchema.safeParse(given);
  const isEachValid = tags.success && (tags.data ?? []).every(isTag);
  const keys = tags.success ? (tags.data ?? []).map((tag) => tag.key) : [];
  if (!isEachValid || new Set(keys).size < keys.length) throw refusal('0049', 'The tag parameter is invalid.');
  if (keys.length > TAG_COUNT) throw refusal('0050', 'The number of tags has reached the upper limit.');
  return tags.data ?? [];
}

/** What forbids a backup of the disk at this moment; quotas are another matter. */
export function diskFault(call: ProjectCall, disk: Disk): Refusal | null {
  if (disk.kind === 'DESS') return refusal('0053', 'DESS disks do not support backup.');
  if (isBackingUp(call.world, disk)) return refusal('0013', 'The previous backup creation task is not complete.');
  if (disk.status !== 'available' && disk.status !== 'in-use')
    return refusal('0012', 'The disk status is not available or in_use.');
  return null;
}

export function quotaFault(call: ProjectCall, disk: Disk): Refusal | null {
  if (isDiskFull(call.world, disk))
    return refusal('0040', 'The number of backups for the disk has reached the upper limit.');
  const failure = quotaFailure(call.world, disk);
  return failure === null ? null : new Refusal(400, failure.code, failure.reason);
}

/** What forbids writing the backup onto the disk at this moment. */
export function restoreFault(call: ProjectCall, of: { backup: Backup; disk: Disk }): Refusal | null {
  const { backup, disk } = of;
  if (backup.status === 'error') return refusal('0064', 'The backup status is error.');
  if (backup.status !== 'available') return refusal('0089', 'The disk backup status is unavailable.');
  if (disk.size < backup.size)
    return refusal('0209', 'The capacity of the disk must be greater than or equal to that of the backup.');
  if (isBackingUp(call.world, disk)) return refusal('0206', 'A backup is being created for the disk.');
  if (disk.status === 'error') return refusal('0202', 'The disk status is error.');
  if (disk.status !== 'available') return refusal('0205', 'The disk status is unavailable.');
  return null;
}

/** The project's own disk of this id. */
export function ownDisk(call: ProjectCall, id: string): Disk | undefined {
  const disk = call.world.disks.get(id.toLowerCase());
  return disk?.projectId === call.project.id ? disk : undefined;
}

function isTag(tag: Tag): boolean {
  return (
    tag.key !== '' &&
    tag.key.length <= TAG_KEY_LENGTH &&
    tag.value.length <= TAG_VALUE_LENGTH &&
    !NOT_IN_TAGS.test(tag.key) &&
    !NOT_IN_TAGS.test(tag.value)
  );
}

function refusal(code: string, message: string): Refusal {
  return new Refusal(400, `VolumeBackup.${code}`, message);
}
