import { recordedBackup } from '../audit.ts';
import type { Core } from '../core.ts';
import { type DecidableKind, type Decided, decide, expire, mayDecideOn, withdraw } from '../deciding.ts';
import type { ManagedProject } from '../projects.ts';
import type { VoteKind } from '../votes.ts';
import type { ShareRequest } from './share-request.ts';
import { tell } from './tell.ts';

/** Share requests as something that is decided on. */
const shareRequests: DecidableKind<ShareRequest> = {
  of: (stores) => stores.shareRequests,
  audit: {
    approved: 'share.approved',
    rejected: 'share.rejected',
    withdrawn: 'share.withdrawn',
    expired: 'share.expired',
  },
  details: ({ backupId, backup }) => recordedBackup(backupId, backup?.name),
  tell,
};

/** Counts an approver's vote on a share request. Throws as `decide`. */
export function decideShare(
  core: Core,
  decision: { requestId: string; by: string; kind: VoteKind; reason?: string },
): Promise<Decided> {
  return decide(core, shareRequests, decision);
}

/** Whether this person may decide on the request; before a form for the reason is opened. Throws as `decide`. */
export function mayDecide(
  core: Core,
  who: { requestId: string; by: string },
): Promise<{ request: ShareRequest; project: ManagedProject }> {
  return mayDecideOn(core, shareRequests, who);
}

/** Takes a request back. The requester alone may. Throws as `withdraw`. */
export function withdrawShare(core: Core, who: { requestId: string; by: string }): Promise<void> {
  return withdraw(core, shareRequests, who);
}

/** Lapses the requests whose time has passed. Answers how many. */
export function expireShares(core: Core, limit: number): Promise<number> {
  return expire(core, shareRequests, limit);
}
