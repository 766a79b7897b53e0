import type { Core } from '../core.ts';
import { AlreadyDecided, AlreadyVoted, InvalidInput, NotAllowed, NotFound } from '../errors.ts';
import type { ManagedProject } from '../projects.ts';
import type { Stores } from '../stores.ts';
import { REASON_MAX } from './request-share.ts';
import {
  approvals,
  missingApprovals,
  outcomeOfVotes,
  type ShareRequest,
  type Vote,
  type VoteKind,
} from './share-request.ts';
import { tell } from './tell.ts';

/** The state after the decision; `pending` when more approvals are missing. */
export type Decided = 'pending' | 'approved' | 'rejected';

/**
 * Counts an approver's vote. One transaction: the row is taken first, so of two approvers at the same moment each
 * counts, and one of them makes the decision. Throws NotAllowed, AlreadyDecided, AlreadyVoted, NotFound, InvalidInput.
 */
export async function decideShare(
  core: Core,
  decision: { requestId: string; by: string; kind: VoteKind; reason?: string },
): Promise<Decided> {
  const { project } = await mayDecide(core, decision);
  const reason = decision.reason?.trim();
  if (decision.kind === 'reject' && !reason) throw new InvalidInput([{ field: 'reason', rule: 'required' }]);
  if (reason && reason.length > REASON_MAX) {
    throw new InvalidInput([{ field: 'reason', rule: 'too_long', about: String(REASON_MAX) }]);
  }
  const at = core.clock.now();
  const vote: Vote = {
    side: 'source',
    user: decision.by,
    kind: decision.kind,
    reason,
    at,
  };
  return core.store.transaction(async (stores) => {
    const request = await lockPending(stores, { requestId: decision.requestId, by: decision.by, now: at });
    return count(stores, { request, project, vote });
  });
}

async function count(
  stores: Stores,
  { request, project, vote }: { request: ShareRequest; project: ManagedProject; vote: Vote },
): Promise<Decided> {
  if (!(await stores.shareRequests.addVote(request.id, vote))) {
    throw new AlreadyVoted(voteOf(request, vote.user)?.at ?? vote.at);
  }
  const outcome = outcomeOfVotes({
    ...request,
    votes: [...request.votes, vote],
  });
  if (outcome !== 'pending') {
    const step = { from: ['pending'], to: outcome, at: vote.at } as const;
    const fresh = { attempts: 0, nextAttemptAt: undefined, failure: undefined };
    await stores.shareRequests.move(request.id, step, outcome === 'rejected' ? { closedBy: vote.user } : fresh);
  }
  await stores.audit.write({
    at: vote.at,
    actor: vote.user,
    action: vote.kind === 'approve' ? 'share.approved' : 'share.rejected',
    project: project.alias,
    subject: request.id,
    outcome: 'ok',
    details: {
      backup: request.backupId,
      ...(vote.reason === undefined ? {} : { reason: vote.reason }),
    },
    cloudRequestId: undefined,
  });
  const event = vote.kind === 'approve' ? 'approved' : 'rejected';
  await tell(stores, request, {
    event,
    detail: vote.user,
    toRequester: outcome === 'rejected',
  });
  return outcome;
}

/** Whether this person may decide on the request; before a form for the reason is opened. Throws as decideShare. */
export async function mayDecide(
  core: Core,
  who: { requestId: string; by: string },
): Promise<{ request: ShareRequest; project: ManagedProject }> {
  const request = await core.store.shareRequests.get(who.requestId);
  if (!request) throw new NotFound('request', who.requestId);
  const project = core.projects.get(request.project);
  if (request.requester === who.by) {
    throw new NotAllowed({
      action: 'approve',
      project: project.alias,
      allowed: project.approvers,
      own: true,
    });
  }
  await core.access.assert('approve', project, who.by);
  if (request.state !== 'pending') throw decided(request, who.by);
  const before = voteOf(request, who.by);
  if (before) throw new AlreadyVoted(before.at);
  return { request, project };
}

/** Takes a request back. The requester alone may. Throws NotAllowed, AlreadyDecided, NotFound. */
export async function withdrawShare(core: Core, who: { requestId: string; by: string }): Promise<void> {
  const request = await core.store.shareRequests.get(who.requestId);
  if (!request) throw new NotFound('request', who.requestId);
  if (request.requester !== who.by) {
    const allowed = { users: [request.requester], groups: [] };
    throw new NotAllowed({
      action: 'withdraw',
      project: request.project,
      allowed,
    });
  }
  const at = core.clock.now();
  await core.store.transaction(async (stores) => {
    const locked = await lockPending(stores, { ...who, now: at });
    const step = { from: ['pending'], to: 'withdrawn', at } as const;
    await stores.shareRequests.move(locked.id, step, { closedBy: who.by });
    await stores.audit.write({
      at,
      actor: who.by,
      action: 'share.withdrawn',
      project: locked.project,
      subject: locked.id,
      outcome: 'ok',
      details: { backup: locked.backupId },
      cloudRequestId: undefined,
    });
    await tell(stores, locked, {
      event: 'withdrawn',
      detail: who.by,
      toRequester: false,
    });
  });
}

/** Lapses the requests whose time has passed. Answers how many. */
export async function expireShares(core: Core, limit: number): Promise<number> {
  const at = core.clock.now();
  const lapsed = await core.store.shareRequests.lapsed(at, limit);
  for (const request of lapsed) {
    await core.store.transaction(async (stores) => {
      if (
        !(await stores.shareRequests.move(request.id, {
          from: ['pending'],
          to: 'expired',
          at,
        }))
      )
        return;
      await stores.audit.write({
        at,
        actor: 'bot',
        action: 'share.expired',
        project: request.project,
        subject: request.id,
        outcome: 'ok',
        details: { backup: request.backupId },
        cloudRequestId: undefined,
      });
      await tell(stores, request, {
        event: 'expired',
        detail: 'bot',
        toRequester: true,
      });
    });
  }
  return lapsed.length;
}

/** The pending request, taken for this transaction; one whose time has passed counts as expired. */
async function lockPending(
  stores: Stores,
  { requestId, by, now }: { requestId: string; by: string; now: Date },
): Promise<ShareRequest> {
  const request = await stores.shareRequests.lock(requestId, 'pending');
  if (!request) {
    const current = await stores.shareRequests.get(requestId);
    throw current ? decided(current, by) : new NotFound('request', requestId);
  }
  if (request.expiresAt <= now) throw new AlreadyDecided({ state: 'expired', at: request.expiresAt });
  return request;
}

function voteOf({ votes }: ShareRequest, user: string): Vote | undefined {
  return votes.find((vote) => vote.user === user);
}

/** What this person is told of a request that is not pending any more. */
function decided(request: ShareRequest, person: string): AlreadyDecided {
  const { state, closedBy, updatedAt } = request;
  if (closedBy !== undefined) {
    return new AlreadyDecided({ state, by: closedBy, at: updatedAt, own: closedBy === person });
  }
  // It ended by itself: it expired, or failed before anyone could approve it.
  if (state === 'expired' || missingApprovals(request) > 0) return new AlreadyDecided({ state, at: updatedAt });
  const counted = approvals(request);
  const approval = counted.find((vote) => vote.user === person) ?? counted.at(-1);
  const { user: by, at = updatedAt } = approval ?? {};
  return new AlreadyDecided({ state, by, at, own: by === person });
}
