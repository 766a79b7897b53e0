import type { Context, Reply } from '../answers.ts';
import { defineCommand } from '../define.ts';
import { myRequests, requestsAwaiting } from './list-requests.ts';
import { PER_PAGE, type Place, requestsView } from './requests-view.ts';

export const REQUESTS_PAGE = 'requests:page';
export const REQUESTS_WITHDRAW = 'requests:withdraw';
export const REQUESTS_AGAIN = '/vbs requests';

/** `/vbs requests`: mine, and those that wait for me. */
export const requestsCommand = defineCommand({
  word: 'requests',
  summary: 'shows the shares that you asked for, and those that wait for you',
  usage: '',
  examples: [REQUESTS_AGAIN],
  run: (ctx) => ({
    later: (reply) => showRequests(ctx, { mine: 0, waiting: 0 }, reply),
    waiting: 'Looking up requests…',
  }),
});

/** Shows a page of each list, in the place of the page before. */
export async function showRequests(ctx: Context, wanted: Place, reply: Reply): Promise<void> {
  const [mine, waiting] = await Promise.all([
    pageOrLast(wanted.mine, (offset) => myRequests(ctx, { offset, limit: PER_PAGE })),
    pageOrLast(wanted.waiting, (offset) => requestsAwaiting(ctx, { offset, limit: PER_PAGE })),
  ]);
  const lists = { place: { mine: mine.at, waiting: waiting.at }, mine: mine.page, waiting: waiting.page };
  await reply.replace(requestsView(lists, { page: REQUESTS_PAGE, withdraw: REQUESTS_WITHDRAW }));
}

/** The page wanted or, where the list has become shorter than that, its last one. */
async function pageOrLast<P extends { readonly total: number } | undefined>(
  at: number,
  read: (offset: number) => Promise<P>,
): Promise<{ readonly at: number; readonly page: P }> {
  const page = await read(at);
  if (page === undefined || at === 0 || at < page.total) return { at, page };
  const last = Math.floor(Math.max(0, page.total - 1) / PER_PAGE) * PER_PAGE;
  return { at: last, page: await read(last) };
}
