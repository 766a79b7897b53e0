import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../../src/core/core.ts';
import { applyTasks } from '../../../src/core/policies/apply-tasks.ts';
import type { PolicyRun, RunTask } from '../../../src/core/policies/policy-run.ts';
import { runPolicy } from '../../../src/core/policies/run-policy.ts';
import { sweepPolicies } from '../../../src/core/policies/sweep-policies.ts';
import { type CoreWorld, createCoreWorld, NOW, OPERATOR } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(databases)('policy runs under trouble on $name', (database) => {
  let world: CoreWorld;
  let policy: { id: string; name: string; disks: number };

  beforeEach(async () => {
    world = await createCoreWorld(database);
    const found = (await world.core.clouds.of('payments').policies()).find((one) => one.name === 'nightly');
    if (!found) throw new Error('the seed has no policy nightly');
    policy = found;
  });
  afterEach(() => world.close());

  const order = (disks = policy.disks) =>
    runPolicy(world.core, {
      by: OPERATOR,
      project: 'payments',
      policyId: policy.id,
      policyName: policy.name,
      disks,
      dedupeKey: 'view-1',
    });
  const get = (id: string) => world.core.store.runs.get(id);
  const project = () => world.core.projects.get('payments');
  const apply = (tasks: readonly RunTask[], core: Core = world.core) =>
    applyTasks(core, { project: project(), policy: { ...policy, id: 'P1', disks: 2 }, tasks, firstSight: false });
  const runsOf = async (): Promise<readonly PolicyRun[]> => world.core.store.runs.newestOf('payments', 'P1', 20);
  async function pass(minutes: number, step = 1): Promise<void> {
    for (let left = minutes; left > 0; left -= step) {
      world.clock.advance(step * MINUTE);
      await world.work();
    }
  }

  it('are said not to have begun only once a lost start can come to nothing more', async () => {
    world.simulator.setFaults({ routes: [{ route: 'policies.execute', kind: 'cut_before', times: 1 }] });
    const { id } = await order();
    await world.work();
    world.clock.advance(world.core.timing.settleMs - 1_000);
    await world.work();
    expect((await get(id))?.state).toBe('unknown');
    world.clock.advance(world.core.timing.lookMs);
    await world.work();
    expect(await get(id)).toMatchObject({ state: 'failed', failure: { kind: 'not_started' } });
  });

  it('are not asked for where the policy has no disks', async () => {
    await expect(order(0)).rejects.toMatchObject({ faults: [{ field: 'policy', rule: 'no_disks', about: 'nightly' }] });
    expect(await world.core.store.runs.activeOf('payments', policy.id)).toBeUndefined();
  });

  it('records a start whose answer was lost, once its tasks show it', async () => {
    world.simulator.setFaults({ routes: [{ route: 'policies.execute', kind: 'cut_after', times: 1 }] });
    const { id } = await order();
    await world.work();
    await pass(6);
    const { items } = await world.core.store.audit.list({ subject: id }, { offset: 0, limit: 10 });
    expect(items.map((entry) => [entry.action, entry.outcome])).toEqual([
      ['policy.run-started', 'ok'],
      ['policy.run-requested', 'ok'],
    ]);
    expect((await get(id))?.state).toBe('done');
  });

  it('does not look for ever whether a run began, where the cloud does not answer any more', async () => {
    world.simulator.setFaults({ routes: [{ route: 'policies.execute', kind: 'cut_before', times: 1 }] });
    const { id } = await order();
    await world.work();
    world.simulator.setFaults({ projectDown: { project: 'payments', status: 503 } });
    await pass(13 * 60, 30);
    expect(await get(id)).toMatchObject({ state: 'failed', failure: { kind: 'unavailable' } });
  });

  it('makes one run of what two replicas see at the same moment', async () => {
    const replica = await world.replica();
    for (let round = 0; round < 10; round += 1) {
      const tasks = ['D1', 'D2'].map((disk) => aTask({ id: `${round}-${disk}`, diskId: disk, at: round * HOUR }));
      await Promise.all([apply(tasks), apply(tasks, replica)]);
    }
    const runs = await runsOf();
    expect(runs.map((run) => run.tasks.length)).toEqual(Array(10).fill(2));
  });

  it('lets what has ended stay ended, whoever read it late', async () => {
    await apply([aTask({ id: 'T1', status: 'succeeded' }), aTask({ id: 'T2', diskId: 'D2', status: 'failed' })]);
    await apply([aTask({ id: 'T1', status: 'running' })]);
    const [run] = await runsOf();
    expect([run?.state, run?.tasks.map((task) => task.status)]).toEqual(['done', ['succeeded', 'failed']]);
  });

  it('takes a scheduled run up again when another disk begins late, and follows it to its end', async () => {
    await apply([aTask({ id: 'T1', status: 'succeeded' }), aTask({ id: 'T2', diskId: 'D2', status: 'succeeded' })]);
    await apply([aTask({ id: 'T3', diskId: 'D3', status: 'running', at: 5 * MINUTE })]);
    expect((await runsOf()).map((run) => [run.state, run.finishedAt])).toEqual([['running', undefined]]);
    await apply([aTask({ id: 'T3', diskId: 'D3', status: 'succeeded', at: 5 * MINUTE })]);
    expect((await runsOf()).map((run) => [run.state, run.tasks.length])).toEqual([['done', 3]]);
  });

  it('does not read its way back, sweep after sweep, to a task that the cloud has forgotten', async () => {
    await world.work();
    const lost = aTask({ id: 'forgotten', status: 'running', at: -20 * 24 * HOUR });
    await applyTasks(world.core, { project: project(), policy, tasks: [lost], firstSight: false });
    world.clock.advance(2 * MINUTE);
    const asked = () => world.simulator.log().filter((entry) => entry.route === 'tasks.list').length;
    const before = asked();
    const [claim] = await world.core.store.watches.claimDue(['payments'], lease(world.core));
    if (!claim) throw new Error('the sweep of payments is not due');
    await sweepPolicies(world.core, claim, new AbortController().signal);
    const policies = await world.core.clouds.of('payments').policies();
    expect(asked() - before).toBe(policies.length);
  });
});

function lease({ clock, timing }: Core) {
  const now = clock.now();
  return { now, until: new Date(now.getTime() + timing.leaseMs), limit: 1 };
}

function aTask(about: Partial<RunTask> & { id: string; at?: number }): RunTask {
  const { at = 0, ...rest } = about;
  return {
    status: 'running',
    createdAt: new Date(NOW.getTime() + at),
    finishedAt: undefined,
    backupName: undefined,
    diskId: 'D1',
    jobId: undefined,
    failure: undefined,
    ...rest,
  };
}
