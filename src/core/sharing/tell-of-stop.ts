import type { Core } from '../core.ts';
import type { Stores } from '../stores.ts';
import type { ShareRequest } from './share-request.ts';
import type { RegisteredSharing } from './sharing.ts';
import { tell } from './tell.ts';

/** What came of one try: `delayed` is tried again, `stop-failed` is given up. */
export interface StopOutcome {
  readonly sharing: RegisteredSharing;
  readonly event: 'stopped' | 'delayed' | 'stop-failed';
  readonly at: Date;
}

/** What no request stands for is told of together if it ended within this time. */
const TOGETHER_MS = 24 * 60 * 60 * 1_000;

/**
 * Tells what became of a stop: of those that end together once, when the last of them has been tried. A sharing that
 * came from a request changes that card, and its requester is told; any other gets a notice of its own.
 */
export async function tellOfStop(core: Core, stores: Stores, outcome: StopOutcome): Promise<void> {
  const { sharing } = outcome;
  // Whoever settles another sharing of the backup waits here, and then sees this one as it is.
  await stores.shareRequests.holdBackup(sharing.project, sharing.backupId);
  // The request it was made for may have heard of it only while it was being stopped.
  const requestId = sharing.requestId ?? (await stores.sharings.get(sharing.id))?.requestId;
  const request = requestId === undefined ? undefined : await stores.shareRequests.get(requestId);
  if (request) await tellRequester(stores, request, outcome);
  else if (core.projects.manages(sharing.project)) await giveNotice(core, stores, outcome);
}

async function tellRequester(
  stores: Stores,
  request: ShareRequest,
  { sharing, event, at }: StopOutcome,
): Promise<void> {
  if (event === 'stopped') await stores.cards.raise('share-request', request.id);
  if (event === 'stop-failed') {
    await tell(stores, request, { event, detail: `${sharing.id}-${at.getTime()}`, toRequester: true });
  }
  const ids = endedTogether(await stores.sharings.ofRequest(request.id), sharing);
  if (ids.length > 0) await tell(stores, request, { event: 'stopped', detail: ids.join(','), toRequester: true });
}

async function giveNotice(core: Core, stores: Stores, { sharing, event, at }: StopOutcome): Promise<void> {
  const { project, backupId } = sharing;
  const place = { kind: 'channel', id: core.projects.get(project).approvalsChannel } as const;
  const open = (entityId: string) => stores.cards.open({ kind: 'sharing-stopped', entityId, place });
  if (event === 'stop-failed') await open(`${sharing.id}#${event}#${at.getTime()}`);
  const since = at.getTime() - TOGETHER_MS;
  const ordered = await stores.sharings.orderedToStop({ project, backupId, since: new Date(0) });
  const recent = ordered.filter(({ stoppedAt }) => stoppedAt === undefined || stoppedAt.getTime() >= since);
  const [first, ...others] = endedTogether(recent, sharing);
  if (first !== undefined) await open(`${first}#stopped#${others.join(',')}`);
}

/** Those that the same person, or their end, has stopped; none while one of them has not been tried yet. */
function endedTogether(sharings: readonly RegisteredSharing[], { stoppedBy }: RegisteredSharing): readonly string[] {
  if (sharings.some(({ state, failure }) => state === 'stopping' && failure === undefined)) return [];
  return sharings.filter((one) => one.state === 'stopped' && one.stoppedBy === stoppedBy).map(({ id }) => id);
}
