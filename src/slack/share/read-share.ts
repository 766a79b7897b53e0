import type { Core } from '../../core/core.ts';
import type { ShareRequest } from '../../core/sharing/share-request.ts';
import type { RegisteredSharing } from '../../core/sharing/sharing.ts';

/** A request with what came of it, as it is now. */
export interface ReadShare {
  readonly request: ShareRequest;
  readonly sharings: readonly RegisteredSharing[];
  /** Names of disks by disk id. */
  readonly disks: ReadonlyMap<string, string>;
}

/** Reads a request and the sharings of its targets; undefined where there is no such request. */
export async function readShare(core: Core, requestId: string): Promise<ReadShare | undefined> {
  const request = await core.store.shareRequests.get(requestId);
  return request && withSharings(core, request);
}

/** Adds to a request what came of it. */
export async function withSharings(core: Core, request: ShareRequest): Promise<ReadShare> {
  // A project may have been taken out of the settings since.
  const project = core.projects.managed.find((one) => one.alias === request.project);
  return { request, sharings: await sharingsOf(core, request), disks: project?.disks ?? new Map() };
}

/** The sharings of its targets. One that was there before belongs to another request, or to none. */
async function sharingsOf(core: Core, request: ShareRequest): Promise<readonly RegisteredSharing[]> {
  const ids = request.targets.flatMap(({ sharingId }) => (sharingId === undefined ? [] : [sharingId]));
  if (ids.length === 0) return [];
  const own = await core.store.sharings.ofRequest(request.id);
  const others = ids.filter((id) => !own.some((sharing) => sharing.id === id));
  const found = await Promise.all(others.map((id) => core.store.sharings.get(id)));
  return [...own, ...found.filter((sharing) => sharing !== undefined)];
}
