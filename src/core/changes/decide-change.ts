import type { Core } from '../core.ts';
import { type DecidableKind, type Decided, decide, expire, mayDecideOn, withdraw } from '../deciding.ts';
import { AlreadyDecided, NotFound } from '../errors.ts';
import type { ManagedProject } from '../projects.ts';
import { missingApprovals, type VoteKind } from '../votes.ts';
import type { Change } from './change.ts';
import { detailsOf } from './record-change.ts';
import { refuseDoubled } from './request-change.ts';
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

/**
 * Has a failed change carried out again. Whoever asked may, and the owners. Throws NotAllowed, AlreadyDecided, NotFound,
 * InvalidInput.
 */
export async function retryChange(core: Core, who: { requestId: string; by: string }): Promise<void> {
  const change = await core.store.changes.get(who.requestId);
  if (!change) throw new NotFound('request', who.requestId);
  const project = core.projects.get(change.project);
  if (change.requester !== who.by) await core.access.assert('retry', project, who.by);
  const at = core.clock.now();
  await core.store.transaction(async (stores) => {
    const failed = await stores.changes.lock(change.id, 'failed');
    if (!failed || missingApprovals(failed) > 0) {
      const current = (await stores.changes.get(change.id)) ?? change;
      throw new AlreadyDecided({ state: current.state, at: current.updatedAt });
    }
    await refuseDoubled(stores, failed);
    await stores.changes.move(
      change.id,
      { from: ['failed'], to: 'approved', at },
      {
        failure: undefined,
        result: undefined,
        calledAt: undefined,
        startedAt: undefined,
        finishedAt: undefined,
        attempts: 0,
        nextAttemptAt: undefined,
      },
    );
    await stores.audit.write({
      at,
      actor: who.by,
      action: 'change.retried',
      project: project.alias,
      subject: change.id,
      outcome: 'ok',
      details: detailsOf(change),
      cloudRequestId: undefined,
    });
    await tellChange(stores, change, { event: 'retried', detail: `${who.by}-${at.getTime()}`, toRequester: false });
  });
}
