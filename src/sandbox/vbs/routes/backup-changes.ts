import { z } from 'zod';
import { CINDER } from '../http/dialects.ts';
import { isUuid } from '../http/query.ts';
import { Refusal } from '../http/refusal.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import { isBackingUp, orderBackup } from '../world/backup-work.ts';
import { deletionObstacle, startDeletion } from '../world/deleting.ts';
import { startRestore } from '../world/restoring.ts';
import type { Backup, Disk } from '../world/types.ts';
import { descriptionFault, nameFault, ownDisk, quotaFault } from './backup-rules.ts';
import type { NativeVersion } from './backup-views.ts';
import { summary } from './backup-views.ts';
import { microversionOf } from './microversion.ts';

const LONGEST_DESCRIPTION = 255;

/** What changes native backups, refused in Cinder's words, the service's own code before them where it has one. */
export function backupChangeRoutes(version: NativeVersion): Route[] {
  const base = `/${version}/{project_id}/backups`;
  const change = { dialect: CINDER, access: 'write' } as const;
  const answered = (handle: (call: ProjectCall) => Answer) => (call: ProjectCall) => {
    const headers = version === 'v3' ? microversionOf(call).headers : {};
    return { headers, ...handle(call) };
  };
  return [
    { ...change, name: 'backups.create', method: 'POST', path: base, handle: answered(create(version)) },
    {
      ...change,
      name: 'backups.restore',
      method: 'POST',
      path: `${base}/{backup_id}/restore`,
      handle: answered(restore),
    },
    { ...change, name: 'backups.delete', method: 'DELETE', path: `${base}/{backup_id}`, handle: answered(remove) },
  ];
}

/** The project's own backup, in Cinder's words where there is none. */
export function ownBackup(call: ProjectCall, id: string): Backup {
  const backup = call.world.backups.get(id);
  if (backup?.projectId !== call.project.id) throw new Refusal(404, '404', `Backup ${id} could not be found.`);
  return backup;
}

// Cinder takes no field that it does not know; `project_id` is the reference's own.
const createSchema = z.strictObject({
  backup: z.strictObject({
    volume_id: z.string().refine(isUuid),
    snapshot_id: z.string().refine(isUuid),
    name: z.string().nullish(),
    description: z.string().nullish(),
    container: z.string().nullish(),
    incremental: z.boolean().optional(),
    force: z.boolean().optional(),
    project_id: z.string().nullish(),
  }),
});

function create(version: NativeVersion) {
  return (call: ProjectCall): Answer => {
    const { world } = call;
    const request = parsed(createSchema, call.json(), 'backup').backup;
    const { snapshot_id: snapshotId, name = null, description = null, project_id: projectId } = request;
    if ((projectId ?? call.project.id) !== call.project.id) throw CINDER.foreignProject();
    refuse(nameFault(name ?? '') ?? descriptionFault(description ?? '', LONGEST_DESCRIPTION));
    const disk = foundDisk(call, request.volume_id);
    checkSnapshot(call, disk, snapshotId);
    if (disk.kind === 'DESS') refuse(new Refusal(400, 'VolumeBackup.0053', 'DESS disks do not support backup.'));
    if (isBackingUp(world, disk) || (disk.status !== 'available' && disk.status !== 'in-use'))
      throw invalid(
        `volume: Volume to be backed up must be available or in-use, but the current status is "${statusOf(call, disk)}".`,
      );
    const quota = quotaFault(call, disk);
    // Cinder says that a quota is used up by the status of a rate, with nothing to wait for.
    if (quota !== null)
      throw new Refusal(413, '413', {
        message: `${quota.code}: ${quota.message}`,
        headers: { 'Retry-After': '0' },
      });
    const { job, backup } = orderBackup(world, {
      disk,
      name,
      description: () => description,
      snapshotId,
      policyId: null,
      trouble: world.troubles.take(disk.id),
      alwaysBegins: true,
    });
    if (backup === null) throw new Error(`job ${job.id} made no backup`);
    return { status: 202, body: { backup: summary(backup, version) } };
  };
}

const restoreSchema = z.strictObject({ restore: z.strictObject({ volume_id: z.string().refine(isUuid) }) });

function restore(call: ProjectCall): Answer {
  const request = parsed(restoreSchema, call.json(), 'restore').restore;
  const backup = ownBackup(call, call.params['backup_id'] ?? '');
  const disk = foundDisk(call, request.volume_id);
  if (backup.status !== 'available') throw invalid('backup: Backup status must be available');
  if (disk.size < backup.size)
    throw invalid(`volume: volume size ${disk.size} is too small to restore backup of size ${backup.size}.`);
  if (disk.status !== 'available' || isBackingUp(call.world, disk))
    throw invalid('volume: Volume to be restored to must be available');
  startRestore(call.world, backup, disk);
  return {
    status: 202,
    body: { restore: { backup_id: backup.id, volume_id: disk.id, volume_name: disk.name } },
  };
}

function remove(call: ProjectCall): Answer {
  const backup = ownBackup(call, call.params['backup_id'] ?? '');
  switch (deletionObstacle(call.world, backup)) {
    case 'busy':
      throw invalid('backup: Backup status must be available or error');
    case 'shared':
      throw invalid('backup: the backup is shared with other projects');
    case 'image':
      throw invalid('backup: VolumeBackup.0113: The backup has already been used to create an image.');
    case null:
      startDeletion(call.world, backup);
      return { status: 202 };
  }
}

function foundDisk(call: ProjectCall, id: string): Disk {
  const disk = ownDisk(call, id);
  if (disk === undefined) throw new Refusal(404, '404', `Volume ${id} could not be found.`);
  return disk;
}

// Snapshots have an API of their own, elsewhere: any is taken but one that is known as another disk's.
function checkSnapshot(call: ProjectCall, disk: Disk, id: string): void {
  const stranger = call.world.backups
    .in(call.project.id)
    .find((backup) => backup.snapshotId === id && backup.volumeId !== disk.id);
  if (stranger === undefined) return;
  throw invalid(`volume: Inconsistent volume and snapshot: snapshot ${id} is not of volume ${disk.id}`);
}

function statusOf(call: ProjectCall, disk: Disk): string {
  return isBackingUp(call.world, disk) ? 'backing-up' : disk.status;
}

function parsed<T>(schema: z.ZodType<T>, given: unknown, field: string): T {
  const request = schema.safeParse(given);
  if (request.success) return request.data;
  const issue = request.error.issues[0];
  const what =
    issue?.code === 'unrecognized_keys'
      ? `Additional properties are not allowed ('${issue.keys[0]}' was unexpected)`
      : `'${issue?.path.at(-1) === undefined ? field : String(issue.path.at(-1))}' is missing or invalid`;
  throw new Refusal(400, '400', `Invalid input for field/attribute ${field}. ${what}`);
}

function invalid(what: string): Refusal {
  return new Refusal(400, '400', `Invalid ${what}`);
}

function refuse(fault: Refusal | null): void {
  if (fault !== null) throw new Refusal(fault.status, '400', `${fault.code}: ${fault.message}`);
}
