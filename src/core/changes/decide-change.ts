import type { Core } from '../core.ts';
import { type DecidableKind, type Decided, decide, expire, mayDecideOn, withdraw } from '../deciding.ts';
import type { ManagedProject } from '../projects.ts';
import type { VoteKind } from '../votes.ts';
import type { Change } from './change.ts';
import { detailsOf } from './record-change.ts';
import { tellChange } from './tell-change.ts';

/** Changes as something that is decided on. */
const changes: DecidableKind<Change> = {
  of: (stores) => stores.changes,
  audit: {
    approved: 'change.approved',
    rejected: 'change.rejected',
    withdrawn: 'change.withdrawn',
    expired: 'change.expired',
  },
  details: detailsOf,
  tell: tellChange,
};

/** Counts an approver's vote on a change. Throws as `decide`. */
export function decideChange(
  core: Core,
  decision: { requestId: string; by: string; kind: VoteKind; reason?: string },
): Promise<Decided> {
  return decide(core, changes, decision);
}

/** Whether this person may decide on the change; before a form for the reason is opened. Throws as `decide`. */
export function mayDecideChange(
  core: Core,
  who: { requestId: string; by: string },
): Promise<{ request: Change; project: ManagedProject }> {
  return mayDecideOn(core, changes, who);
}

/** Takes the wish for a change back. The requester alone may. Throws as `withdraw`. */
export function withdrawChange(core: Core, who: { requestId: string; by: string }): Promise<void> {
  return withdraw(core, changes, who);
}

/** Lapses the changes that nobody decided on in time. Answers how many. */
export function expireChanges(core: Core, limit: number): Promise<number> {
  return expire(core, changes, limit);
}
