import { mayRepeat } from '../../core/changes/retry-change.ts';
import { parseChangeMoment } from '../../core/changes/tell-change.ts';
import { defineCard } from '../cards.ts';
import { changeOutcomeView } from './change-outcome-view.ts';
import { offersRetry, readChange } from './read-change.ts';

/** The direct message that tells the requester of an outcome. */
export const changeOutcomeCard = defineCard({
  kind: 'change-outcome',
  async render(core, entityId, now) {
    const moment = parseChangeMoment(entityId);
    const read = moment && (await readChange(core, moment.changeId));
    if (!read) return undefined;
    const place = await core.store.cards.placeOf('change', moment.changeId);
    const channel = place?.kind === 'channel' ? place.id : undefined;
    const mayRetry = offersRetry(read.change) && mayRepeat(read.change, now);
    return changeOutcomeView({ ...read, moment, channel, mayRetry });
  },
});
