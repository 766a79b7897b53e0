import { BOT, recordedBackup } from '../audit.ts';
import type { BackupFacts } from '../backups/backup.ts';
import type { Core } from '../core.ts';
import type { Failure } from '../failure.ts';
import type { Stores } from '../stores.ts';
import { type ShareRequest, type ShareState, type ShareTarget, workingStates } from './share-request.ts';
import type { Sharing } from './sharing.ts';
import { tell } from './tell.ts';

export interface ShareOutcome {
  readonly lease: string;
  /** The backup's sharings, as the cloud showed them last. */
  readonly found: readonly Sharing[];
  readonly facts: BackupFacts | undefined;
  readonly failure: Failure | undefined;
  readonly cloudRequestId: string | undefined;
}

/** Ends a request as shared or failed: its targets, the register of sharings, the record and the cards, at once. */
export async function finishShare(core: Core, request: ShareRequest, outcome: ShareOutcome): Promise<void> {
  const at = core.clock.now();
  const { failure, facts } = outcome;
  const from: readonly ShareState[] = ['pending', ...workingStates];
  const step = { from, to: failure ? 'failed' : 'shared', at, lease: outcome.lease, release: true } as const;
  await core.store.transaction(async (stores) => {
    const patch = { failure, calledAt: undefined, nextAttemptAt: undefined, ...(facts && { backup: facts }) };
    if (!(await stores.shareRequests.move(request.id, step, patch))) return;
    const stopped = await settleTargets(stores, { request, outcome, at });
    await stores.audit.write({
      at,
      actor: BOT,
      action: 'share.executed',
      project: request.project,
      subject: request.id,
      outcome: failure ? 'failed' : 'ok',
      details: {
        ...recordedBackup(request.backupId, facts?.name ?? request.backup?.name),
        targets: request.targets.map((target) => target.projectId),
        sharings: outcome.found.map((sharing) => sharing.id),
        ...(failure ? { reason: failure.kind, code: failure.code ?? '' } : {}),
      },
      cloudRequestId: outcome.cloudRequestId ?? failure?.requestId,
    });
    const detail = String(at.getTime());
    if (failure) await tell(stores, request, { event: 'failed', detail, toRequester: true });
    else if (stopped.length < settled(request).length) {
      await tell(stores, request, { event: 'shared', detail, toRequester: true });
    }
    if (stopped.length > 0)
      await tell(stores, request, { event: 'stopped', detail: stopped.join(','), toRequester: true });
  });
}

/** The targets whose outcome this is; of a request that is tried again, the others have theirs. */
function settled(request: ShareRequest): readonly ShareTarget[] {
  return request.targets.filter(({ state }) => state === 'waiting');
}

/** Answers the ids of those sharings that were stopped before the request heard of them. */
async function settleTargets(
  stores: Stores,
  { request, outcome, at }: { request: ShareRequest; outcome: ShareOutcome; at: Date },
): Promise<readonly string[]> {
  const stopped: string[] = [];
  for (const target of settled(request)) {
    const sharing = outcome.found.find((one) => one.toProjectId === target.projectId);
    if (!sharing) {
      await stores.shareRequests.settleTarget(request.id, target.projectId, 'failed');
      continue;
    }
    await stores.shareRequests.settleTarget(request.id, target.projectId, { sharingId: sharing.id });
    await stores.sharings.insert({
      id: sharing.id,
      project: request.project,
      backupId: request.backupId,
      backupName: outcome.facts?.name,
      toProjectId: target.projectId,
      requestId: request.id,
      state: 'active',
      stopAt: request.endsAt,
      stoppedBy: undefined,
      stoppedAt: undefined,
      failure: undefined,
      attempts: 0,
      createdAt: at,
    });
    if ((await stores.sharings.get(sharing.id))?.state === 'stopped') stopped.push(sharing.id);
  }
  return stopped;
}
