import { type Backup, type BackupStatus, backupStatuses } from '../../core/backups/backup.ts';
import { oneLine } from '../kit.ts';
import { MARKS, type Mark } from '../words.ts';

/** Enough of a cloud's id to tell two apart at a glance. */
const SHORT_ID = 8;

const statuses: Readonly<Record<BackupStatus, readonly [mark: Mark, word: string]>> = {
  available: ['done', 'available'],
  creating: ['working', 'creating'],
  deleting: ['working', 'deleting'],
  restoring: ['working', 'restoring'],
  error: ['failed', 'error'],
  error_restoring: ['failed', 'error while restoring'],
  error_deleting: ['failed', 'error while deleting'],
  unknown: ['attention', 'unknown status'],
};

/** A status as people read it: `available`. */
export function statusWord(status: BackupStatus): string {
  return statuses[status][1];
}

/** The same of a status that was kept as text. Raw text. */
export function statusWordOf(text: string): string {
  const status = backupStatuses.find((one) => one === text);
  return status === undefined ? text : statusWord(status);
}

/** A status with its mark, to begin a line: `✅ Available`. */
export function statusMarked(status: BackupStatus): string {
  const [mark, word] = statuses[status];
  return `${MARKS[mark].mark} ${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** A backup's name as safe mrkdwn; one without a name is told from others by its id: `unnamed (1f3a09c2)`. */
export function nameWords({ id, name }: Pick<Backup, 'id'> & { readonly name?: string | undefined }): string {
  return oneLine(name ?? '') || `unnamed (${shortId(id)})`;
}

/** The API names no disks: the settings may, by disk id. */
export type DiskNames = ReadonlyMap<string, string>;

/** A disk's name in the settings, as safe mrkdwn; one that has none there is called by the beginning of its id. */
export function diskName(diskId: string | undefined, disks: DiskNames): string {
  if (diskId === undefined) return 'unknown disk';
  return oneLine(disks.get(diskId) ?? '') || `disk ${shortId(diskId)}`;
}

/** The same as raw text, for a screen reader. */
export function diskLabel(diskId: string, disks: DiskNames): string {
  return disks.get(diskId) || `disk ${diskId.slice(0, SHORT_ID)}`;
}

/** A project's alias, as safe mrkdwn; one that the settings do not name is called by the beginning of its id. */
export function projectWords({ alias, projectId }: { alias?: string | undefined; projectId: string }): string {
  return alias === undefined ? `project ${shortId(projectId)}` : oneLine(alias);
}

/** Enough of a cloud's id to know it by, as safe mrkdwn. */
export function shortId(id: string): string {
  return oneLine(id.slice(0, SHORT_ID));
}
