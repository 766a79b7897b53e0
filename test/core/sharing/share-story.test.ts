import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlreadyDecided, AlreadyVoted, InvalidInput, NotAllowed } from '../../../src/core/errors.ts';
import { decideShare, withdrawShare } from '../../../src/core/sharing/decide-share.ts';
import { requestShare, type ShareWish } from '../../../src/core/sharing/request-share.ts';
import { retryShare } from '../../../src/core/sharing/retry-share.ts';
import { orderStop, prepareStop } from '../../../src/core/sharing/stop-sharing.ts';
import { DEMO_PROJECTS } from '../../../src/sandbox/vbs/seed.ts';
import {
  type CoreWorld,
  type CoreWorldOptions,
  createCoreWorld,
  NOW,
  OPERATOR,
  OWNER,
  REQUESTER,
  SECOND_OWNER,
} from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';

describe.each(databases)('sharing a backup on $name', (database) => {
  let world: CoreWorld;
  let backupId: string;

  async function begin(options: CoreWorldOptions = {}): Promise<void> {
    world = await createCoreWorld(database, options);
    const { backups } = await world.core.catalogue.list('payments');
    backupId = backups.find((backup) => backup.name?.startsWith('db-release'))?.id ?? '';
  }

  beforeEach(() => begin());
  afterEach(() => world.close());

  function ask(about: Partial<ShareWish> = {}) {
    return requestShare(world.core, {
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

  const approve = (requestId: string, by = OWNER) => decideShare(world.core, { requestId, by, kind: 'approve' });
  const now = (id: string) => world.core.store.shareRequests.get(id);
  const inCloud = () => world.simulator.world.sharings.in(backupId);
  const shareCalls = () => world.simulator.log().filter((entry) => entry.route === 'sharings.share').length;

  it('is asked, approved, carried out, and ends with the cloud’s sharing id', async () => {
    const request = await ask();
    expect(request).toMatchObject({ state: 'pending', backup: { sizeGib: 100 }, approvalsNeeded: 1 });
    expect(await approve(request.id)).toBe('approved');
    await world.work();
    const [sharing] = inCloud();
    expect(await now(request.id)).toMatchObject({
      state: 'shared',
      targets: [{ alias: 'analytics', state: 'shared', sharingId: sharing?.id }],
      failure: undefined,
    });
    expect(await world.core.store.sharings.ofRequest(request.id)).toMatchObject([
      { id: sharing?.id, state: 'active', toProjectId: DEMO_PROJECTS.analytics },
    ]);
    const audit = await world.core.store.audit.list({ subject: request.id }, { offset: 0, limit: 10 });
    expect(audit.items.map((entry) => [entry.action, entry.actor, entry.outcome])).toEqual([
      ['share.executed', 'bot', 'ok'],
      ['share.approved', OWNER, 'ok'],
      ['share.requested', REQUESTER, 'ok'],
    ]);
    expect(audit.items[0]?.cloudRequestId).toBeTruthy();
  });

  it('makes one request of a form that was sent twice', async () => {
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second.id).toBe(first.id);
    expect((await world.core.store.shareRequests.list({}, { offset: 0, limit: 10 })).total).toBe(1);
  });

  it('names every fault of a form at once, and files nothing', async () => {
    const faulty = ask({ targets: ['payments', 'nowhere'], reason: '  ', endsAt: new Date(NOW.getTime() - 1) });
    await expect(faulty).rejects.toBeInstanceOf(InvalidInput);
    await expect(faulty).rejects.toMatchObject({
      faults: [
        { field: 'reason', rule: 'required' },
        { field: 'endsAt', rule: 'in_the_past' },
        { field: 'targets', rule: 'own_project', about: 'payments' },
        { field: 'targets', rule: 'unknown_target', about: 'nowhere' },
      ],
    });
    expect((await world.core.store.shareRequests.list({}, { offset: 0, limit: 10 })).total).toBe(0);
  });

  it.each(['\0', '\u200b\u202e', ' \n\t'])('needs a reason that can be seen: not %j', async (reason) => {
    await expect(ask({ reason })).rejects.toMatchObject({ faults: [{ field: 'reason', rule: 'required' }] });
    const request = await ask();
    const rejected = decideShare(world.core, { requestId: request.id, by: OWNER, kind: 'reject', reason });
    await expect(rejected).rejects.toMatchObject({ faults: [{ field: 'reason', rule: 'required' }] });
  });

  it('is asked for once as long as it is open, and not where the backup is shared already', async () => {
    const first = await ask();
    const again = ask({ dedupeKey: 'view-2', targets: ['analytics', 'platform'] });
    await expect(again).rejects.toMatchObject({
      faults: [{ field: 'targets', rule: 'already_asked', about: 'analytics' }],
    });
    await approve(first.id);
    await world.work();
    await expect(ask({ dedupeKey: 'view-3' })).rejects.toMatchObject({
      faults: [{ field: 'targets', rule: 'already_shared', about: 'analytics' }],
    });
    expect((await world.core.store.shareRequests.list({}, { offset: 0, limit: 10 })).total).toBe(1);
  });

  it('is decided neither by the requester, nor by who is no approver, nor twice', async () => {
    const request = await ask({ by: OWNER });
    await expect(approve(request.id, OWNER)).rejects.toMatchObject({ own: true });
    await expect(approve(request.id, OPERATOR)).rejects.toBeInstanceOf(NotAllowed);
    await decideShare(world.core, { requestId: request.id, by: SECOND_OWNER, kind: 'reject', reason: 'customer data' });
    await expect(withdrawShare(world.core, { requestId: request.id, by: OWNER })).rejects.toMatchObject({
      state: 'rejected',
      by: SECOND_OWNER,
    });
    await world.work();
    expect([(await now(request.id))?.state, shareCalls()]).toEqual(['rejected', 0]);
  });

  it('waits for as many approvals as the project wants, by different people', async () => {
    await world.close();
    await begin({ project: { approvals: 2 } });
    const request = await ask();
    expect(await approve(request.id)).toBe('pending');
    await expect(approve(request.id)).rejects.toBeInstanceOf(AlreadyVoted);
    await world.work();
    expect(shareCalls()).toBe(0);
    expect(await approve(request.id, SECOND_OWNER)).toBe('approved');
    await world.work();
    expect((await now(request.id))?.state).toBe('shared');
  });

  it('ends in a single decision and a single call when two approvers click at once', async () => {
    const request = await ask();
    const replica = await world.replica();
    const outcomes = await Promise.allSettled([
      approve(request.id, OWNER),
      decideShare(replica, { requestId: request.id, by: SECOND_OWNER, kind: 'approve' }),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    await Promise.all([world.work(), world.work(replica)]);
    expect([(await now(request.id))?.state, shareCalls(), inCloud().length]).toEqual(['shared', 1, 1]);
  });

  it('lapses when nobody decides, and then nobody can', async () => {
    const request = await ask();
    world.clock.advance(3 * 24 * 3_600_000);
    await expect(approve(request.id)).rejects.toMatchObject({ state: 'expired' });
    await world.work();
    expect((await now(request.id))?.state).toBe('expired');
  });

  it('takes what is there when the answer to the call is lost, and does not share twice', async () => {
    const request = await ask();
    await approve(request.id);
    world.simulator.setFaults({ routes: [{ route: 'sharings.share', kind: 'cut_after', times: 1 }] });
    await world.work();
    expect((await now(request.id))?.state).toBe('unknown');
    world.clock.advance(10_000);
    await world.work();
    expect([(await now(request.id))?.state, shareCalls(), inCloud().length]).toEqual(['shared', 1, 1]);
  });

  it('calls again when the lost call did nothing, but only once that is sure', async () => {
    const request = await ask();
    await approve(request.id);
    world.simulator.setFaults({ routes: [{ route: 'sharings.share', kind: 'cut_before', times: 1 }] });
    await world.work();
    world.clock.advance(10_000);
    await world.work();
    expect([(await now(request.id))?.state, shareCalls()]).toEqual(['unknown', 1]);
    world.clock.advance(60_000);
    await world.work();
    expect([(await now(request.id))?.state, shareCalls(), inCloud().length]).toEqual(['shared', 2, 1]);
  });

  it('is tried again later, and says so meanwhile, while the cloud is down', async () => {
    const request = await ask();
    await approve(request.id);
    world.simulator.setFaults({ projectDown: { project: 'payments', status: 503 } });
    await world.work();
    expect(await now(request.id)).toMatchObject({ state: 'executing', attempts: 1, failure: { kind: 'unavailable' } });
    world.simulator.setFaults({ projectDown: { project: 'payments', status: null } });
    world.clock.advance(10_000);
    await world.work();
    expect((await now(request.id))?.state).toBe('shared');
  });

  it('fails with the cloud’s reason when it refuses, and can be tried again', async () => {
    const request = await ask();
    await approve(request.id);
    world.simulator.setFaults({
      routes: [{ route: 'sharings.share', kind: 'status', status: 403, code: 'VolumeBackup.0042', times: 1 }],
    });
    await world.work();
    expect(await now(request.id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'refused', code: 'VolumeBackup.0042', explanation: expect.stringContaining('right') },
    });
    await expect(retryShare(world.core, { requestId: request.id, by: 'USTRANGER' })).rejects.toBeInstanceOf(NotAllowed);
    await retryShare(world.core, { requestId: request.id, by: REQUESTER });
    await world.work();
    expect([(await now(request.id))?.state, inCloud().length]).toEqual(['shared', 1]);
  });

  it('fails when the backup is gone, or no longer available, by the time it is approved', async () => {
    const request = await ask();
    world.simulator.world.removeBackup(backupId);
    await approve(request.id);
    await world.work();
    expect(await now(request.id)).toMatchObject({ state: 'failed', failure: { kind: 'backup_gone' } });
  });

  it('learns what backup it is about, or that there is none, when it was filed unread', async () => {
    const replica = await world.replica();
    const wish = {
      by: REQUESTER,
      project: 'payments',
      targets: ['analytics'],
      reason: 'to look at',
      endsAt: undefined,
    };
    const unread = await requestShare(replica, { ...wish, backupId, dedupeKey: 'a' });
    const wrong = await requestShare(replica, {
      ...wish,
      backupId: '00000000-0000-4000-8000-000000000000',
      dedupeKey: 'b',
    });
    expect(unread.backup).toBeUndefined();
    await world.work();
    expect(await now(unread.id)).toMatchObject({ state: 'pending', backup: { sizeGib: 100 } });
    expect(await now(wrong.id)).toMatchObject({ state: 'failed', failure: { kind: 'backup_gone' } });
    await expect(retryShare(world.core, { requestId: wrong.id, by: REQUESTER })).rejects.toBeInstanceOf(AlreadyDecided);
    await world.work();
    expect(shareCalls()).toBe(0);
  });

  it('learns what backup it is about even when it is approved before that was read', async () => {
    const replica = await world.replica();
    const unread = await requestShare(replica, {
      by: REQUESTER,
      project: 'payments',
      backupId,
      targets: ['analytics'],
      reason: 'to look at',
      endsAt: undefined,
      dedupeKey: 'a',
    });
    await approve(unread.id);
    await world.work();
    expect(await now(unread.id)).toMatchObject({ state: 'shared', backup: { sizeGib: 100 } });
  });

  it('stops by itself at its end, and makes sure of it', async () => {
    const request = await ask({ endsAt: new Date(NOW.getTime() + 3_600_000) });
    await approve(request.id);
    await world.work();
    expect(inCloud()).toHaveLength(1);
    world.clock.advance(3_600_000);
    world.simulator.setFaults({ routes: [{ route: 'sharings.cancel', kind: 'cut_after', times: 1 }] });
    await world.work();
    world.clock.advance(20_000);
    await world.work();
    expect(inCloud()).toHaveLength(0);
    expect(await world.core.store.sharings.ofRequest(request.id)).toMatchObject([
      { state: 'stopped', stoppedBy: undefined },
    ]);
  });

  it('is not carried out after its own end', async () => {
    const request = await ask({ endsAt: new Date(NOW.getTime() + 60_000) });
    await approve(request.id);
    world.clock.advance(61_000);
    await world.work();
    expect(await now(request.id)).toMatchObject({ state: 'failed', failure: { kind: 'end_passed' } });
    expect(shareCalls()).toBe(0);
  });

  it('is stopped by an approver, also where the bot did not make it', async () => {
    const outside = world.simulator.world.sharings.in(`from:${DEMO_PROJECTS.payments}`);
    const [sharing] = outside;
    const wish = { by: OWNER, project: 'payments', sharingId: sharing?.id ?? '' };
    await expect(prepareStop(world.core, { ...wish, by: REQUESTER })).rejects.toBeInstanceOf(NotAllowed);
    const found = await prepareStop(world.core, wish);
    expect(found).toMatchObject([{ id: sharing?.id, state: 'active', requestId: undefined }]);
    await orderStop(world.core, { by: OWNER, project: 'payments', sharingIds: found.map((one) => one.id) });
    await world.work();
    expect(world.simulator.world.sharings.in(`from:${DEMO_PROJECTS.payments}`)).toHaveLength(outside.length - 1);
    expect(await world.core.store.sharings.get(sharing?.id ?? '')).toMatchObject({
      state: 'stopped',
      stoppedBy: OWNER,
    });
  });
});
