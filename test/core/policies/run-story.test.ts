import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlreadyRunning, NotAllowed } from '../../../src/core/errors.ts';
import type { PolicyRun } from '../../../src/core/policies/policy-run.ts';
import { runPolicy } from '../../../src/core/policies/run-policy.ts';
import { type CoreWorld, createCoreWorld, OPERATOR, REQUESTER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';

const MINUTE = 60_000;

describe.each(databases)('running policies on $name', (database) => {
  let world: CoreWorld;
  let nightly: { id: string; name: string; disks: number };

  beforeEach(async () => {
    world = await createCoreWorld(database);
    const found = (await world.core.clouds.of('payments').policies()).find((policy) => policy.name === 'nightly');
    if (!found) throw new Error('the seed has no policy nightly');
    nightly = found;
  });
  afterEach(() => world.close());

  const order = (dedupeKey = 'view-1', by = OPERATOR) =>
    runPolicy(world.core, {
      by,
      project: 'payments',
      policyId: nightly.id,
      policyName: nightly.name,
      disks: nightly.disks,
      dedupeKey,
    });
  const get = async (id: string): Promise<PolicyRun> => {
    const run = await world.core.store.runs.get(id);
    if (!run) throw new Error(`no run ${id}`);
    return run;
  };
  const executions = () => world.simulator.log().filter((entry) => entry.route === 'policies.execute').length;
  const statuses = (run: PolicyRun) => run.tasks.map((task) => task.status).sort();
  async function pass(minutes: number): Promise<void> {
    for (let i = 0; i < minutes; i++) {
      world.clock.advance(MINUTE);
      await world.work();
    }
  }
  const scheduled = async (project = 'payments') =>
    (await world.core.store.runs.list({ projects: [project] }, { offset: 0, limit: 100 })).items.filter(
      (run) => run.origin === 'schedule',
    );

  it('follows a run disk by disk to its end, with the reason of each failure', async () => {
    const [disk] = [...world.simulator.world.disks.all()].filter((one) => one.name === 'payments-db-2');
    world.simulator.setFaults({
      failNextBackup: { diskId: disk?.id, code: 'VolumeBackup.0081', reason: 'Not enough capacity.' },
    });
    const run = await order();
    await world.work();
    expect(await get(run.id)).toMatchObject({ state: 'running', disks: 4 });
    await pass(6);
    const done = await get(run.id);
    expect([done.state, statuses(done)]).toEqual(['done', ['failed', 'succeeded', 'succeeded', 'succeeded']]);
    expect(done.tasks.find((task) => task.status === 'failed')).toMatchObject({
      diskId: disk?.id,
      failure: { code: 'VolumeBackup.0081', explanation: expect.stringContaining('quota') },
    });
    expect(executions()).toBe(1);
  });

  it('knows when the schedule runs the policy next, and how large its disks are, at the cost of a read', async () => {
    const run = await order();
    await world.work();
    await pass(1);
    const { state, nextRunAt, diskSizes, tasks } = await get(run.id);
    expect([state, nextRunAt]).toEqual(['running', new Date('2026-11-21T01:00:00Z')]);
    const disks = [...world.simulator.world.disks.all()].filter((disk) =>
      tasks.some(({ diskId }) => diskId === disk.id),
    );
    expect(diskSizes).toEqual(new Map(disks.map((disk) => [disk.id, disk.size])));
    await pass(6);
    const reads = world.simulator.log().filter((entry) => entry.route === 'backups.list').length;
    expect([(await get(run.id)).state, reads]).toEqual(['done', 1]);
  });

  it('goes on where the cloud does not tell how large the disks are, and looks once more at the end', async () => {
    world.simulator.setFaults({ routes: [{ route: 'backups.list', kind: 'status', status: 403, times: 1 }] });
    const run = await order();
    await world.work();
    await pass(1);
    expect(await get(run.id)).toMatchObject({ state: 'running', diskSizes: new Map() });
    await pass(6);
    const { state, diskSizes } = await get(run.id);
    expect([state, diskSizes?.size]).toEqual(['done', 4]);
  });

  it('is for operators, and one at a time', async () => {
    await expect(order('x', REQUESTER)).rejects.toBeInstanceOf(NotAllowed);
    const [first, again] = await Promise.all([order(), order()]);
    expect(again.id).toBe(first.id);
    await expect(order('another form')).rejects.toMatchObject({ runId: first.id });
    await expect(order('another form')).rejects.toBeInstanceOf(AlreadyRunning);
    await world.work();
    await pass(6);
    expect((await order('another form')).id).not.toBe(first.id);
  });

  it('finds out by its tasks that a run was begun whose answer was lost', async () => {
    world.simulator.setFaults({ routes: [{ route: 'policies.execute', kind: 'cut_after', times: 1 }] });
    const run = await order();
    await world.work();
    await pass(6);
    expect([(await get(run.id)).state, executions()]).toEqual(['done', 1]);
  });

  it('says that it was not begun when no task ever shows up', async () => {
    world.simulator.setFaults({ routes: [{ route: 'policies.execute', kind: 'cut_before', times: 1 }] });
    const run = await order();
    await world.work();
    await pass(2);
    expect(await get(run.id)).toMatchObject({ state: 'failed', failure: { kind: 'not_started' } });
  });

  it('says that the policy is being executed by its schedule or by others', async () => {
    await world.core.clouds.of('payments').executePolicy(nightly.id);
    const run = await order();
    await world.work();
    expect(await get(run.id)).toMatchObject({ state: 'failed', failure: { kind: 'busy', code: 'AutoBackup.0225' } });
  });

  it('says when a run takes longer than it is followed, and what came of it all the same', async () => {
    await world.close();
    world = await createCoreWorld(database, { timing: { runDeadlineMs: 3 * MINUTE } });
    for (const disk of world.simulator.world.disks.all()) {
      if (disk.name === 'payments-web-2') world.simulator.setFaults({ slowBackup: { diskId: disk.id, factor: 6 } });
    }
    const run = await order();
    await world.work();
    await pass(4);
    expect([(await get(run.id)).state, statuses(await get(run.id))]).toEqual([
      'overdue',
      ['running', 'succeeded', 'succeeded', 'succeeded'],
    ]);
    await pass(6);
    expect((await get(run.id)).state).toBe('done');
  });

  it('tells of a failure of last night at first sight, and of nothing older', async () => {
    await world.work();
    const runs = await scheduled();
    expect(runs.length).toBeGreaterThan(14);
    const told: string[] = [];
    for (const run of runs) {
      if (await world.core.store.cards.placeOf('policy-run', run.id)) told.push(run.policyName);
    }
    expect(told).toEqual(['nightly']);
  });

  it('still tells of it at first sight while the next night’s run goes on', async () => {
    const next = new Date(world.clock.now());
    next.setUTCHours(25, 0, 5, 0);
    world.clock.advance(next.getTime() - world.clock.now().getTime());
    await world.work();
    const [tonight, lastNight] = (await scheduled()).filter((run) => run.policyName === 'nightly');
    expect(tonight?.state).toBe('running');
    expect(lastNight && statuses(lastNight)).toContain('failed');
    expect(await world.core.store.cards.placeOf('policy-run', lastNight?.id ?? '')).toBeDefined();
  });

  it('takes a scheduled run for one thing, told of once something failed, and when it ends', async () => {
    await world.work();
    const before = new Set((await scheduled()).map((run) => run.id));
    const ledger = [...world.simulator.world.disks.all()].find((one) => one.name === 'payments-ledger');
    world.simulator.setFaults({ failNextBackup: { diskId: ledger?.id, code: 'VolumeBackup.0013', reason: 'busy' } });
    world.clock.advance(41 * MINUTE);
    await pass(4);
    const fresh = (await scheduled()).filter((run) => !before.has(run.id));
    expect(fresh.map((run) => [run.policyName, run.state, statuses(run)])).toEqual([
      ['ledger-hourly', 'done', ['failed']],
    ]);
    const [run] = fresh;
    expect(await world.core.store.cards.placeOf('policy-run', run?.id ?? '')).toEqual({
      kind: 'channel',
      id: 'APAYMENTS',
    });
  });

  it('asks once a policy when nothing is new, and writes no task', async () => {
    await world.work();
    const asked = () => world.simulator.log().filter((entry) => entry.route === 'tasks.list').length;
    world.clock.advance(2 * MINUTE);
    const written: string[] = [];
    world.core.store.onCommit((topics) => written.push(...topics));
    const before = asked();
    await world.work();
    expect(asked() - before).toBe(5);
    expect(written).not.toContain('tasks');
    expect(written).not.toContain('runs');
  });

  it('keeps reading the other projects when one is down, and catches up afterwards', async () => {
    world.simulator.setFaults({ projectDown: { project: 'payments', status: 503 } });
    await world.work();
    expect((await world.core.store.watches.get('payments'))?.lastFailure?.kind).toBe('unavailable');
    expect(await scheduled('payments')).toEqual([]);
    expect((await scheduled('analytics')).length).toBeGreaterThan(5);
    world.simulator.setFaults({ projectDown: { project: 'payments', status: null } });
    await pass(10);
    expect((await scheduled('payments')).length).toBeGreaterThan(14);
  });
});
