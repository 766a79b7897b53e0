import { z } from 'zod';
import { VBS } from '../http/dialects.ts';
import { isUuid } from '../http/query.ts';
import { Refusal } from '../http/refusal.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import { describe } from '../world/backup-making.ts';
import { orderBackup } from '../world/backup-work.ts';
import { deletionObstacle, startDeletion } from '../world/deleting.ts';
import { startRestore } from '../world/restoring.ts';
import type { Backup } from '../world/types.ts';
import {
  checkedTags,
  descriptionFault,
  diskFault,
  nameFault,
  ownDisk,
  quotaFault,
  restoreFault,
} from './backup-rules.ts';

const BASE = '/v2/{project_id}/cloudbackups';
const LONGEST_DESCRIPTION = 64;
const OWN = { dialect: VBS, method: 'POST', access: 'write' } as const;

/** Backups made, restored and deleted by the service's own calls, each followed by a job. */
export const cloudBackupRoutes: Route[] = [
  { ...OWN, name: 'cloudbackups.create', path: BASE, handle: create },
  { ...OWN, name: 'cloudbackups.restore', path: `${BASE}/{backup_id}/restore`, handle: restore },
  { ...OWN, name: 'cloudbackups.delete', path: `${BASE}/{backup_id}`, handle: remove },
];

const createSchema = z.object({
  backup: z.object({
    volume_id: z.string().nullish(),
    snapshot_id: z.string().nullish(),
    name: z.string().nullish(),
    description: z.string().nullish(),
    tags: z.unknown().optional(),
    extend_param: z.object({ FullBackup: z.enum(['true', 'false', '']).nullish() }).nullish(),
  }),
});

function create(call: ProjectCall): Answer {
  const request = createSchema.safeParse(call.json());
  if (!request.success) throw VBS.malformed(request.error.issues[0]?.path.join('.') || 'there is no backup');
  const { volume_id: volumeId, snapshot_id: snapshotId, name, description, ...more } = request.data.backup;
  if (!volumeId) throw refusal(400, '0010', 'Parameter volume_id in the request is empty.');
  if (!isUuid(volumeId)) throw refusal(400, '0011', 'The format of parameter volume_id in the request is incorrect.');
  if (snapshotId && !isUuid(snapshotId)) throw VBS.malformed('snapshot_id is not a UUID');
  if (!name) throw refusal(400, '0007', 'Parameter name in the request is empty.');
  refuse(nameFault(name) ?? descriptionFault(description ?? '', LONGEST_DESCRIPTION));
  const tags = checkedTags(more.tags);
  const disk = ownDisk(call, volumeId);
  if (disk === undefined) throw refusal(404, '0021', 'The EVS disk does not exist or has been deleted.');
  refuse(diskFault(call, disk) ?? quotaFault(call, disk));
  const { job } = orderBackup(call.world, {
    disk,
    name,
    full: more.extend_param?.FullBackup === 'true',
    description: (incremental) => describe(description ?? '', incremental),
    snapshotId: snapshotId ?? null,
    tags,
    policyId: null,
    trouble: call.world.troubles.take(disk.id),
  });
  return { status: 200, body: { job_id: job.id } };
}

const restoreSchema = z.object({ restore: z.object({ volume_id: z.string() }) });

function restore(call: ProjectCall): Answer {
  const backupId = call.params['backup_id'] ?? '';
  if (!isUuid(backupId)) throw refusal(400, '0204', 'The format of parameter backup_id in the request is incorrect.');
  const request = restoreSchema.safeParse(call.json());
  if (!request.success) throw refusal(400, '0210', 'The format of the disk restoration request is incorrect.');
  const { volume_id: volumeId } = request.data.restore;
  if (!isUuid(volumeId)) throw refusal(400, '0208', 'Parameter volume_id in the request is incorrect.');
  const backup = ownBackup(call, backupId);
  const disk = ownDisk(call, volumeId);
  if (backup === undefined || disk === undefined)
    throw refusal(404, '0111', 'The disk to be restored or the backup used to restore the disk does not exist.');
  refuse(restoreFault(call, { backup, disk }));
  return { status: 200, body: { job_id: startRestore(call.world, backup, disk).id } };
}

function remove(call: ProjectCall): Answer {
  const backupId = call.params['backup_id'] ?? '';
  if (!isUuid(backupId)) throw refusal(400, '0105', 'The format of the backup deletion request is incorrect.');
  const backup = ownBackup(call, backupId);
  if (backup === undefined) throw refusal(404, '0110', 'Failed to query the backup: it does not exist.');
  switch (deletionObstacle(call.world, backup)) {
    case 'image':
      throw refusal(400, '0113', 'The backup has already been used to create an image and cannot be deleted.');
    case 'shared':
      throw refusal(400, '0125', 'Failed to perform the backup deletion operation: the backup is shared.');
    case 'busy':
      throw refusal(400, '0125', `Failed to perform the backup deletion operation: it is ${backup.status}.`);
    case null:
      return { status: 200, body: { job_id: startDeletion(call.world, backup).id } };
  }
}

/** The project's own backup; one that is only shared with it gives no right to change anything. */
function ownBackup(call: ProjectCall, id: string): Backup | undefined {
  const backup = call.world.backups.get(id);
  if (backup === undefined || backup.projectId === call.project.id) return backup;
  if (call.world.sharings.in(id).some((sharing) => sharing.toProjectId === call.project.id)) throw VBS.readOnly();
  return undefined;
}

function refuse(fault: Refusal | null): void {
  if (fault !== null) throw fault;
}

function refusal(status: number, code: string, message: string): Refusal {
  return new Refusal(status, `VolumeBackup.${code}`, message);
}
