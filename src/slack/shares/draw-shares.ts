import type { Context } from '../answers.ts';
import type { Message } from '../kit.ts';
import { oneLine } from '../kit.ts';
import { MARKS } from '../words.ts';
import { readShares } from './read-shares.ts';
import { sharesListView } from './shares-list-view.ts';
import type { SharesPlace } from './shares-place.ts';

export const SHARES_AGAIN = '/vbs shares';
export const SHARES_PAGE = 'shares:page';
export const SHARES_DETAILS = 'shares:details';
const ids = { page: SHARES_PAGE, details: SHARES_DETAILS };

/** The page as it is now; `fresh`: read from the cloud in any case. Throws NotFound, NotAllowed, CannotCheck, CloudError. */
export async function drawShares(ctx: Context, place: SharesPlace, about: { fresh?: boolean } = {}): Promise<Message> {
  const page = await readShares(ctx, place, about);
  return sharesListView(page, { ids, now: ctx.now });
}

/** What is waited for while the cloud is slow. */
export function readingShares(project: string): string {
  return `${MARKS.working.mark} Reading the sharings of ${oneLine(project)}…`;
}
