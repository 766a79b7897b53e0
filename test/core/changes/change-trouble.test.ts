import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deed } from '../../../src/core/changes/change.ts';
import { decideChange } from '../../../src/core/changes/decide-change.ts';
import { retryChange } from '../../../src/core/changes/retry-change.ts';
import { workOnChange } from '../../../src/core/changes/work-on-change.ts';
import { AlreadyDecided } from '../../../src/core/errors.ts';
import { type CoreWorld, createCoreWorld, OPERATOR, OWNER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { changedClouds } from '../sharing/sharing-scene.ts';
import { ask, calls, nightlyPlan, untilEnd } from './changing.ts';

describe.each(databases)('changes under trouble on $name', (database) => {
  let world: CoreWorld;
  let backupId: string;
  let diskId: string;

  beforeEach(async () => {
    world = await createCoreWorld(database);
    const { backups } = await world.core.catalogue.list('payments');
    const release = backups.find((backup) => backup.name?.startsWith('db-release'));
    backupId = release?.id ?? '';
    diskId = release?.diskId ?? '';
  });
  afterEach(() => world.close());

  const now = (id: string) => world.core.store.changes.get(id);
  const creation = (): Deed => ({
    kind: 'backup.create',
    backup: { diskId, name: 'by-hand', description: undefined, snapshotId: undefined, full: undefined, tags: [] },
  });
  const fault = (route: string, kind: 'cut_after' | 'cut_before' | 'html', times = 1) =>
    world.simulator.setFaults({ routes: [{ route, kind, times }] });
  /** Has all cards shown as they are, and answers how many were out of date. */
  const showCards = async (): Promise<number> => {
    const { cards } = world.core.store;
    const now = world.clock.now();
    const until = new Date(now.getTime() + 1_000);
    for (let shown = 0; ; ) {
      const claimed = await cards.claimDue({ now, until, limit: 100 });
      if (claimed.length === 0) return shown;
      for (const { id, lease, wanted } of claimed) {
        await cards.shown(id, lease, { channel: 'C1', ts: `${id}`, shown: wanted });
        shown += 1;
      }
    }
  };
  const named = async (name: string) => {
    const found: string[] = [];
    for await (const backup of world.core.clouds.of('payments').backups())
      if (backup.name === name) found.push(backup.id);
    return found;
  };

  it('finds the backup whose creation was answered to nobody, and makes no second one', async () => {
    fault('cloudbackups.create', 'cut_after');
    const { id } = await ask(world.core, creation());
    await world.work();
    expect(await now(id)).toMatchObject({ state: 'unknown', failure: { kind: 'answer_lost' } });
    expect(await untilEnd(world, id)).toMatchObject({ state: 'done', failure: undefined });
    expect([calls(world, 'cloudbackups.create'), (await named('by-hand')).length]).toEqual([1, 1]);
  });

  it('makes it once it is certain that the lost call came to nothing', async () => {
    fault('cloudbackups.create', 'cut_before');
    const { id } = await ask(world.core, creation());
    await world.work();
    world.clock.advance(world.core.timing.settleMs - 1_000);
    await world.work();
    expect([(await now(id))?.state, calls(world, 'cloudbackups.create')]).toEqual(['unknown', 1]);
    expect((await untilEnd(world, id)).state).toBe('done');
    expect(await named('by-hand')).toHaveLength(1);
  });

  it('does not restore again where the answer was lost and nothing tells whether it was done', async () => {
    fault('cloudbackups.restore', 'cut_before');
    const { id } = await ask(world.core, { kind: 'backup.restore', backupId, backup: undefined, diskId });
    await decideChange(world.core, { requestId: id, by: OWNER, kind: 'approve' });
    expect(await untilEnd(world, id)).toMatchObject({ state: 'failed', failure: { kind: 'answer_lost' } });
    expect(calls(world, 'cloudbackups.restore')).toBe(1);
    // What may have been overwritten already is not overwritten once more under the same approval.
    await expect(retryChange(world.core, { requestId: id, by: OWNER })).rejects.toThrow(AlreadyDecided);
    await world.work();
    expect(calls(world, 'cloudbackups.restore')).toBe(1);
  });

  it('goes on with a restoration that the cloud began although its answer was lost', async () => {
    fault('cloudbackups.restore', 'cut_after');
    const { id } = await ask(world.core, { kind: 'backup.restore', backupId, backup: undefined, diskId });
    await decideChange(world.core, { requestId: id, by: OWNER, kind: 'approve' });
    await world.work();
    expect([(await untilEnd(world, id)).state, calls(world, 'cloudbackups.restore')]).toEqual(['done', 1]);
  });

  it('waits while the cloud is down, before the call and while it follows', async () => {
    const down = (status: number) => world.simulator.setFaults({ projectDown: { project: 'payments', status } });
    down(503);
    const { id } = await ask(world.core, { kind: 'backup.delete', backupId, backup: undefined });
    await decideChange(world.core, { requestId: id, by: OWNER, kind: 'approve' });
    await world.work();
    await showCards();
    world.clock.advance(10_000);
    await world.work();
    // Nothing new is to be told.
    expect([await now(id), await showCards()]).toMatchObject([{ state: 'executing', attempts: 2 }, 0]);
    down(429);
    world.clock.advance(20_000);
    await world.work();
    expect([await now(id), await showCards()]).toMatchObject([{ failure: { kind: 'rate_limited' } }, 1]);
    world.simulator.setFaults({ clear: true });
    world.clock.advance(30_000);
    await world.work();
    expect(await now(id)).toMatchObject({ state: 'running', attempts: 0 });
    down(503);
    world.clock.advance(2_000);
    await world.work();
    expect(await now(id)).toMatchObject({ state: 'running', attempts: 1 });
    world.simulator.setFaults({ clear: true });
    world.clock.advance(6_000);
    await world.work();
    expect(await now(id)).toMatchObject({ state: 'running', attempts: 0 });
    expect((await untilEnd(world, id)).state).toBe('done');
  });

  it('gives up following what is under way where the cloud does not answer for half a day', async () => {
    const { id } = await ask(world.core, creation());
    await world.work();
    world.simulator.setFaults({ projectDown: { project: 'payments', status: 503 } });
    expect(await untilEnd(world, id, Array(14).fill(3_600))).toMatchObject({
      state: 'failed',
      failure: { kind: 'overdue' },
    });
  });

  it('gives up looking for what the cloud has taken and never shows', async () => {
    const switchPolicy = async () => ({ value: undefined, requestId: 'req-1' });
    await world.close();
    world = await createCoreWorld(database, { wrap: (clouds) => changedClouds(clouds, () => ({ switchPolicy })) });
    const [policy] = await world.core.clouds.of('payments').policies();
    if (!policy) throw new Error('there is no policy');
    const { id: policyId, name: policyName, enabled } = policy;
    const { id } = await ask(world.core, { kind: 'policy.switch', policyId, policyName, enabled: !enabled });
    expect(await untilEnd(world, id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'not_confirmed', requestId: 'req-1' },
    });
  });

  it('carries it out once where two replicas take it up at the same moment', async () => {
    const other = await world.replica();
    const { id } = await ask(world.core, creation());
    await Promise.all([world.work(), world.work(other)]);
    expect(calls(world, 'cloudbackups.create')).toBe(1);
    expect((await untilEnd(world, id)).state).toBe('done');
  });

  it('is taken up again where the process ended between the call and its answer', async () => {
    const { id } = await ask(world.core, creation());
    const { store, clock, timing } = world.core;
    const until = new Date(clock.now().getTime() + timing.leaseMs);
    const [claim] = await store.changes.claimDue({ now: clock.now(), until, limit: 1 });
    if (!claim) throw new Error('nothing was due');
    // The cloud does it, and the process that asked is no more: neither outcome nor lease is written.
    const step = { from: ['approved'], to: 'executing', at: clock.now(), lease: claim.lease } as const;
    await store.changes.move(id, step, { calledAt: clock.now() });
    if (claim.item.deed.kind !== 'backup.create') throw new Error('another deed');
    await world.core.clouds.of('payments').createBackup(claim.item.deed.backup);
    expect([(await untilEnd(world, id)).state, calls(world, 'cloudbackups.create')]).toEqual(['done', 1]);
    // The old worker wakes up late: its lease is gone, and it changes nothing.
    await workOnChange(world.core, claim, new AbortController().signal);
    expect([(await now(id))?.state, calls(world, 'cloudbackups.create')]).toEqual(['done', 1]);
  });

  it('makes one policy although the answer was lost, and refuses a name that is taken', async () => {
    fault('policies.create', 'cut_after');
    const { id } = await ask(world.core, { kind: 'policy.create', plan: nightlyPlan, tags: [] });
    expect(await untilEnd(world, id)).toMatchObject({ state: 'done', result: { policyId: expect.any(String) } });
    const again = await ask(world.core, { kind: 'policy.create', plan: nightlyPlan, tags: [] });
    expect(await untilEnd(world, again.id)).toMatchObject({ state: 'failed', failure: { kind: 'name_taken' } });
    expect(calls(world, 'policies.create')).toBe(1);
  });

  it('says that a policy was made only where its tags are shown, too', async () => {
    const tags = [{ key: 'team', value: 'db' }];
    fault('policies.create', 'cut_after');
    const { id } = await ask(world.core, { kind: 'policy.create', plan: nightlyPlan, tags });
    expect(await untilEnd(world, id)).toMatchObject({ state: 'done' });
    const other = { ...nightlyPlan, name: 'hourly-two' };
    fault('policies.create', 'cut_after');
    const { id: bare } = await ask(world.core, { kind: 'policy.create', plan: other, tags });
    await world.work();
    for (const policy of world.simulator.world.policies.all()) if (policy.name === other.name) policy.tags = [];
    expect(await untilEnd(world, bare)).toMatchObject({ state: 'failed', failure: { kind: 'answer_lost' } });
    expect(calls(world, 'policies.create')).toBe(2);
  });

  it('does not put a disk back into the policy from which somebody has moved it since', async () => {
    const [first, second] = await world.core.clouds.of('payments').policies();
    const addTo = (policy = first): Deed => ({
      kind: 'policy.add-disks',
      policyId: policy?.id ?? '',
      policyName: policy?.name ?? '',
      diskIds: [diskId],
      taken: [],
    });
    fault('policies.associate', 'cut_after');
    const { id } = await ask(world.core, addTo());
    await world.work();
    expect(await now(id)).toMatchObject({ state: 'unknown' });
    await expect(ask(world.core, addTo(second))).rejects.toMatchObject({
      faults: [{ field: 'disks', rule: 'being_changed' }],
    });
    expect((await untilEnd(world, id)).state).toBe('done');
    const moved = await ask(world.core, addTo(second));
    expect((await untilEnd(world, moved.id)).state).toBe('done');
  });

  it('ends where the policy whose tags it changed is gone before its answer was found', async () => {
    const [policy] = await world.core.clouds.of('payments').policies();
    const of = { policyId: policy?.id ?? '', policyName: policy?.name ?? '' };
    fault('tags.add', 'cut_after');
    const tags = [{ key: 'owner', value: 'ada' }];
    const { id } = await ask(world.core, { kind: 'policy.tags', ...of, action: 'create', tags });
    fault('tags.list', 'html', 4);
    await world.work();
    await world.core.clouds.of('payments').deletePolicy(of.policyId);
    expect(await untilEnd(world, id)).toMatchObject({ state: 'failed', failure: { kind: 'not_found' } });
  });

  it('undoes no tag that somebody has changed while the form was open', async () => {
    const cloud = world.core.clouds.of('payments');
    const [policy] = await cloud.policies();
    const of = { policyId: policy?.id ?? '', policyName: policy?.name ?? '' };
    const theirs = { key: 'owner', value: 'grace' };
    await cloud.addTag(of.policyId, theirs);
    const shown = [
      { key: 'owner', value: 'ada' },
      { key: 'colour', value: 'red' },
    ];
    for (const [action, tags] of [
      ['create', shown.slice(0, 1)],
      ['create', shown],
      ['delete', shown],
    ] as const) {
      const { id } = await ask(world.core, { kind: 'policy.tags', ...of, action, tags });
      expect(await untilEnd(world, id)).toMatchObject({ state: 'failed', failure: { kind: 'changed_meanwhile' } });
    }
    expect(await cloud.tagsOf(of.policyId)).toContainEqual(theirs);
  });

  it('ends with the reason where the settings name its project no more', async () => {
    const { id } = await ask(world.core, creation(), { by: OPERATOR });
    const projects = Object.assign(Object.create(world.core.projects), { manages: () => false });
    await world.work({ ...world.core, projects });
    expect(await now(id)).toMatchObject({ state: 'failed', failure: { kind: 'project_gone' } });
  });
});
