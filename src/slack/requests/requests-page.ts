import { defineAction } from '../define.ts';
import { REQUESTS_AGAIN, REQUESTS_PAGE, showRequests } from './requests-command.ts';
import { placeShape } from './requests-view.ts';

/** *Newer* and *Older* in the list of requests. */
export const requestsPageAction = defineAction({
  id: REQUESTS_PAGE,
  again: REQUESTS_AGAIN,
  value: placeShape,
  run: (ctx, place) => ({ later: (reply) => showRequests(ctx, place, reply) }),
});
