import type { Core } from '../core.ts';
import { AlreadyDecided, InvalidInput, NotFound } from '../errors.ts';
import type { Failure } from '../failure.ts';
import { approvals, missingApprovals } from '../votes.ts';
import { type Change, NOT_BEGUN } from './change.ts';
import { detailsOf } from './record-change.ts';
import { refuseDoubled, rightTo } from './request-change.ts';
import { tellChange } from './tell-change.ts';

/** What would be gone, or still going on, at the next try as well. */
const hopeless: readonly Failure['kind'][] = ['backup_gone', 'not_found', 'project_gone', 'overdue'];

/** Whether a failed change may be tried again; whoever asks for it is another question. */
export function mayRepeat(change: Change, now: Date): boolean {
  return change.state === 'failed' && canBeRepeated(change) && !isStale(change, now);
}

/**
 * Whether trying again could come to anything and does no harm: a disk that may have been overwritten is not overwritten
 * once more under the same approval.
 */
function canBeRepeated(change: Change): boolean {
  const { deed, failure } = change;
  if (missingApprovals(change) > 0 || (failure && hopeless.includes(failure.kind))) return false;
  const unclear = failure?.kind === 'answer_lost' || failure?.kind === 'not_confirmed';
  return !(deed.kind === 'backup.restore' && unclear);
}

/** An approval speaks of the moment: it lasts as long as the owners had to decide. */
function isStale(change: Change, now: Date): boolean {
  const approvedAt = approvals(change).at(-1)?.at;
  if (change.approvalsNeeded === 0 || approvedAt === undefined) return false;
  return now.getTime() - approvedAt.getTime() > change.expiresAt.getTime() - change.createdAt.getTime();
}

/**
 * Has a failed change carried out again. Whoever asked may, if they still may ask, and the owners. Throws NotAllowed,
 * AlreadyDecided, NotFound, InvalidInput.
 */
export async function retryChange(core: Core, who: { requestId: string; by: string }): Promise<void> {
  const change = await core.store.changes.get(who.requestId);
  if (!change) throw new NotFound('request', who.requestId);
  const project = core.projects.get(change.project);
  const asked = change.requester === who.by ? rightTo(change.deed.kind) : undefined;
  await core.access.assertRetry(asked, project, who.by);
  const at = core.clock.now();
  await core.store.transaction(async (stores) => {
    const failed = await stores.changes.lock(change.id, 'failed');
    if (!failed || !canBeRepeated(failed)) {
      const current = (await stores.changes.get(change.id)) ?? change;
      throw new AlreadyDecided({ state: current.state, at: current.updatedAt });
    }
    if (isStale(failed, at)) throw new InvalidInput([{ field: 'approval', rule: 'in_the_past' }]);
    await refuseDoubled(stores, failed);
    await stores.changes.move(change.id, { from: ['failed'], to: 'approved', at }, NOT_BEGUN);
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
