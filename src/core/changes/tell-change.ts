import { type ChangeEvent, changeEvents } from '../cards.ts';
import type { Stores } from '../stores.ts';
import type { Change } from './change.ts';

/** The name of a moment in a change's story; what its reply and its direct message are rendered from. */
export interface ChangeMoment {
  readonly changeId: string;
  readonly event: ChangeEvent;
  /** Who made it happen, or when; tells two moments of one kind apart. */
  readonly detail: string;
}

/** The moment that an entity id `<change>#<event>#<detail>` names, or undefined. */
export function parseChangeMoment(entityId: string): ChangeMoment | undefined {
  const [changeId, name, detail] = entityId.split('#');
  const event = changeEvents.find((one) => one === name);
  if (changeId === undefined || event === undefined || detail === undefined) return undefined;
  return { changeId, event, detail };
}

/** Raises the change's card, adds a reply to its thread and, for an outcome, tells the requester. */
export async function tellChange(
  stores: Stores,
  change: Pick<Change, 'id' | 'requester'>,
  moment: { event: ChangeEvent; detail: string; toRequester: boolean },
): Promise<void> {
  const entityId = `${change.id}#${moment.event}#${moment.detail}`;
  const place = await stores.cards.raise('change', change.id);
  if (place) {
    const inThreadOf = { kind: 'change', entityId: change.id } as const;
    await stores.cards.open({ kind: 'change-event', entityId, place, inThreadOf });
  }
  if (moment.toRequester) {
    await stores.cards.open({ kind: 'change-outcome', entityId, place: { kind: 'user', id: change.requester } });
  }
}
