import { BOT } from '../audit.ts';
import type { Claimed } from '../claims.ts';
import type { Core } from '../core.ts';
import type { Failure } from '../failure.ts';
import { activeRunStates, type PolicyRun } from './policy-run.ts';

/** Ends a leased run that could not be started, or can no longer be followed: its state, its card and the record. */
export async function endRun(core: Core, { item: run, lease }: Claimed<PolicyRun>, failure: Failure): Promise<void> {
  const at = core.clock.now();
  await core.store.transaction(async (stores) => {
    const step = { from: activeRunStates, to: 'failed', lease, release: true } as const;
    if (!(await stores.runs.move(run.id, step, { failure, finishedAt: at }))) return;
    // Nobody has been told of a scheduled run that went well so far.
    if (run.origin === 'schedule' && core.projects.manages(run.project)) {
      const place = { kind: 'channel', id: core.projects.get(run.project).alertsChannel } as const;
      await stores.cards.open({ kind: 'policy-run', entityId: run.id, place });
    }
    await stores.cards.raise('policy-run', run.id);
    if (run.state === 'running') return;
    await stores.audit.write({
      at,
      actor: BOT,
      action: 'policy.run-started',
      project: run.project,
      subject: run.id,
      outcome: run.calledAt ? 'unknown' : 'failed',
      details: { policy: run.policyId, reason: failure.kind, code: failure.code ?? '' },
      cloudRequestId: failure.requestId,
    });
  });
}
