import { shareEvents } from '../../core/cards.ts';
import { parseMoment, type ShareMoment } from '../../core/sharing/tell.ts';

/** The moment that a card is about; undefined for one that this version does not know. */
export function readMoment(entityId: string): ShareMoment | undefined {
  const moment = parseMoment(entityId);
  return moment && shareEvents.includes(moment.event) ? moment : undefined;
}
