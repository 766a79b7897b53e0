import type { Core } from '../core.ts';
import { AlreadyRunning, InvalidInput } from '../errors.ts';
import type { PolicyRun } from './policy-run.ts';

/**
 * Files a run of a policy, with the card that will follow it; the worker starts it. Asks no cloud. Throws NotAllowed,
 * NotFound, InvalidInput, or AlreadyRunning if one that a person began is going on.
 */
export async function runPolicy(
  core: Core,
  wish: { by: string; project: string; policyId: string; policyName: string; disks: number; dedupeKey: string },
): Promise<PolicyRun> {
  const project = core.projects.get(wish.project);
  await core.access.assert('run', project, wish.by);
  if (wish.disks === 0) throw new InvalidInput([{ field: 'policy', rule: 'no_disks', about: wish.policyName }]);
  const now = core.clock.now();
  const run: PolicyRun = {
    id: core.ids.next(),
    project: project.alias,
    policyId: wish.policyId,
    policyName: wish.policyName,
    origin: 'person',
    startedBy: wish.by,
    startedAt: now,
    disks: wish.disks,
    after: undefined,
    state: 'requested',
    calledAt: undefined,
    deadlineAt: new Date(now.getTime() + core.timing.runDeadlineMs),
    finishedAt: undefined,
    failure: undefined,
    attempts: 0,
    nextCheckAt: undefined,
    nextRunAt: undefined,
    diskSizes: undefined,
    tasks: [],
  };
  return core.store.transaction(async (stores) => {
    if (!(await stores.runs.insert(run, wish.dedupeKey))) {
      const same = await stores.runs.byDedupeKey(wish.dedupeKey);
      if (same) return same;
      const active = await stores.runs.activeOf(project.alias, wish.policyId);
      throw new AlreadyRunning(active?.id ?? run.id);
    }
    await stores.cards.open({
      kind: 'policy-run',
      entityId: run.id,
      place: { kind: 'channel', id: project.alertsChannel },
    });
    await stores.audit.write({
      at: now,
      actor: wish.by,
      action: 'policy.run-requested',
      project: project.alias,
      subject: run.id,
      outcome: 'ok',
      details: { policy: wish.policyId, name: wish.policyName, disks: wish.disks },
      cloudRequestId: undefined,
    });
    return run;
  });
}
