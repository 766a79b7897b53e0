import { VBS } from '../http/dialects.ts';
import type { SortValue } from '../http/query.ts';
import { contains, filterIn, flagIn, isProjectId, isUuid, sorted, wordIn } from '../http/query.ts';
import { Refusal } from '../http/refusal.ts';
import type { ProjectCall } from '../http/route.ts';
import type { Backup, Sharing } from '../world/types.ts';

const SORT_KEYS = [
  'created_at',
  'name',
  'status',
  'container_format',
  'disk_format',
  'size',
  'id',
  'updated_at',
] as const;

/** A sharing with the backup that it is of; its id is the sharing's. */
export interface SharedBackup {
  id: string;
  sharing: Sharing;
  backup: Backup;
}

interface Filter {
  /** Refuses what cannot be a value. */
  check?: (text: string) => void;
  fits: (one: SharedBackup, text: string) => boolean;
}

const zone: Filter = { fits: ({ backup }, text) => backup.availabilityZone === text };

const FILTERS: Record<string, Filter> = {
  volume_id: { check: checkedVolumeId, fits: ({ backup }, text) => backup.volumeId === text },
  backup_id: { check: checkedBackupId, fits: ({ backup }, text) => backup.id === text },
  from_project_id: { check: checkedProjectId, fits: ({ sharing }, text) => sharing.fromProjectId === text },
  to_project_id: { check: checkedProjectId, fits: ({ sharing }, text) => sharing.toProjectId === text },
  name: { fits: ({ backup }, text) => contains(backup.name, text) },
  status: { fits: ({ backup }, text) => backup.status === text },
  // The reference misspells it; some clients spell it right.
  avalilability_zone: zone,
  availability_zone: zone,
};

/** The sharings that the query asks for, of the side that it asks for. */
export function matching(call: ProjectCall): SharedBackup[] {
  const side = flagIn(call, 'share_to_me') ? 'to' : 'from';
  const wanted = Object.entries(FILTERS).flatMap(([name, filter]) => {
    const text = filterIn(call, name);
    if (text === null) return [];
    filter.check?.(text);
    return { filter, text };
  });
  return call.world.sharings
    .in(`${side}:${call.project.id}`)
    .flatMap((sharing) => withBackup(call, sharing) ?? [])
    .filter((one) => wanted.every(({ filter, text }) => filter.fits(one, text)));
}

/** The same in the order that the query asks for: newest first unless it does. */
export function inOrder(call: ProjectCall, found: SharedBackup[]): SharedBackup[] {
  const key = wordIn(call, 'sort_key', { of: SORT_KEYS, otherwise: 'created_at' });
  const direction = wordIn(call, 'sort_dir', { of: ['asc', 'desc'], otherwise: 'desc' });
  return sorted(found, { value: (one) => sortValue(one, key), direction });
}

function sortValue({ sharing, backup }: SharedBackup, key: (typeof SORT_KEYS)[number]): SortValue {
  switch (key) {
    case 'name':
      return backup.name;
    case 'status':
      return backup.status;
    case 'size':
      return backup.size;
    case 'id':
      return sharing.id;
    case 'created_at':
      return sharing.createdAt;
    // A sharing is never changed, and backups of disks have no formats.
    case 'updated_at':
    case 'container_format':
    case 'disk_format':
      return null;
  }
}

/** The sharing with its backup, if that is still there. */
export function withBackup(call: ProjectCall, sharing: Sharing): SharedBackup | undefined {
  const backup = call.world.backups.get(sharing.backupId);
  return backup && { id: sharing.id, sharing, backup };
}

export function checkedBackupId(id: string): string {
  if (id === '') throw new Refusal(400, 'VolumeBackup.0203', 'Parameter backup_id in the request is empty.');
  if (!isUuid(id)) throw new Refusal(400, 'VolumeBackup.0204', 'The format of parameter backup_id is incorrect.');
  return id;
}

function checkedVolumeId(id: string): void {
  if (!isUuid(id)) throw new Refusal(400, 'VolumeBackup.0011', 'The format of parameter volume_id is incorrect.');
}

export function checkedProjectId(id: string): string {
  if (!isProjectId(id)) throw VBS.malformed('a project id has 32 hexadecimal characters');
  return id;
}
