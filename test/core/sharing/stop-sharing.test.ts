import { describe, expect, it } from 'vitest';
import type { AuditAction } from '../../../src/core/audit.ts';
import { NotAllowed } from '../../../src/core/errors.ts';
import type { Clouds } from '../../../src/core/ports.ts';
import { retryShare } from '../../../src/core/sharing/retry-share.ts';
import type { Sharing } from '../../../src/core/sharing/sharing.ts';
import { orderStop, prepareStop } from '../../../src/core/sharing/stop-sharing.ts';
import { DEMO_PROJECTS } from '../../../src/sandbox/vbs/seed.ts';
import { NOW, OWNER, REQUESTER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { changedClouds, HOUR, hidingSharings, SharingScene } from './sharing-scene.ts';

const LATER = new Date(NOW.getTime() + HOUR);

describe.each(databases)('a sharing that is to end on $name', (database) => {
  const scene = new SharingScene(database);

  it('stops by itself at its end, and makes sure of it', async () => {
    const request = await scene.ask({ endsAt: new Date(NOW.getTime() + 3_600_000) });
    await scene.approve(request.id);
    await scene.world.work();
    expect(scene.inCloud()).toHaveLength(1);
    scene.world.clock.advance(3_600_000);
    scene.world.simulator.setFaults({ routes: [{ route: 'sharings.cancel', kind: 'cut_after', times: 1 }] });
    await scene.world.work();
    scene.world.clock.advance(20_000);
    await scene.world.work();
    expect(scene.inCloud()).toHaveLength(0);
    expect(await scene.world.core.store.sharings.ofRequest(request.id)).toMatchObject([
      { state: 'stopped', stoppedBy: undefined },
    ]);
  });

  it('is told of once with the others that end with it', async () => {
    const request = await scene.approved({ targets: ['analytics', 'platform'], endsAt: LATER });
    await scene.world.work();
    expect(await scene.told()).toEqual(['shared']);
    scene.world.clock.advance(HOUR);
    await scene.world.work();
    expect(scene.inCloud()).toEqual([]);
    const ids = (await scene.world.core.store.sharings.ofRequest(request.id)).map(({ id }) => id);
    expect(await scene.toldOfEnds()).toEqual([
      ['share-event', `${request.id}#stopped#${ids.join(',')}`],
      ['share-outcome', `${request.id}#stopped#${ids.join(',')}`],
    ]);
  });

  it('is told of without waiting for another that could not be stopped yet, and of that one later', async () => {
    const request = await scene.approved({ targets: ['analytics', 'platform'], endsAt: LATER });
    await scene.world.work();
    await scene.told();
    scene.world.simulator.setFaults({ routes: [{ route: 'sharings.cancel', kind: 'status', status: 503, times: 1 }] });
    scene.world.clock.advance(HOUR);
    await scene.world.work();
    const [left] = scene.inCloud();
    const ids = (await scene.world.core.store.sharings.ofRequest(request.id)).map(({ id }) => id);
    const gone = ids.filter((id) => id !== left?.id);
    expect(await scene.toldOfEnds()).toContainEqual(['share-outcome', `${request.id}#stopped#${gone.join(',')}`]);
    scene.world.clock.advance(60_000);
    await scene.world.work();
    expect(scene.inCloud()).toEqual([]);
    expect(await scene.toldOfEnds()).toContainEqual(['share-outcome', `${request.id}#stopped#${ids.join(',')}`]);
  });

  it('gets one notice with the others that no request stands for', async () => {
    await scene.world.core.clouds
      .of('payments')
      .share(scene.backupId, [DEMO_PROJECTS.analytics, DEMO_PROJECTS.platform]);
    const wish = { by: OWNER, project: 'payments', backupId: scene.backupId };
    const sharingIds = (await prepareStop(scene.world.core, wish)).map(({ id }) => id);
    await orderStop(scene.world.core, { by: OWNER, project: 'payments', sharingIds });
    await scene.world.work();
    expect(scene.inCloud()).toEqual([]);
    const [[kind, notice] = [], ...more] = await scene.toldOfEnds();
    expect([kind, more]).toEqual(['sharing-stopped', []]);
    expect(new Set(notice?.split(/#stopped#|,/))).toEqual(new Set(sharingIds));
  });

  it('is stopped by an approver, also where the bot did not make it', async () => {
    const outside = scene.world.simulator.world.sharings.in(`from:${DEMO_PROJECTS.payments}`);
    const [sharing] = outside;
    const wish = { by: OWNER, project: 'payments', sharingId: sharing?.id ?? '' };
    await expect(prepareStop(scene.world.core, { ...wish, by: REQUESTER })).rejects.toBeInstanceOf(NotAllowed);
    const found = await prepareStop(scene.world.core, wish);
    expect(found).toMatchObject([{ id: sharing?.id, state: 'active', requestId: undefined }]);
    await orderStop(scene.world.core, { by: OWNER, project: 'payments', sharingIds: found.map((one) => one.id) });
    await scene.world.work();
    expect(scene.world.simulator.world.sharings.in(`from:${DEMO_PROJECTS.payments}`)).toHaveLength(outside.length - 1);
    expect(await scene.world.core.store.sharings.get(sharing?.id ?? '')).toMatchObject({
      state: 'stopped',
      stoppedBy: OWNER,
    });
  });

  it('puts down the id of the call that did it, also where the cloud shows it only later', async () => {
    const blind = { is: true };
    const recalling = { is: true };
    await scene.begin({ wrap: (clouds) => recallingSharings(hidingSharings(clouds, blind), recalling) });
    const recorded = async (action: AuditAction) => {
      const { items } = await scene.world.core.store.audit.list({ actions: [action] }, { offset: 0, limit: 2 });
      return items.map(({ outcome, cloudRequestId }) => [outcome, cloudRequestId]);
    };
    const request = await scene.approved();
    await scene.world.work();
    const called = (await scene.now(request.id))?.failure?.requestId;
    blind.is = false;
    await scene.pass(1);
    expect(called).toBeTruthy();
    expect(await recorded('share.executed')).toEqual([['ok', called]]);

    const sharingIds = scene.inCloud().map(({ id }) => id);
    await orderStop(scene.world.core, { by: OWNER, project: 'payments', sharingIds });
    await scene.world.work();
    const [stopping] = await scene.world.core.store.sharings.ofRequest(request.id);
    recalling.is = false;
    await scene.pass(1);
    expect(stopping?.failure?.requestId).toBeTruthy();
    expect(await recorded('sharing.stopped')).toEqual([['ok', stopping?.failure?.requestId]]);
  });

  it('belongs to its request also where it is ordered to stop before the request has heard of it', async () => {
    const blind = { is: true };
    await scene.begin({ wrap: (clouds) => hidingSharings(clouds, blind) });
    const request = await scene.approved({ endsAt: LATER });
    await scene.world.work();
    const sharingId = scene.inCloud()[0]?.id ?? '';
    await prepareStop(scene.world.core, { by: OWNER, project: 'payments', sharingId });
    await orderStop(scene.world.core, { by: OWNER, project: 'payments', sharingIds: [sharingId] });
    scene.refuse('sharings.cancel', 1);
    blind.is = false;
    scene.world.clock.advance(60_000);
    await scene.world.work();
    expect((await scene.now(request.id))?.state).toBe('shared');
    expect(await scene.world.core.store.sharings.ofRequest(request.id)).toMatchObject([
      { id: sharingId, stopAt: LATER },
    ]);
  });

  it.each([0, 60_000])(
    'leaves stopped what somebody had stopped before the request heard of it, by a cloud %i ms behind',
    async (behindMs) => {
      const blind = { is: true };
      await scene.begin({ wrap: (clouds) => behind(hidingSharings(clouds, blind), behindMs) });
      scene.world.simulator.setFaults({ routes: [{ route: 'sharings.share', kind: 'cut_after', times: 1 }] });
      const request = await scene.approved();
      await scene.world.work();
      expect(await scene.now(request.id)).toMatchObject({ state: 'unknown', failure: { kind: 'answer_lost' } });
      const sharingId = scene.inCloud()[0]?.id ?? '';
      await prepareStop(scene.world.core, { by: OWNER, project: 'payments', sharingId });
      await orderStop(scene.world.core, { by: OWNER, project: 'payments', sharingIds: [sharingId] });
      // Nothing is due yet but the stop.
      await scene.world.work();
      blind.is = false;
      expect(scene.inCloud()).toEqual([]);
      await scene.pass(1);
      expect([scene.shareCalls(), scene.inCloud()]).toEqual([1, []]);
      expect(await scene.now(request.id)).toMatchObject({ state: 'shared', targets: [{ state: 'shared', sharingId }] });
      expect(await scene.world.core.store.sharings.ofRequest(request.id)).toMatchObject([
        { id: sharingId, state: 'stopped', stoppedBy: OWNER },
      ]);
      expect(await scene.told()).toEqual(['stopped']);
    },
  );

  it('leaves stopped, when it is tried again for one project, what was stopped for another', async () => {
    await scene.world.core.clouds.of('payments').share(scene.backupId, [DEMO_PROJECTS.analytics]);
    const request = await scene.approved({ targets: ['analytics', 'platform'] });
    scene.refuse('sharings.share', 1);
    await scene.world.work();
    expect(await scene.now(request.id)).toMatchObject({
      state: 'failed',
      targets: [{ state: 'shared' }, { state: 'failed' }],
    });
    const [sharing] = await scene.world.core.store.sharings.ofRequest(request.id);
    await orderStop(scene.world.core, { by: OWNER, project: 'payments', sharingIds: [sharing?.id ?? ''] });
    await scene.world.work();
    await retryShare(scene.world.core, { requestId: request.id, by: REQUESTER });
    await scene.world.work();
    expect(scene.inCloud().map(({ toProjectId }) => toProjectId)).toEqual([DEMO_PROJECTS.platform]);
    expect(await scene.now(request.id)).toMatchObject({
      state: 'shared',
      targets: [{ state: 'shared', sharingId: sharing?.id }, { state: 'shared' }],
    });
  });

  it('ends on its day also where the sharing was there before, made outside the bot', async () => {
    const request = await scene.ask({ endsAt: LATER });
    await scene.world.core.clouds.of('payments').share(scene.backupId, [DEMO_PROJECTS.analytics]);
    await prepareStop(scene.world.core, { by: OWNER, project: 'payments', backupId: scene.backupId });
    await scene.approve(request.id);
    await scene.world.work();
    expect(await scene.world.core.store.sharings.ofRequest(request.id)).toMatchObject([
      { state: 'active', stopAt: LATER },
    ]);
    await scene.pass(1);
    expect([scene.shareCalls(), scene.inCloud()]).toEqual([1, []]);
  });

  it('goes on trying to stop a sharing whose end has come, whatever the cloud says', async () => {
    await scene.approved({ endsAt: LATER });
    await scene.world.work();
    scene.refuse('sharings.cancel', 3);
    await scene.pass(2);
    expect(scene.inCloud()).toEqual([]);
  });

  it('says that a stop was taken and is not seen, where the cloud goes on showing the sharing', async () => {
    await scene.begin({ wrap: deafToStops });
    const request = await scene.approved();
    await scene.world.work();
    const [sharing] = scene.inCloud();
    await orderStop(scene.world.core, { by: OWNER, project: 'payments', sharingIds: [sharing?.id ?? ''] });
    await scene.pass(2);
    expect(await scene.world.core.store.sharings.ofRequest(request.id)).toMatchObject([
      { state: 'active', failure: { kind: 'not_confirmed' } },
    ]);
  });
});

/** A cloud that for a while still shows a sharing that was stopped. */
function recallingSharings(clouds: Clouds, recalling: { readonly is: boolean }): Clouds {
  const seen = new Map<string, Sharing>();
  return changedClouds(clouds, (cloud) => ({
    async sharing(id, signal) {
      const before = seen.get(id);
      return recalling.is && before ? before : cloud.sharing(id, signal);
    },
    async stopSharing(id, signal) {
      if (!seen.has(id)) seen.set(id, await cloud.sharing(id, signal));
      return cloud.stopSharing(id, signal);
    },
  }));
}

/** A cloud that answers a stop with success, and does nothing. */
function deafToStops(clouds: Clouds): Clouds {
  return changedClouds(clouds, () => ({ stopSharing: async () => ({ value: undefined, requestId: 'req-1' }) }));
}

/** Clouds whose clock is behind. */
function behind(clouds: Clouds, ms: number): Clouds {
  return changedClouds(clouds, (cloud) => ({
    async sharing(id, signal) {
      const { createdAt = NOW, ...sharing } = await cloud.sharing(id, signal);
      return { ...sharing, createdAt: new Date(createdAt.getTime() - ms) };
    },
  }));
}
