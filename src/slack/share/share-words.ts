import type { BackupFacts } from '../../core/backups/backup.ts';
import type { ShareRequest, ShareTarget } from '../../core/sharing/share-request.ts';
import { diskName, nameWords, shortId } from '../backups/backup-words.ts';
import { oneLine } from '../kit.ts';
import { count, gib, list, utc } from '../words.ts';

/** More projects than these are counted, not named, within a sentence. */
const NAMED = 3;

/** A backup's name as safe mrkdwn; one without a name, or not read yet, is told from others by the beginning of its id. */
export function backupWords(backup: { readonly name?: string | undefined } | undefined, backupId: string): string {
  return backup === undefined ? `backup ${shortId(backupId)}` : nameWords({ id: backupId, name: backup.name });
}

/** A receiving project's name as safe mrkdwn; one that the settings do not name is called by its id. */
export function targetWords(target: Pick<ShareTarget, 'alias' | 'projectId'>): string {
  return oneLine(target.alias ?? target.projectId);
}

/** All of them in a fact, the first few in a sentence. */
export function targetsWords(targets: readonly Pick<ShareTarget, 'alias' | 'projectId'>[], most = NAMED): string {
  const names = targets.map(targetWords);
  if (names.length <= most) return list(names);
  return list([...names.slice(0, most), `${count(names.length - most)} more`]);
}

/** `db-nightly-0412 (payments) with analytics`: what every first line says of a request. */
export function shareWords(request: ShareRequest, targets: readonly ShareTarget[] = request.targets): string {
  return `${ownWords(request)} with ${targetsWords(targets)}`;
}

/** `db-nightly-0412 (payments)` */
export function ownWords(request: ShareRequest): string {
  return `${backupWords(request.backup, request.backupId)} (${oneLine(request.project)})`;
}

/** The command that shows whether it is shared. */
export function listOf({ project }: Pick<ShareRequest, 'project'>): string {
  return `/vbs shares ${oneLine(project)} out`;
}

/** `payments-db-1 (100 GiB)`; undefined where the cloud told of neither. */
export function diskWords(backup: Partial<BackupFacts>, disks: ReadonlyMap<string, string>): string | undefined {
  const { diskId, sizeGib } = backup;
  const size = sizeGib === undefined ? undefined : gib(sizeGib);
  if (diskId === undefined) return size;
  const name = diskName(diskId, disks);
  return size === undefined ? name : `${name} (${size})`;
}

/**
 * A moment in the reader's zone with its age, both kept up by Slack: `today at 02:00 (6 hours ago)`. A card stands for
 * days, so an age written out would soon be wrong.
 */
export function moment(date: Date): string {
  const seconds = Math.floor(date.getTime() / 1000);
  return `<!date^${seconds}^{date_short_pretty} at {time} ({ago})|${utc(date)}>`;
}

/** The end of a request's id: enough for two people to speak of the same one. */
export function requestCode(requestId: string): string {
  return oneLine(requestId.slice(-4));
}
