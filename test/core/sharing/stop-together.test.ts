import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideShare } from '../../../src/core/sharing/decide-share.ts';
import { requestShare } from '../../../src/core/sharing/request-share.ts';
import { orderStop, prepareStop } from '../../../src/core/sharing/stop-sharing.ts';
import { DEMO_PROJECTS } from '../../../src/sandbox/vbs/seed.ts';
import { type CoreWorld, createCoreWorld, OWNER, REQUESTER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';

describe.each(databases)('stopping every sharing of a backup on $name', (database) => {
  let world: CoreWorld;
  let backupId: string;
  let ids: readonly string[];

  beforeEach(async () => {
    world = await createCoreWorld(database, { project: { allowUnknownTargets: true } });
    const { backups } = await world.core.catalogue.list('payments');
    backupId = backups.find((backup) => backup.name?.startsWith('db-release'))?.id ?? '';
    await share(DEMO_PROJECTS.analytics, DEMO_PROJECTS.platform);
    const registered = await prepareStop(world.core, { by: OWNER, project: 'payments', backupId });
    ids = registered.map(({ id }) => id);
  });
  afterEach(() => world.close());

  const share = (...projects: string[]) => world.core.clouds.of('payments').share(backupId, projects);
  const order = (sharingIds: readonly string[]) =>
    orderStop(world.core, { by: OWNER, project: 'payments', sharingIds });
  const calls = (route: string) => world.simulator.log().filter((entry) => entry.route === route).length;
  const inCloud = () => world.simulator.world.sharings.in(backupId).map(({ id }) => id);
  const states = () => Promise.all(ids.map(async (id) => (await world.core.store.sharings.get(id))?.state));
  const recorded = async () => {
    const filter = { project: 'payments', actions: ['sharing.stopped'] } as const;
    return (await world.core.store.audit.list(filter, { offset: 0, limit: 10 })).items;
  };

  it('takes one call, reads back that each is gone, and puts each down with the call’s id', async () => {
    await order(ids);
    await world.work();
    expect([inCloud(), await states()]).toEqual([[], ['stopped', 'stopped']]);
    expect([calls('sharings.cancel'), calls('sharings.get')]).toEqual([1, 2]);
    const entries = await recorded();
    expect(entries.map(({ subject }) => subject).sort()).toEqual([...ids].sort());
    expect(new Set(entries.map(({ cloudRequestId }) => cloudRequestId)).size).toBe(1);
    expect(entries[0]?.cloudRequestId).toBeTruthy();
  });

  it('ends none that was made by hand meanwhile, and that nobody ordered to stop', async () => {
    await order(ids);
    const [one] = world.simulator.world.sharings.in(backupId);
    const made = '5b2c7c1e-0f3a-4c8e-9a57-6f1d2e3c4b5a';
    if (one) world.simulator.world.sharings.add({ ...one, id: made });
    await world.work();
    expect([inCloud(), await states()]).toEqual([[made], ['stopped', 'stopped']]);
    expect(calls('sharings.cancel')).toBe(2);
  });

  it('ends none that goes on by the register', async () => {
    const [first = '', second = ''] = ids;
    await order([first]);
    await world.work();
    expect([inCloud(), await states()]).toEqual([[second], ['stopped', 'active']]);
  });

  it('stops each by itself where the cloud refuses the one call', async () => {
    await order(ids);
    world.simulator.setFaults({
      routes: [{ route: 'sharings.cancel', kind: 'status', status: 403, code: 'VolumeBackup.0042', times: 1 }],
    });
    await world.work();
    expect([inCloud(), await states()]).toEqual([[], ['stopped', 'stopped']]);
    expect(calls('sharings.cancel')).toBe(3);
  });

  it('stops each by itself once the one call has failed', async () => {
    await order(ids);
    world.simulator.setFaults({ routes: [{ route: 'sharings.cancel', kind: 'status', status: 503, times: 3 }] });
    await world.work();
    expect([inCloud().length, calls('sharings.cancel')]).toEqual([2, 3]);
    world.clock.advance(60_000);
    await world.work();
    expect([inCloud(), calls('sharings.cancel')]).toEqual([[], 5]);
  });

  it('stops each by itself while the backup is being shared with another project', async () => {
    const wish = { by: REQUESTER, project: 'payments', backupId, targets: ['c'.repeat(32)], reason: 'to look at it' };
    const request = await requestShare(world.core, { ...wish, endsAt: undefined, dedupeKey: 'view-1' });
    await decideShare(world.core, { requestId: request.id, by: OWNER, kind: 'approve' });
    await order(ids);
    world.simulator.setFaults({ routes: [{ route: 'sharings.share', kind: 'status', status: 503, times: 1 }] });
    await world.work();
    expect((await world.core.store.shareRequests.get(request.id))?.state).toBe('unknown');
    expect([inCloud(), calls('sharings.cancel')]).toEqual([[], 2]);
  });

  it('says of each that it could not be stopped, where neither way is taken', async () => {
    await order(ids);
    world.simulator.setFaults({
      routes: [{ route: 'sharings.cancel', kind: 'status', status: 403, code: 'VolumeBackup.0042' }],
    });
    await world.work();
    expect([inCloud().length, await states()]).toEqual([2, ['active', 'active']]);
    expect((await recorded()).map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
  });
});
