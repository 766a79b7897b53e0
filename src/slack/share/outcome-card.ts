import { defineCard } from '../cards.ts';
import { outcomeView } from './outcome-view.ts';
import { readMoment } from './read-moment.ts';
import { readShare } from './read-share.ts';
import { mayTryAgain } from './share-standing.ts';

/** The direct message that tells the requester of an outcome. */
export const outcomeCard = defineCard({
  kind: 'share-outcome',
  async render(core, entityId, now) {
    const moment = readMoment(entityId);
    const share = moment && (await readShare(core, moment.requestId));
    if (!share) return undefined;
    const place = await core.store.cards.placeOf('share-request', moment.requestId);
    const channel = place?.kind === 'channel' ? place.id : undefined;
    return outcomeView({ ...share, moment, channel, mayRetry: mayTryAgain(share.request, now) });
  },
});
