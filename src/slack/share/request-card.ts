import { defineCard } from '../cards.ts';
import { APPROVE } from './approve.ts';
import { readShare } from './read-share.ts';
import { REJECT } from './reject.ts';
import { requestCardView } from './request-card-view.ts';
import { RETRY } from './retry.ts';
import { mayTryAgain } from './share-standing.ts';
import { STOP } from './stop.ts';
import { WITHDRAW } from './withdraw.ts';

const buttons = { approve: APPROVE, reject: REJECT, withdraw: WITHDRAW, retry: RETRY, stop: STOP };

/** The card of a share request, in the approvals channel of its project. */
export const requestCard = defineCard({
  kind: 'share-request',
  async render(core, entityId, now) {
    const share = await readShare(core, entityId);
    if (!share) return undefined;
    const { endsAt } = share.request;
    const ended = endsAt !== undefined && endsAt <= now;
    return requestCardView({ ...share, mayRetry: mayTryAgain(share.request, now), ended }, buttons);
  },
});
