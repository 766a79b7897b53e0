import type { Page } from '../../core/page.ts';
import type { Context, Reply } from '../answers.ts';
import { defineCommand } from '../define.ts';
import { PAGE_SIZE, pageWithin } from '../list-page.ts';
import { myRequests, requestsAwaiting } from './list-requests.ts';
import { type Place, requestsView } from './requests-view.ts';

export const REQUESTS_PAGE = 'requests:page';
export const REQUESTS_WITHDRAW = 'requests:withdraw';
export const REQUESTS_AGAIN = '/vbs requests';

/** `/vbs requests`: mine, and those that wait for me. */
export const requestsCommand = defineCommand({
  word: 'requests',
  summary: 'shows what you asked for, and what waits for you',
  usage: '',
  examples: [REQUESTS_AGAIN],
  surplus: (args) => args,
  run: (ctx) => ({
    later: (reply) => showRequests(ctx, { mine: 0, waiting: 0 }, reply),
    waiting: 'Looking up requests…',
  }),
});

/** Shows a page of each list, in the place of the page before. */
export async function showRequests(ctx: Context, wanted: Place, reply: Reply): Promise<void> {
  const [mine, waiting] = await Promise.all([
    pageOrLast(wanted.mine, (page) => myRequests(ctx, page)),
    pageOrLast(wanted.waiting, (page) => requestsAwaiting(ctx, page)),
  ]);
  const lists = { place: { mine: mine.at, waiting: waiting.at }, mine: mine.page, waiting: waiting.page };
  await reply.replace(requestsView(lists, { page: REQUESTS_PAGE, withdraw: REQUESTS_WITHDRAW }));
}

/** The page wanted or, where the list has become shorter than that, its last one. */
async function pageOrLast<P extends Pick<Page<unknown>, 'total'> | undefined>(
  wanted: number,
  read: (page: { offset: number; limit: number }) => Promise<P>,
): Promise<{ readonly at: number; readonly page: P }> {
  const of = (at: number) => read({ offset: at * PAGE_SIZE, limit: PAGE_SIZE });
  const page = await of(wanted);
  const at = page === undefined ? 0 : pageWithin(wanted, page.total).page;
  return { at, page: page === undefined || at === wanted ? page : await of(at) };
}
