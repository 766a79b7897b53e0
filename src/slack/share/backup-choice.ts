import type { Backup } from '../../core/backups/backup.ts';
import type { Choice } from '../answers.ts';
import { statusWord } from '../backups/backup-words.ts';
import { ago, gib } from '../words.ts';

/** A backup as an entry of a menu, in plain words: name, and below it disk, size and age. */
export function backupChoice(backup: Backup, disks: ReadonlyMap<string, string>, now: Date): Choice {
  const disk =
    backup.diskId === undefined ? undefined : (disks.get(backup.diskId) ?? `disk ${backup.diskId.slice(0, 8)}`);
  const status = backup.status === 'available' ? undefined : `not available: ${statusWord(backup.status)}`;
  const parts = [status, disk, gib(backup.sizeGib), backup.takenAt && ago(backup.takenAt, now)];
  return {
    text: backup.name || backup.id,
    value: backup.id,
    description: parts.filter((part) => part !== undefined).join(' · '),
  };
}
