import { parseChangeMoment } from '../../core/changes/tell-change.ts';
import { defineCard } from '../cards.ts';
import { changeEventView } from './change-event-view.ts';
import { readChange } from './read-change.ts';

/** A reply in the thread of a change's card: one moment of its story. */
export const changeEventCard = defineCard({
  kind: 'change-event',
  async render(core, entityId) {
    const moment = parseChangeMoment(entityId);
    const read = moment && (await readChange(core, moment.changeId));
    return read && changeEventView(moment, read);
  },
});
