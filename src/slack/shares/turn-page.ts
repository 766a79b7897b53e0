import { defineAction } from '../define.ts';
import { drawShares, readingShares, SHARES_AGAIN, SHARES_PAGE } from './draw-shares.ts';
import { placeShape } from './shares-place.ts';

/** *← Newer*, *Older →* and the other direction: that page in the place of the list that was clicked. */
export const turnSharesPageAction = defineAction({
  id: SHARES_PAGE,
  again: SHARES_AGAIN,
  value: placeShape,
  run: (ctx, place) => ({
    later: async (reply) => reply.replace(await drawShares(ctx, place)),
    waiting: readingShares(place.project),
  }),
});
