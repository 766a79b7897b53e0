import { mayRepeat } from '../../core/changes/retry-change.ts';
import { defineCard } from '../cards.ts';
import { APPROVE } from './approve.ts';
import { changeCardView } from './change-card-view.ts';
import { offersRetry, readChange } from './read-change.ts';
import { REJECT } from './reject.ts';
import { RETRY } from './retry.ts';
import { WITHDRAW } from './withdraw.ts';

const buttons = { approve: APPROVE, reject: REJECT, withdraw: WITHDRAW, retry: RETRY };

/** The card of a change, in the channel of its project. */
export const changeCard = defineCard({
  kind: 'change',
  async render(core, entityId, now) {
    const read = await readChange(core, entityId);
    if (!read) return undefined;
    const mayRetry = offersRetry(read.change) && mayRepeat(read.change, now);
    return changeCardView({ ...read, mayRetry }, buttons);
  },
});
