import { defineCard } from '../cards.ts';
import { eventView } from './event-view.ts';
import { readMoment } from './read-moment.ts';
import { readShare } from './read-share.ts';

/** A reply in the thread of a request's card: one moment of its story. */
export const eventCard = defineCard({
  kind: 'share-event',
  async render(core, entityId) {
    const moment = readMoment(entityId);
    const share = moment && (await readShare(core, moment.requestId));
    return share && eventView(moment, share);
  },
});
