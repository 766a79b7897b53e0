import { describe, expect, it, onTestFinished } from 'vitest';
import { applyTasks } from '../../../src/core/policies/apply-tasks.ts';
import { readChangedTasks } from '../../../src/core/policies/read-tasks.ts';
import { createCoreWorld } from '../../support/core-world.ts';
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
});
