import { z } from 'zod';
import { backupStatuses } from '../../core/backups/backup.ts';
import type { BackupFilter } from '../../core/backups/find-backups.ts';
import { partShape } from '../filter-form/filter-part.ts';
import { oneLine } from '../kit.ts';
import { statusWord } from './backup-words.ts';

export const filterShape = z.object({ name: partShape, status: z.enum(backupStatuses).optional(), disk: partShape });

/** Which page of which list: all that its buttons carry. Whether the person may see it is asked at each click. */
export const placeShape = z.object({
  project: z.string(),
  page: z.int().min(0),
  filter: filterShape,
});
export type BackupsPlace = z.output<typeof placeShape>;

/** A place as the value of a button. */
export function placeValue(place: BackupsPlace): string {
  return JSON.stringify(place);
}

/** A filter in words, as safe mrkdwn: `status error, disk “db-1”`; undefined where it lets everything through. */
export function filterWords({ name, status, disk }: BackupFilter): string | undefined {
  const words = [
    ...(name ? [`name or id with “${oneLine(name)}”`] : []),
    ...(status ? [`status ${statusWord(status)}`] : []),
    ...(disk ? [`disk “${oneLine(disk)}”`] : []),
  ];
  return words.length > 0 ? words.join(', ') : undefined;
}
