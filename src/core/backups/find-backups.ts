import type { Backup, BackupStatus } from './backup.ts';

export interface BackupFilter {
  /** Part of the name or of the id, in any case. */
  readonly name?: string | undefined;
  readonly status?: BackupStatus | undefined;
  /** Part of the disk's id, or of its name in the settings. */
  readonly disk?: string | undefined;
}

/** The backups that match every part of the filter, in their order. */
export function findBackups(
  backups: readonly Backup[],
  filter: BackupFilter,
  disks: ReadonlyMap<string, string>,
): readonly Backup[] {
  const name = filter.name?.toLowerCase();
  const disk = filter.disk?.toLowerCase();
  return backups.filter((backup) => {
    if (filter.status && backup.status !== filter.status) return false;
    if (name && !contains(backup.name, name) && !contains(backup.id, name)) return false;
    if (!disk) return true;
    const diskName = backup.diskId === undefined ? undefined : disks.get(backup.diskId);
    return contains(backup.diskId, disk) || contains(diskName, disk);
  });
}

function contains(text: string | undefined, part: string): boolean {
  return text?.toLowerCase().includes(part) ?? false;
}
