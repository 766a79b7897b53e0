export const backupStatuses = [
  'available',
  'creating',
  'deleting',
  'restoring',
  'error',
  'error_restoring',
  'error_deleting',
  'unknown',
] as const;
export type BackupStatus = (typeof backupStatuses)[number];

/** A backup of one disk, as the cloud tells of it. */
export interface Backup {
  readonly id: string;
  readonly name: string | undefined;
  readonly status: BackupStatus;
  readonly sizeGib: number;
  readonly diskId: string | undefined;
  /** When it was taken. */
  readonly takenAt: Date | undefined;
  readonly description: string | undefined;
  readonly failReason: string | undefined;
  readonly incremental: boolean | undefined;
  readonly availabilityZone: string | undefined;
  /** Whether later incremental backups build on it. */
  readonly hasDependents?: boolean | undefined;
}

/** What a request remembers of its backup, for the card. */
export interface BackupFacts {
  readonly name: string | undefined;
  readonly diskId: string | undefined;
  readonly sizeGib: number | undefined;
  readonly takenAt: Date | undefined;
}

/** The facts of a backup that a card shows. */
export function factsOf(backup: Backup): BackupFacts {
  return {
    name: backup.name,
    diskId: backup.diskId,
    sizeGib: backup.sizeGib,
    takenAt: backup.takenAt,
  };
}

/** A backup to be made of a disk. */
export interface NewBackup {
  readonly diskId: string;
  readonly name: string;
  readonly description: string | undefined;
  /** A snapshot of the disk that is there already, to be backed up in place of a new one. */
  readonly snapshotId: string | undefined;
  /** Of the whole disk, rather than of what changed since the last one; the cloud decides unless given. */
  readonly full: boolean | undefined;
  readonly tags: readonly Tag[];
}

/** A label of a backup or policy. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}
