import type { Context } from '../answers.ts';
import { CREATE_BEGIN } from '../backup-forms/create-form.ts';
import type { Message } from '../kit.ts';
import { oneLine } from '../kit.ts';
import { MARKS } from '../words.ts';
import { backupsListView } from './backups-list-view.ts';
import type { BackupsPlace } from './backups-place.ts';
import { readBackups } from './read-backups.ts';

export const BACKUPS_AGAIN = '/vbs backups';
export const BACKUPS_PAGE = 'backups:page';
export const BACKUPS_FILTER = 'backups:filter';
export const BACKUPS_DETAILS = 'backups:details';
const ids = { page: BACKUPS_PAGE, filter: BACKUPS_FILTER, details: BACKUPS_DETAILS, create: CREATE_BEGIN };

/** The page as it is now. `fresh`: what is shared is read again. Throws NotFound, NotAllowed, CannotCheck, CloudError. */
export async function drawBackups(
  ctx: Context,
  place: BackupsPlace,
  about: { fresh?: boolean } = {},
): Promise<Message> {
  const page = await readBackups(ctx, place, about);
  return backupsListView(page, { ids, now: ctx.now });
}

/** What is waited for while the cloud is slow. */
export function readingBackups(project: string): string {
  return `${MARKS.working.mark} Reading the backups of ${oneLine(project)}…`;
}
