import { describe, expect, it, onTestFinished } from 'vitest';
import type { Core } from '../../../src/core/core.ts';
import { applyTasks } from '../../../src/core/policies/apply-tasks.ts';
import type { RunTask } from '../../../src/core/policies/policy-run.ts';
import { readChangedTasks } from '../../../src/core/policies/read-tasks.ts';
import { createCoreWorld, NOW, OPERATOR } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';

describe.each(databases)('putting tasks down, on $name', (database) => {
  it('makes each run once where several workers see the same tasks at the same moment', async () => {
    const world = await createCoreWorld(database);
    onTestFinished(() => world.close());
    const { core } = world;
    const project = core.projects.get('payments');
    const policy = (await core.clouds.of('payments').policies()).find((one) => one.name === 'nightly');
    if (!policy) throw new Error('there is no such policy');
    const of = { project: 'payments', policyId: policy.id };
    const tasks = await readChangedTasks(core, of, new AbortController().signal);
    const workers = [core, await world.replica(), await world.replica(), await world.replica()];
    await Promise.all(workers.map((worker) => applyTasks(worker, { project, policy, tasks, firstSight: true })));
    const runs = await core.store.runs.newestOf('payments', policy.id, 100);
    expect(runs.map((run) => run.tasks.length)).toEqual(Array.from({ length: tasks.length / 4 }, () => 4));
    expect((await core.store.tasks.list({ project: 'payments' }, { offset: 0, limit: 1 })).total).toBe(tasks.length);
  });

  it('lets others write and work while a long history is put down', async () => {
    const world = await createCoreWorld(database);
    onTestFinished(() => world.close());
    const { core } = world;
    const project = core.projects.get('payments');
    const policy = { id: 'P1', name: 'hourly', disks: 3 };
    const tasks = Array.from({ length: 10 * 24 }, (_, hour) => ofRun(hour, policy.disks)).flat();
    const ended: string[] = [];
    const history = applyTasks(core, { project, policy, tasks, firstSight: true }).then(() => ended.push('history'));
    setImmediate(() => void record(core).then(() => ended.push('another')));
    await history;
    expect(ended).toEqual(['another', 'history']);
    const { items, total } = await core.store.runs.list({ projects: ['payments'] }, { offset: 0, limit: 1_000 });
    expect([total, new Set(items.map((run) => `${run.state} ${run.tasks.length}`))]).toEqual([
      240,
      new Set(['done 3']),
    ]);
  });
});

/** A run of so many disks that began so many hours after a moment a month ago. */
function ofRun(hour: number, disks: number): RunTask[] {
  return Array.from({ length: disks }, (_, disk) => {
    const createdAt = new Date(NOW.getTime() - (31 * 24 - hour) * 3_600_000 + disk * 1_000);
    return {
      id: `T${hour}-${disk}`,
      status: 'succeeded',
      createdAt,
      finishedAt: new Date(createdAt.getTime() + 60_000),
      backupName: undefined,
      diskId: `D${disk}`,
      jobId: undefined,
      failure: undefined,
    };
  });
}

async function record({ store, clock }: Core): Promise<void> {
  await store.audit.write({
    at: clock.now(),
    actor: OPERATOR,
    action: 'policy.run-requested',
    project: 'payments',
    subject: 'R1',
    outcome: 'ok',
    details: {},
    cloudRequestId: undefined,
  });
}
