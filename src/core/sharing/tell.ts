import { type ShareEvent, shareEvents } from '../cards.ts';
import type { Stores } from '../stores.ts';
import type { ShareRequest } from './share-request.ts';

/** The name of a moment in a request's story; what its reply and its direct message are rendered from. */
export interface ShareMoment {
  readonly requestId: string;
  readonly event: ShareEvent;
  /** Who made it happen, or the sharing it is about, or several, with commas; tells two moments of one kind apart. */
  readonly detail: string;
}

/** `<request>#<event>#<detail>` */
function momentId(moment: ShareMoment): string {
  return `${moment.requestId}#${moment.event}#${moment.detail}`;
}

/** The moment that {@link momentId} named, or undefined. */
export function parseMoment(id: string): ShareMoment | undefined {
  const [requestId, name, detail] = id.split('#');
  const event = shareEvents.find((one) => one === name);
  if (requestId === undefined || event === undefined || detail === undefined) return undefined;
  return { requestId, event, detail };
}

/** Raises the request's card, adds a reply to its thread and, for an outcome, tells the requester. */
export async function tell(
  stores: Stores,
  request: Pick<ShareRequest, 'id' | 'requester'>,
  moment: { event: ShareEvent; detail: string; toRequester: boolean },
): Promise<void> {
  const entityId = momentId({ requestId: request.id, event: moment.event, detail: moment.detail });
  const card = { kind: 'share-request', entityId: request.id } as const;
  const at = await stores.cards.raise('share-request', request.id);
  if (at) await stores.cards.open({ kind: 'share-event', entityId, place: at, inThreadOf: card });
  if (moment.toRequester) {
    await stores.cards.open({ kind: 'share-outcome', entityId, place: { kind: 'user', id: request.requester } });
  }
}
