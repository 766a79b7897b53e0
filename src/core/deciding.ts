import { type AuditAction, type AuditEntry, BOT } from './audit.ts';
import type { Core } from './core.ts';
import type { Decidable, DecidableStore } from './decidable.ts';
import { AlreadyDecided, AlreadyVoted, InvalidInput, NotAllowed, NotFound } from './errors.ts';
import type { ManagedProject } from './projects.ts';
import { reasonFaults } from './reason.ts';
import type { Stores } from './stores.ts';
import {
  approvals,
  missingApprovals,
  outcomeOfVotes,
  tidyReason,
  type Votable,
  type Vote,
  type VoteKind,
} from './votes.ts';

export type DecisionEvent = 'approved' | 'rejected' | 'withdrawn' | 'expired';

/** One kind of thing that is decided on, and what its decisions leave behind. */
export interface DecidableKind<T extends Decidable> {
  of(stores: Stores): DecidableStore<T>;
  readonly audit: Readonly<Record<DecisionEvent, AuditAction>>;
  details(request: T): AuditEntry['details'];
  tell(
    stores: Stores,
    request: T,
    moment: { event: DecisionEvent; detail: string; toRequester: boolean },
  ): Promise<void>;
}

/** The state after the decision; `pending` when more approvals are missing. */
export type Decided = 'pending' | 'approved' | 'rejected';

/**
 * Counts an approver's vote. One transaction: the row is taken first, so of two approvers at the same moment each
 * counts, and one of them makes the decision. Throws NotAllowed, AlreadyDecided, AlreadyVoted, NotFound, InvalidInput.
 */
export async function decide<T extends Decidable>(
  core: Core,
  kind: DecidableKind<T>,
  decision: { requestId: string; by: string; kind: VoteKind; reason?: string },
): Promise<Decided> {
  await mayDecideOn(core, kind, decision);
  const reason = decision.reason === undefined ? undefined : tidyReason(decision.reason);
  const faults = decision.kind === 'reject' || reason ? reasonFaults(reason ?? '') : [];
  if (faults.length > 0) throw new InvalidInput(faults);
  const at = core.clock.now();
  const vote: Vote = { side: 'source', user: decision.by, kind: decision.kind, reason, at };
  return core.store.transaction(async (stores) => {
    const request = await lockPending(kind.of(stores), { ...decision, now: at });
    return count(kind, stores, { request, vote });
  });
}

async function count<T extends Decidable>(
  kind: DecidableKind<T>,
  stores: Stores,
  { request, vote }: { request: T; vote: Vote },
): Promise<Decided> {
  const store = kind.of(stores);
  if (!(await store.addVote(request.id, vote))) {
    throw new AlreadyVoted(voteOf(request, vote.user)?.at ?? vote.at);
  }
  const { requester, approvalsNeeded } = request;
  const outcome = outcomeOfVotes({ requester, approvalsNeeded, votes: [...request.votes, vote] });
  if (outcome !== 'pending') {
    const step = { from: ['pending'], to: outcome, at: vote.at } as const;
    const fresh = { attempts: 0, nextAttemptAt: undefined, failure: undefined };
    await store.move(request.id, step, outcome === 'rejected' ? { closedBy: vote.user } : fresh);
  }
  const event = vote.kind === 'approve' ? 'approved' : 'rejected';
  const reason = vote.reason === undefined ? {} : { reason: vote.reason };
  await stores.audit.write(entry(kind, { request, event, at: vote.at, actor: vote.user, reason }));
  await kind.tell(stores, request, { event, detail: vote.user, toRequester: outcome === 'rejected' });
  return outcome;
}

/** Whether this person may decide on it; before a form for the reason is opened. Throws as `decide`. */
export async function mayDecideOn<T extends Decidable>(
  core: Core,
  kind: DecidableKind<T>,
  who: { requestId: string; by: string },
): Promise<{ request: T; project: ManagedProject }> {
  const request = await kind.of(core.store).get(who.requestId);
  if (!request) throw new NotFound('request', who.requestId);
  const project = core.projects.get(request.project);
  if (request.requester === who.by) {
    throw new NotAllowed({ action: 'approve', project: project.alias, allowed: project.approvers, own: true });
  }
  await core.access.assert('approve', project, who.by);
  if (request.state !== 'pending') throw decided(request, who.by);
  const before = voteOf(request, who.by);
  if (!before) return { request, project };
  // Votes are read beside the row and may be newer: where this one has decided, the row says so now.
  const now = await kind.of(core.store).get(who.requestId);
  throw now && now.state !== 'pending' ? decided(now, who.by) : new AlreadyVoted(before.at);
}

/** Takes a request back. The requester alone may. Throws NotAllowed, AlreadyDecided, NotFound. */
export async function withdraw<T extends Decidable>(
  core: Core,
  kind: DecidableKind<T>,
  who: { requestId: string; by: string },
): Promise<void> {
  const request = await kind.of(core.store).get(who.requestId);
  if (!request) throw new NotFound('request', who.requestId);
  if (request.requester !== who.by) {
    const allowed = { users: [request.requester], groups: [] };
    throw new NotAllowed({ action: 'withdraw', project: request.project, allowed });
  }
  const at = core.clock.now();
  await core.store.transaction(async (stores) => {
    const locked = await lockPending(kind.of(stores), { ...who, now: at });
    const step = { from: ['pending'], to: 'withdrawn', at } as const;
    await kind.of(stores).move(locked.id, step, { closedBy: who.by });
    await stores.audit.write(entry(kind, { request: locked, event: 'withdrawn', at, actor: who.by }));
    await kind.tell(stores, locked, { event: 'withdrawn', detail: who.by, toRequester: false });
  });
}

/** Lapses what nobody decided on in time, at most `limit`. Answers how many. */
export async function expire<T extends Decidable>(core: Core, kind: DecidableKind<T>, limit: number): Promise<number> {
  const at = core.clock.now();
  const lapsed = await kind.of(core.store).lapsed(at, limit);
  for (const request of lapsed) {
    await core.store.transaction(async (stores) => {
      if (!(await kind.of(stores).move(request.id, { from: ['pending'], to: 'expired', at }))) return;
      await stores.audit.write(entry(kind, { request, event: 'expired', at, actor: BOT }));
      await kind.tell(stores, request, { event: 'expired', detail: BOT, toRequester: true });
    });
  }
  return lapsed.length;
}

function entry<T extends Decidable>(
  kind: DecidableKind<T>,
  about: { request: T; event: DecisionEvent; at: Date; actor: string; reason?: AuditEntry['details'] },
): AuditEntry {
  const { request, event, at, actor, reason } = about;
  return {
    at,
    actor,
    action: kind.audit[event],
    project: request.project,
    subject: request.id,
    outcome: 'ok',
    details: { ...kind.details(request), ...reason },
    cloudRequestId: undefined,
  };
}

/** The pending request, taken for this transaction; one whose time has passed counts as expired. */
async function lockPending<T extends Decidable>(
  store: DecidableStore<T>,
  { requestId, by, now }: { requestId: string; by: string; now: Date },
): Promise<T> {
  const request = await store.lock(requestId, 'pending');
  if (!request) {
    const current = await store.get(requestId);
    throw current ? decided(current, by) : new NotFound('request', requestId);
  }
  if (request.expiresAt <= now) throw new AlreadyDecided({ state: 'expired', at: request.expiresAt });
  return request;
}

function voteOf({ votes }: Votable, user: string): Vote | undefined {
  return votes.find((vote) => vote.user === user);
}

/** What this person is told of a request that is not pending any more. */
function decided(request: Decidable, person: string): AlreadyDecided {
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
