import type { Core } from '../../core/core.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { ShareRequest } from '../../core/sharing/share-request.ts';
import type { RegisteredSharing, Sharing } from '../../core/sharing/sharing.ts';
import type { Direction } from './shares-place.ts';

/** A sharing with what the bot knows of it. */
export interface SharingEntry {
  readonly sharing: Sharing;
  /** The project that shares and the one it is shared with; those that the settings do not name have no alias. */
  readonly from: Party;
  readonly to: Party;
  readonly standing: SharingStanding;
  readonly registered: RegisteredSharing | undefined;
  /** The request that the bot made it for; undefined for one that was made outside the bot. */
  readonly request: ShareRequest | undefined;
}

export interface Party {
  readonly alias: string | undefined;
  readonly projectId: string;
}

export type SharingStanding = 'shared' | 'stopping' | 'stopped' | 'stop-failed';

/** Adds to a sharing, as the cloud told of it at `at`, what the register knows. */
export async function sharingEntry(core: Core, sharing: Sharing, at: Date): Promise<SharingEntry> {
  const registered = await core.store.sharings.get(sharing.id);
  const requestId = registered?.requestId;
  const party = (projectId: string): Party => ({ alias: core.projects.aliasOf(projectId), projectId });
  return {
    sharing,
    from: party(sharing.fromProjectId),
    to: party(sharing.toProjectId),
    standing: standingOf(registered, at),
    registered,
    request: requestId === undefined ? undefined : await core.store.shareRequests.get(requestId),
  };
}

/** Whether a project sees this sharing from this side. */
export function isOfProject(sharing: Sharing, project: Pick<ManagedProject, 'id'>, direction: Direction): boolean {
  return (direction === 'out' ? sharing.fromProjectId : sharing.toProjectId) === project.id;
}

/** What the cloud still listed after the stop was verified is shared, whatever the register says. */
function standingOf(registered: RegisteredSharing | undefined, at: Date): SharingStanding {
  switch (registered?.state) {
    case undefined:
      return 'shared';
    case 'active':
      return registered.failure ? 'stop-failed' : 'shared';
    case 'stopping':
      return 'stopping';
    case 'stopped':
      return registered.stoppedAt && registered.stoppedAt < at ? 'shared' : 'stopped';
  }
}
