import { z } from 'zod';
import { VBS } from '../http/dialects.ts';
import { flagIn, isUuid, limitIn, numberIn } from '../http/query.ts';
import { Refusal } from '../http/refusal.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import type { Backup, Sharing } from '../world/types.ts';
import { microseconds } from '../world/wire-times.ts';
import { facts } from './backup-views.ts';
import type { SharedBackup } from './sharing-search.ts';
import { checkedBackupId, checkedProjectId, inOrder, matching, withBackup } from './sharing-search.ts';

const BASE = '/v2/{project_id}/os-vendor-backup-sharing';

/** Backups of one project made usable in another. */
export const sharingRoutes: Route[] = [
  { name: 'sharings.share', method: 'POST', path: BASE, dialect: VBS, access: 'write', handle: share },
  {
    name: 'sharings.list',
    isPaged: true,
    method: 'GET',
    path: `${BASE}/detail`,
    dialect: VBS,
    access: 'read',
    handle: list,
  },
  { name: 'sharings.count', method: 'GET', path: `${BASE}/count`, dialect: VBS, access: 'read', handle: count },
  { name: 'sharings.get', method: 'GET', path: `${BASE}/{id}`, dialect: VBS, access: 'read', handle: get },
  { name: 'sharings.cancel', method: 'DELETE', path: `${BASE}/{id}`, dialect: VBS, access: 'write', handle: cancel },
];

const shareSchema = z.object({
  shared: z.object({ backup_id: z.string(), to_project_ids: z.array(z.string()).min(1) }),
});

// Sharing twice makes two sharings: the service knows no key by which it could tell a repetition.
function share(call: ProjectCall): Answer {
  const request = shareSchema.safeParse(call.json());
  if (!request.success) throw VBS.malformed(request.error.issues[0]?.path.join('.') || 'there is nothing to share');
  const { backup_id: backupId, to_project_ids: targets } = request.data.shared;
  const backup = ownBackup(call, checkedBackupId(backupId));
  if (backup.status === 'error') throw new Refusal(400, 'VolumeBackup.0064', 'The backup status is error.');
  if (backup.status !== 'available')
    throw new Refusal(400, 'VolumeBackup.0089', 'The disk backup status is unavailable.');
  for (const target of targets) checkTarget(call, target);
  const made = targets.map((toProjectId) => {
    const id = call.world.ids.nextUuid('sharing');
    const sharing = { id, backupId, fromProjectId: call.project.id, toProjectId, createdAt: call.world.now };
    call.world.sharings.add(sharing);
    return {
      backup_id: backupId,
      deleted: null,
      created_at: null,
      updated_at: null,
      to_project_id: toProjectId,
      from_project_id: call.project.id,
      deleted_at: null,
      id,
    };
  });
  return { status: 200, body: { shared: made } };
}

function list(call: ProjectCall): Answer {
  const offset = numberIn(call, 'offset', 0);
  const limit = limitIn(call, call.services.maxPage);
  const found = inOrder(call, matching(call));
  return { status: 200, body: { shared: found.slice(offset, offset + limit).map(shown) } };
}

function count(call: ProjectCall): Answer {
  return { status: 200, body: { count: matching(call).length } };
}

function get(call: ProjectCall): Answer {
  const found = withBackup(call, visibleSharing(call));
  if (found === undefined) throw noSuchSharing();
  return { status: 200, body: { shared: shown(found) } };
}

function cancel(call: ProjectCall): Answer {
  const { world, project } = call;
  if (flagIn(call, 'is_backup_id')) {
    const backup = ownBackup(call, checkedBackupId(call.params['id'] ?? ''));
    for (const sharing of world.sharings.in(backup.id)) world.sharings.remove(sharing.id);
    return { status: 200 };
  }
  const sharing = visibleSharing(call);
  if (sharing.fromProjectId !== project.id) throw VBS.readOnly();
  world.sharings.remove(sharing.id);
  return { status: 200 };
}

function visibleSharing(call: ProjectCall): Sharing {
  const id = call.params['id'] ?? '';
  if (!isUuid(id)) throw VBS.malformed('the sharing id is not a UUID');
  const sharing = call.world.sharings.get(id);
  const isMine = sharing?.fromProjectId === call.project.id || sharing?.toProjectId === call.project.id;
  if (sharing === undefined || !isMine) throw noSuchSharing();
  return sharing;
}

function ownBackup(call: ProjectCall, id: string): Backup {
  const backup = call.world.backups.get(id);
  if (backup === undefined) throw noSuchBackup();
  if (backup.projectId === call.project.id) return backup;
  const isSharedWithMe = call.world.sharings.in(id).some((sharing) => sharing.toProjectId === call.project.id);
  throw isSharedWithMe ? VBS.readOnly() : noSuchBackup();
}

function checkTarget(call: ProjectCall, id: string): void {
  checkedProjectId(id);
  if (id === call.project.id) throw VBS.malformed('a backup cannot be shared with its own project');
  if (call.world.projects.get(id) === undefined) throw VBS.malformed(`there is no project ${id}`);
}

function noSuchBackup(): Refusal {
  return new Refusal(404, 'VolumeBackup.0110', 'Failed to query the backup: it does not exist.');
}

function noSuchSharing(): Refusal {
  return new Refusal(404, 'VolumeBackup.0043', 'Failed to query the disk or backup: there is no such sharing.');
}

function shown({ sharing, backup }: SharedBackup) {
  return {
    id: sharing.id,
    backup_id: sharing.backupId,
    from_project_id: sharing.fromProjectId,
    to_project_id: sharing.toProjectId,
    created_at: microseconds(sharing.createdAt),
    updated_at: null,
    backup: {
      id: backup.id,
      name: backup.name,
      ...facts(backup),
      has_dependent_backups: null,
      is_incremental: null,
      service_metadata: backup.serviceMetadata,
    },
  };
}
