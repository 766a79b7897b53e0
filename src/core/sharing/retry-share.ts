import { recordedBackup } from '../audit.ts';
import type { Core } from '../core.ts';
import { AlreadyDecided, InvalidInput, NotFound } from '../errors.ts';
import { missingApprovals } from '../votes.ts';
import { doubledTargets } from './doubled-targets.ts';
import { tell } from './tell.ts';

/**
 * Puts a failed request back to approved, to be carried out again. The requester, if they still may ask, or an
 * approver may. Throws NotAllowed, AlreadyDecided, NotFound, InvalidInput.
 */
export async function retryShare(core: Core, who: { requestId: string; by: string }): Promise<void> {
  const request = await core.store.shareRequests.get(who.requestId);
  if (!request) throw new NotFound('request', who.requestId);
  const project = core.projects.get(request.project);
  await core.access.assertRetry(request.requester === who.by ? 'request' : undefined, project, who.by);
  const at = core.clock.now();
  await core.store.transaction(async (stores) => {
    const failed = await stores.shareRequests.lock(request.id, 'failed');
    // One that failed before it was approved has no approvals to act on.
    if (!failed || missingApprovals(failed) > 0) {
      const current = (await stores.shareRequests.get(request.id)) ?? request;
      throw new AlreadyDecided({ state: current.state, at: current.updatedAt });
    }
    if (failed.endsAt && failed.endsAt <= at) throw new InvalidInput([{ field: 'endsAt', rule: 'in_the_past' }]);
    const again = failed.targets.filter((target) => target.state === 'failed');
    const doubled = await doubledTargets(stores, failed, again);
    if (doubled.length > 0) throw new InvalidInput(doubled);
    const fresh = { failure: undefined, calledAt: undefined, attempts: 0, nextAttemptAt: undefined };
    await stores.shareRequests.move(request.id, { from: ['failed'], to: 'approved', at }, fresh);
    for (const target of again) {
      await stores.shareRequests.settleTarget(request.id, target.projectId, 'waiting');
    }
    await stores.audit.write({
      at,
      actor: who.by,
      action: 'share.retried',
      project: project.alias,
      subject: request.id,
      outcome: 'ok',
      details: recordedBackup(request.backupId, request.backup?.name),
      cloudRequestId: undefined,
    });
    await tell(stores, request, { event: 'retried', detail: `${who.by}-${at.getTime()}`, toRequester: false });
  });
}
