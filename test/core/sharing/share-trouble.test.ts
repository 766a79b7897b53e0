import { describe, expect, it } from 'vitest';
import { Access } from '../../../src/core/access.ts';
import { NotAllowed } from '../../../src/core/errors.ts';
import { Projects } from '../../../src/core/projects.ts';
import { retryShare } from '../../../src/core/sharing/retry-share.ts';
import { NOW, OWNER, REQUESTER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { changedClouds, HOUR, hidingSharings, SharingScene } from './sharing-scene.ts';

describe.each(databases)('sharing under trouble on $name', (database) => {
  const scene = new SharingScene(database);

  it('does not share again what the cloud took and does not show, and says so in the end', async () => {
    const blind = { is: true };
    await scene.begin({ wrap: (clouds) => hidingSharings(clouds, blind) });
    const request = await scene.approved();
    await scene.world.work();
    expect(await scene.now(request.id)).toMatchObject({ state: 'unknown', failure: { kind: 'not_confirmed' } });
    await scene.pass(2);
    expect([scene.shareCalls(), scene.inCloud().length]).toEqual([1, 1]);
    expect(await scene.now(request.id)).toMatchObject({ state: 'failed', failure: { kind: 'not_confirmed' } });
    blind.is = false;
    await retryShare(scene.world.core, { requestId: request.id, by: REQUESTER });
    await scene.world.work();
    expect([(await scene.now(request.id))?.state, scene.shareCalls()]).toEqual(['shared', 1]);
  });

  it('keeps a pending request open while its backup cannot be read', async () => {
    const replica = await scene.world.replica();
    const unread = await scene.ask({}, replica);
    scene.world.simulator.setFaults({ projectDown: { project: 'payments', status: 503 } });
    await scene.pass(3);
    expect(await scene.now(unread.id)).toMatchObject({ state: 'pending', failure: { kind: 'unavailable' } });
    scene.world.simulator.setFaults({ projectDown: { project: 'payments', status: null } });
    await scene.pass(1);
    expect(await scene.now(unread.id)).toMatchObject({
      state: 'pending',
      backup: { sizeGib: 100 },
      failure: undefined,
    });
  });

  it('does not carry an old trouble with reading into the sharing', async () => {
    const replica = await scene.world.replica();
    const unread = await scene.ask({}, replica);
    scene.world.simulator.setFaults({ projectDown: { project: 'payments', status: 503 } });
    await scene.world.work();
    await scene.approve(unread.id);
    expect(await scene.now(unread.id)).toMatchObject({ state: 'approved', failure: undefined });
  });

  it('is asked for once, also by two people at the same moment on two replicas', async () => {
    const replica = await scene.world.replica();
    const { backups } = await scene.world.core.catalogue.list('payments');
    const available = backups.filter((backup) => backup.status === 'available').slice(0, 25);
    let all = 0;
    for (const backup of available) {
      const wish = { backupId: backup.id };
      const outcomes = await Promise.allSettled([
        scene.ask({ ...wish, dedupeKey: `one ${backup.id}` }),
        scene.ask({ ...wish, dedupeKey: `other ${backup.id}` }, replica),
      ]);
      const filed = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      expect(filed.length).toBeLessThanOrEqual(1);
      all += filed.length;
    }
    // Some are shared with that project already.
    expect(all).toBeGreaterThan(20);
  });

  it('is not tried again where another request has shared it, or asks for it, meanwhile', async () => {
    const failed = await scene.approved();
    scene.refuse('sharings.share', 1);
    await scene.world.work();
    const other = await scene.ask({ dedupeKey: 'view-2' });
    const retry = () => retryShare(scene.world.core, { requestId: failed.id, by: REQUESTER });
    await expect(retry()).rejects.toMatchObject({ faults: [{ rule: 'already_asked', about: 'analytics' }] });
    await scene.approve(other.id);
    await scene.world.work();
    await expect(retry()).rejects.toMatchObject({ faults: [{ rule: 'already_shared', about: 'analytics' }] });
    expect((await scene.now(failed.id))?.state).toBe('failed');
  });

  it('is not tried again by whoever asked once they may not ask any more', async () => {
    const failed = await scene.approved();
    scene.refuse('sharings.share', 1);
    await scene.world.work();
    const left = scene.world.core.projects.managed.map((one) => ({ ...one, requesters: { users: [], groups: [] } }));
    const projects = new Projects(left, []);
    const core = { ...scene.world.core, projects, access: new Access({ membersOf: async () => new Set() }, projects) };
    await expect(retryShare(core, { requestId: failed.id, by: REQUESTER })).rejects.toThrow(NotAllowed);
    await retryShare(core, { requestId: failed.id, by: OWNER });
  });

  it('is not tried again once the end that was asked for has passed', async () => {
    const failed = await scene.approved({ endsAt: new Date(NOW.getTime() + HOUR) });
    scene.refuse('sharings.share', 1);
    await scene.world.work();
    scene.world.clock.advance(HOUR);
    const retry = retryShare(scene.world.core, { requestId: failed.id, by: REQUESTER });
    await expect(retry).rejects.toMatchObject({ faults: [{ field: 'endsAt', rule: 'in_the_past' }] });
    expect((await scene.now(failed.id))?.state).toBe('failed');
  });

  it('is given up after as many tries as it has', async () => {
    await scene.begin({ timing: { tries: 3 } });
    const request = await scene.approved();
    scene.world.simulator.setFaults({ routes: [{ route: 'sharings.share', kind: 'rate_limit', retryAfter: 1 }] });
    await scene.pass(0.25);
    expect(await scene.now(request.id)).toMatchObject({ state: 'failed', failure: { kind: 'rate_limited' } });
    expect(scene.shareCalls()).toBe(3);
  });

  it('takes no sharing of another backup for its own, where the cloud lists more than it was asked for', async () => {
    await scene.begin({
      wrap: (clouds) =>
        changedClouds(clouds, (cloud) => ({
          sharings: ({ direction }, signal) => cloud.sharings({ direction }, signal),
        })),
    });
    const { backups } = await scene.world.core.catalogue.list('payments');
    const other = backups.find(({ id, status }) => id !== scene.backupId && status === 'available');
    const before = await scene.approved({ backupId: other?.id ?? '' });
    await scene.world.work();
    expect((await scene.now(before.id))?.state).toBe('shared');
    const request = await scene.approved({ dedupeKey: 'view-2' });
    await scene.world.work();
    expect([(await scene.now(request.id))?.state, scene.inCloud().length]).toEqual(['shared', 1]);
  });

  it('waits no longer than an hour, whatever the cloud asks for', async () => {
    const request = await scene.approved();
    scene.world.simulator.setFaults({
      routes: [{ route: 'sharings.share', kind: 'rate_limit', retryAfter: 10 ** 12, times: 1 }],
    });
    await scene.world.work();
    expect((await scene.now(request.id))?.nextAttemptAt?.getTime()).toBeLessThanOrEqual(NOW.getTime() + HOUR);
  });
});
