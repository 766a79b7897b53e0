import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Access } from '../../../src/core/access.ts';
import type { AuditAction } from '../../../src/core/audit.ts';
import { NotAllowed } from '../../../src/core/errors.ts';
import type { BackupService, Clouds } from '../../../src/core/ports.ts';
import { Projects } from '../../../src/core/projects.ts';
import { decideShare } from '../../../src/core/sharing/decide-share.ts';
import { requestShare, type ShareWish } from '../../../src/core/sharing/request-share.ts';
import { retryShare } from '../../../src/core/sharing/retry-share.ts';
import type { Sharing } from '../../../src/core/sharing/sharing.ts';
import { orderStop, prepareStop } from '../../../src/core/sharing/stop-sharing.ts';
import { DEMO_PROJECTS } from '../../../src/sandbox/vbs/seed.ts';
import {
  type CoreWorld,
  type CoreWorldOptions,
  createCoreWorld,
  NOW,
  OWNER,
  REQUESTER,
} from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';

const HOUR = 3_600_000;
const LATER = new Date(NOW.getTime() + HOUR);

describe.each(databases)('sharing under trouble on $name', (database) => {
  let world: CoreWorld;
  let backupId: string;

  async function begin(options: CoreWorldOptions = {}): Promise<void> {
    await world?.close();
    world = await createCoreWorld(database, options);
    const { backups } = await world.core.catalogue.list('payments');
    backupId = backups.find((backup) => backup.name?.startsWith('db-release'))?.id ?? '';
  }

  beforeEach(() => begin());
  afterEach(() => world.close());

  function ask(about: Partial<ShareWish> = {}, core = world.core) {
    return requestShare(core, {
      by: REQUESTER,
      project: 'payments',
      backupId,
      targets: ['analytics'],
      reason: 'reproduce the settlement bug',
      endsAt: undefined,
      dedupeKey: 'view-1',
      ...about,
    });
  }

  async function approved(about: Partial<ShareWish> = {}) {
    const request = await ask(about);
    await decideShare(world.core, { requestId: request.id, by: OWNER, kind: 'approve' });
    return request;
  }

  async function pass(hours: number, every = 60_000): Promise<void> {
    for (let left = hours * HOUR; left > 0; left -= every) {
      world.clock.advance(every);
      await world.work();
    }
  }

  /** What the requester is told in person, as far as it is still to be posted. */
  async function told(): Promise<readonly string[]> {
    const at = world.clock.now();
    const cards = await world.core.store.cards.claimDue({ now: at, until: new Date(at.getTime() + 1_000), limit: 50 });
    return cards.filter(({ kind }) => kind === 'share-outcome').map(({ entityId }) => entityId.split('#')[1] ?? '');
  }

  const now = (id: string) => world.core.store.shareRequests.get(id);
  const inCloud = () => world.simulator.world.sharings.in(backupId);
  const shareCalls = () => world.simulator.log().filter((entry) => entry.route === 'sharings.share').length;
  const refuse = (route: string, times: number) =>
    world.simulator.setFaults({ routes: [{ route, kind: 'status', status: 403, code: 'VolumeBackup.0042', times }] });

  it('does not share again what the cloud took and does not show, and says so in the end', async () => {
    const blind = { is: true };
    await begin({ wrap: (clouds) => hidingSharings(clouds, blind) });
    const request = await approved();
    await world.work();
    expect(await now(request.id)).toMatchObject({ state: 'unknown', failure: { kind: 'not_confirmed' } });
    await pass(2);
    expect([shareCalls(), inCloud().length]).toEqual([1, 1]);
    expect(await now(request.id)).toMatchObject({ state: 'failed', failure: { kind: 'not_confirmed' } });
    blind.is = false;
    await retryShare(world.core, { requestId: request.id, by: REQUESTER });
    await world.work();
    expect([(await now(request.id))?.state, shareCalls()]).toEqual(['shared', 1]);
  });

  it('puts down the id of the call that did it, also where the cloud shows it only later', async () => {
    const blind = { is: true };
    const recalling = { is: true };
    await begin({ wrap: (clouds) => recallingSharings(hidingSharings(clouds, blind), recalling) });
    const recorded = async (action: AuditAction) => {
      const { items } = await world.core.store.audit.list({ actions: [action] }, { offset: 0, limit: 2 });
      return items.map(({ outcome, cloudRequestId }) => [outcome, cloudRequestId]);
    };
    const request = await approved();
    await world.work();
    const called = (await now(request.id))?.failure?.requestId;
    blind.is = false;
    await pass(1);
    expect(called).toBeTruthy();
    expect(await recorded('share.executed')).toEqual([['ok', called]]);

    const sharingIds = inCloud().map(({ id }) => id);
    await orderStop(world.core, { by: OWNER, project: 'payments', sharingIds });
    await world.work();
    const [stopping] = await world.core.store.sharings.ofRequest(request.id);
    recalling.is = false;
    await pass(1);
    expect(stopping?.failure?.requestId).toBeTruthy();
    expect(await recorded('sharing.stopped')).toEqual([['ok', stopping?.failure?.requestId]]);
  });

  it('belongs to its request also where it is ordered to stop before the request has heard of it', async () => {
    const blind = { is: true };
    await begin({ wrap: (clouds) => hidingSharings(clouds, blind) });
    const request = await approved({ endsAt: LATER });
    await world.work();
    const sharingId = inCloud()[0]?.id ?? '';
    await prepareStop(world.core, { by: OWNER, project: 'payments', sharingId });
    await orderStop(world.core, { by: OWNER, project: 'payments', sharingIds: [sharingId] });
    refuse('sharings.cancel', 1);
    blind.is = false;
    world.clock.advance(60_000);
    await world.work();
    expect((await now(request.id))?.state).toBe('shared');
    expect(await world.core.store.sharings.ofRequest(request.id)).toMatchObject([{ id: sharingId, stopAt: LATER }]);
  });

  it('leaves stopped what somebody had stopped before the request heard of it', async () => {
    const blind = { is: true };
    await begin({ wrap: (clouds) => hidingSharings(clouds, blind) });
    world.simulator.setFaults({ routes: [{ route: 'sharings.share', kind: 'cut_after', times: 1 }] });
    const request = await approved();
    await world.work();
    expect(await now(request.id)).toMatchObject({ state: 'unknown', failure: { kind: 'answer_lost' } });
    const sharingId = inCloud()[0]?.id ?? '';
    await prepareStop(world.core, { by: OWNER, project: 'payments', sharingId });
    await orderStop(world.core, { by: OWNER, project: 'payments', sharingIds: [sharingId] });
    // Nothing is due yet but the stop.
    await world.work();
    blind.is = false;
    expect(inCloud()).toEqual([]);
    await pass(1);
    expect([shareCalls(), inCloud()]).toEqual([1, []]);
    expect(await now(request.id)).toMatchObject({ state: 'shared', targets: [{ state: 'shared', sharingId }] });
    expect(await world.core.store.sharings.ofRequest(request.id)).toMatchObject([
      { id: sharingId, state: 'stopped', stoppedBy: OWNER },
    ]);
    expect(await told()).toEqual(['stopped']);
  });

  it('leaves stopped, when it is tried again for one project, what was stopped for another', async () => {
    await world.core.clouds.of('payments').share(backupId, [DEMO_PROJECTS.analytics]);
    const request = await approved({ targets: ['analytics', 'platform'] });
    refuse('sharings.share', 1);
    await world.work();
    expect(await now(request.id)).toMatchObject({
      state: 'failed',
      targets: [{ state: 'shared' }, { state: 'failed' }],
    });
    const [sharing] = await world.core.store.sharings.ofRequest(request.id);
    await orderStop(world.core, { by: OWNER, project: 'payments', sharingIds: [sharing?.id ?? ''] });
    await world.work();
    await retryShare(world.core, { requestId: request.id, by: REQUESTER });
    await world.work();
    expect(inCloud().map(({ toProjectId }) => toProjectId)).toEqual([DEMO_PROJECTS.platform]);
    expect(await now(request.id)).toMatchObject({
      state: 'shared',
      targets: [{ state: 'shared', sharingId: sharing?.id }, { state: 'shared' }],
    });
  });

  it('keeps a pending request open while its backup cannot be read', async () => {
    const replica = await world.replica();
    const unread = await ask({}, replica);
    world.simulator.setFaults({ projectDown: { project: 'payments', status: 503 } });
    await pass(3);
    expect(await now(unread.id)).toMatchObject({ state: 'pending', failure: { kind: 'unavailable' } });
    world.simulator.setFaults({ projectDown: { project: 'payments', status: null } });
    await pass(1);
    expect(await now(unread.id)).toMatchObject({ state: 'pending', backup: { sizeGib: 100 }, failure: undefined });
  });

  it('does not carry an old trouble with reading into the sharing', async () => {
    const replica = await world.replica();
    const unread = await ask({}, replica);
    world.simulator.setFaults({ projectDown: { project: 'payments', status: 503 } });
    await world.work();
    await decideShare(world.core, { requestId: unread.id, by: OWNER, kind: 'approve' });
    expect(await now(unread.id)).toMatchObject({ state: 'approved', failure: undefined });
  });

  it('is asked for once, also by two people at the same moment on two replicas', async () => {
    const replica = await world.replica();
    const { backups } = await world.core.catalogue.list('payments');
    const available = backups.filter((backup) => backup.status === 'available').slice(0, 25);
    for (const backup of available) {
      const wish = { backupId: backup.id };
      const outcomes = await Promise.allSettled([
        ask({ ...wish, dedupeKey: `one ${backup.id}` }),
        ask({ ...wish, dedupeKey: `other ${backup.id}` }, replica),
      ]);
      const filed = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      expect(filed.length).toBeLessThanOrEqual(1);
    }
  });

  it('is not tried again where another request has shared it, or asks for it, meanwhile', async () => {
    const failed = await approved();
    refuse('sharings.share', 1);
    await world.work();
    const other = await ask({ dedupeKey: 'view-2' });
    const retry = () => retryShare(world.core, { requestId: failed.id, by: REQUESTER });
    await expect(retry()).rejects.toMatchObject({ faults: [{ rule: 'already_asked', about: 'analytics' }] });
    await decideShare(world.core, { requestId: other.id, by: OWNER, kind: 'approve' });
    await world.work();
    await expect(retry()).rejects.toMatchObject({ faults: [{ rule: 'already_shared', about: 'analytics' }] });
    expect((await now(failed.id))?.state).toBe('failed');
  });

  it('is not tried again by whoever asked once they may not ask any more', async () => {
    const failed = await approved();
    refuse('sharings.share', 1);
    await world.work();
    const left = world.core.projects.managed.map((one) => ({ ...one, requesters: { users: [], groups: [] } }));
    const projects = new Projects(left, []);
    const core = { ...world.core, projects, access: new Access({ membersOf: async () => new Set() }, projects) };
    await expect(retryShare(core, { requestId: failed.id, by: REQUESTER })).rejects.toThrow(NotAllowed);
    await retryShare(core, { requestId: failed.id, by: OWNER });
  });

  it('ends on its day also where the sharing was there before, made outside the bot', async () => {
    const request = await ask({ endsAt: LATER });
    await world.core.clouds.of('payments').share(backupId, [DEMO_PROJECTS.analytics]);
    await prepareStop(world.core, { by: OWNER, project: 'payments', backupId });
    await decideShare(world.core, { requestId: request.id, by: OWNER, kind: 'approve' });
    await world.work();
    expect(await world.core.store.sharings.ofRequest(request.id)).toMatchObject([{ state: 'active', stopAt: LATER }]);
    await pass(1);
    expect([shareCalls(), inCloud()]).toEqual([1, []]);
  });

  it('goes on trying to stop a sharing whose end has come, whatever the cloud says', async () => {
    await approved({ endsAt: LATER });
    await world.work();
    refuse('sharings.cancel', 3);
    await pass(2);
    expect(inCloud()).toEqual([]);
  });

  it('says that a stop was taken and is not seen, where the cloud goes on showing the sharing', async () => {
    await begin({ wrap: deafToStops });
    const request = await approved();
    await world.work();
    const [sharing] = inCloud();
    await orderStop(world.core, { by: OWNER, project: 'payments', sharingIds: [sharing?.id ?? ''] });
    await pass(2);
    expect(await world.core.store.sharings.ofRequest(request.id)).toMatchObject([
      { state: 'active', failure: { kind: 'not_confirmed' } },
    ]);
  });

  it('waits no longer than an hour, whatever the cloud asks for', async () => {
    const request = await approved();
    world.simulator.setFaults({
      routes: [{ route: 'sharings.share', kind: 'rate_limit', retryAfter: 10 ** 12, times: 1 }],
    });
    await world.work();
    expect((await now(request.id))?.nextAttemptAt?.getTime()).toBeLessThanOrEqual(NOW.getTime() + HOUR);
  });
});

function hidingSharings(clouds: Clouds, blind: { readonly is: boolean }): Clouds {
  return changed(clouds, (cloud) => ({
    sharings: (filter, signal) => (blind.is ? none() : cloud.sharings(filter, signal)),
  }));
}

/** A cloud that for a while still shows a sharing that was stopped. */
function recallingSharings(clouds: Clouds, recalling: { readonly is: boolean }): Clouds {
  const seen = new Map<string, Sharing>();
  return changed(clouds, (cloud) => ({
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
  return changed(clouds, () => ({ stopSharing: async () => ({ value: undefined, requestId: 'req-1' }) }));
}

function changed(clouds: Clouds, change: (cloud: BackupService) => Partial<BackupService>): Clouds {
  return {
    of(alias) {
      const cloud = clouds.of(alias);
      return { ...cloud, ...change(cloud) };
    },
  };
}

async function* none(): AsyncGenerator<never> {
  // Nothing is shown.
}
