import { type AuditEntry, BOT } from '../audit.ts';
import type { Core } from '../core.ts';
import type { Failure } from '../failure.ts';
import { type Change, type ChangeResult, type ChangeState, needsRequester, workingChangeStates } from './change.ts';
import { detailsOf } from './record-change.ts';
import { tellChange } from './tell-change.ts';

export interface ChangeOutcome {
  readonly lease: string;
  readonly failure: Failure | undefined;
  readonly result: ChangeResult | undefined;
  readonly cloudRequestId: string | undefined;
}

/** Ends a leased change as done or failed: its state, the record and the cards, at once. */
export async function finishChange(core: Core, change: Change, outcome: ChangeOutcome): Promise<void> {
  const at = core.clock.now();
  const { lease, failure, result } = outcome;
  const from: readonly ChangeState[] = workingChangeStates;
  const step = { from, to: failure ? 'failed' : 'done', at, lease, release: true } as const;
  await core.store.transaction(async (stores) => {
    const patch = { failure, result, calledAt: undefined, nextAttemptAt: undefined, finishedAt: at };
    if (!(await stores.changes.move(change.id, step, patch))) return;
    await stores.audit.write({
      at,
      actor: BOT,
      action: 'change.executed',
      project: change.project,
      subject: change.id,
      outcome: recordedOutcome(outcome),
      details: {
        ...detailsOf(change),
        ...(result?.jobId === undefined ? {} : { job: result.jobId }),
        ...(result?.backupId === undefined ? {} : { backup: result.backupId }),
        ...(result?.policyId === undefined ? {} : { policy: result.policyId }),
        ...(result?.disks === undefined ? {} : { disksFailed: result.disks.failed.map(({ diskId }) => diskId) }),
        ...(failure ? { reason: failure.kind, code: failure.code ?? '' } : {}),
      },
      cloudRequestId: outcome.cloudRequestId ?? result?.requestId ?? failure?.requestId,
    });
    await tellChange(stores, change, {
      event: failure ? 'failed' : 'done',
      detail: String(at.getTime()),
      toRequester: needsRequester(change.deed.kind),
    });
  });
}

/** Where the cloud refused every disk by itself, it took the call and did nothing. */
function recordedOutcome({ failure, result }: ChangeOutcome): AuditEntry['outcome'] {
  const { succeeded, failed } = result?.disks ?? { succeeded: [], failed: [] };
  if (failure === undefined) return failed.length > 0 && succeeded.length === 0 ? 'failed' : 'ok';
  const unclear = failure.kind === 'answer_lost' || failure.kind === 'not_confirmed' || failure.kind === 'overdue';
  return unclear ? 'unknown' : 'failed';
}
