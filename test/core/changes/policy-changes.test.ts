import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change, Deed } from '../../../src/core/changes/change.ts';
import { requestChange } from '../../../src/core/changes/request-change.ts';
import { InvalidInput } from '../../../src/core/errors.ts';
import { knownDisks } from '../../../src/core/policies/known-disks.ts';
import type { Policy, PolicyPlan } from '../../../src/core/policies/policy.ts';
import { ADMIN, type CoreWorld, createCoreWorld } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';

const MINUTE = 60_000;

describe.each(databases)('changes of policies on $name', (database) => {
  let world: CoreWorld;
  let asked = 0;

  beforeEach(async () => {
    world = await createCoreWorld(database);
  });
  afterEach(() => world.close());

  const policies = (project = 'payments') => world.core.clouds.of(project).policies();
  async function policyOf(name: string, project = 'payments'): Promise<Policy> {
    const found = (await policies(project)).find((one) => one.name === name);
    if (!found) throw new Error(`no policy ${name}`);
    return found;
  }
  const file = (deed: Deed, project = 'payments') => {
    asked += 1;
    return requestChange(world.core, { by: ADMIN, project, deed, dedupeKey: `form-${asked}` });
  };
  async function outcome(deed: Deed, project = 'payments'): Promise<Change | undefined> {
    const { id } = await file(deed, project);
    await world.work();
    return world.core.store.changes.get(id);
  }
  const modify = (policy: Policy, change: Partial<PolicyPlan>): Deed => {
    const { id, name, enabled, schedule, retention } = policy;
    const before = { name, enabled, schedule, retention };
    return { kind: 'policy.modify', policyId: id, policyName: name, before, plan: { ...before, ...change } };
  };
  const diskIds = (...names: readonly string[]) =>
    names.map((name) => {
      const disk = [...world.simulator.world.disks.all()].find((one) => one.name === name);
      if (!disk) throw new Error(`no disk ${name}`);
      return disk.id;
    });

  it('keep what is as before, which the cloud would refuse to be told anew', async () => {
    const nightly = await policyOf('nightly');
    expect(nightly.retention.keepLast).toBe(30);
    const schedule = { ...nightly.schedule, times: ['02:00'] };
    expect(await outcome(modify(nightly, { schedule }))).toMatchObject({ state: 'done' });
    expect(await policyOf('nightly')).toMatchObject({ schedule: { times: ['02:00'] }, retention: { keepLast: 30 } });
    const weekly = await policyOf('platform-weekly', 'platform');
    expect(await outcome(modify(weekly, { enabled: false }), 'platform')).toMatchObject({ state: 'done' });
    const retention = { keepLast: 15, keepDays: undefined, keepFirstOfMonth: false };
    const tooMany = file(modify(await policyOf('nightly'), { retention }));
    await expect(tooMany).rejects.toEqual(
      new InvalidInput([{ field: 'retention', rule: 'out_of_range', about: '2–14' }]),
    );
  });

  it('undo nothing that came while the form was open', async () => {
    const before = await policyOf('nightly');
    const first = modify(before, { schedule: { ...before.schedule, times: ['02:00'] } });
    expect(await outcome(first)).toMatchObject({ state: 'done' });
    const second = await outcome(modify(before, { enabled: false }));
    expect(second).toMatchObject({ state: 'failed', failure: { kind: 'changed_meanwhile' } });
    expect(await policyOf('nightly')).toMatchObject({ enabled: true, schedule: { times: ['02:00'] } });
  });

  it('tell another zone apart, since the days of the week are its days', async () => {
    const before = await policyOf('nightly');
    const deed = modify(before, { schedule: { ...before.schedule, timeZone: 'UTC+02:00' } });
    world.simulator.setFaults({ routes: [{ route: 'policies.modify', kind: 'cut_before', times: 1, skip: 0 }] });
    const { id } = await file(deed);
    for (let round = 0; round < 20; round += 1) {
      await world.work();
      world.clock.advance(MINUTE);
    }
    expect(await world.core.store.changes.get(id)).toMatchObject({ state: 'done' });
    expect((await policyOf('nightly')).schedule.timeZone).toBe('UTC+02:00');
  });

  it('tell which disk is in which policy, the newest evidence first', async () => {
    await world.work();
    const [nightly, reports] = [await policyOf('nightly'), await policyOf('reports-weekdays')];
    const known = async () => knownDisks(world.core, 'payments', await policies());
    const inNightly = diskIds('payments-db-1', 'payments-db-2', 'payments-web-1', 'payments-web-2');
    expect([...(await known()).of(nightly.id)].sort()).toEqual([...inNightly].sort());
    // It is off and has no tasks, so nothing tells of its disk.
    expect((await known()).of(reports.id)).toEqual([]);

    world.clock.advance(MINUTE);
    const moved = diskIds('payments-db-1', 'payments-archive');
    const about = { policyId: reports.id, policyName: reports.name };
    const taken = [{ diskId: moved[0] ?? '', policyName: 'nightly' }];
    expect(await outcome({ kind: 'policy.add-disks', ...about, diskIds: moved, taken })).toMatchObject({
      state: 'done',
      result: { disks: { succeeded: moved, failed: [] } },
    });
    expect([...(await known()).of(reports.id)].sort()).toEqual([...moved].sort());
    expect([...(await known()).of(nightly.id)].sort()).toEqual(inNightly.filter((id) => id !== moved[0]).sort());

    world.clock.advance(MINUTE);
    await outcome({ kind: 'policy.remove-disks', ...about, diskIds: moved.slice(1) });
    expect((await known()).places.get(moved[1] ?? '')).toEqual({ diskId: moved[1], policy: undefined });

    world.clock.advance(MINUTE);
    await outcome({ kind: 'policy.delete', ...about, disks: 2, diskIds: [] });
    expect((await known()).places.get(moved[0] ?? '')).toEqual({ diskId: moved[0], policy: undefined });
  });
});
