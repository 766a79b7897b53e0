import { describe, expect, it } from 'vitest';
import { AlreadyDecided, AlreadyVoted, InvalidInput, NotAllowed } from '../../../src/core/errors.ts';
import { decideShare, withdrawShare } from '../../../src/core/sharing/decide-share.ts';
import { retryShare } from '../../../src/core/sharing/retry-share.ts';
import { DEMO_PROJECTS } from '../../../src/sandbox/vbs/seed.ts';
import { NOW, OPERATOR, OWNER, REQUESTER, SECOND_OWNER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { SharingScene } from './sharing-scene.ts';

describe.each(databases)('sharing a backup on $name', (database) => {
  const scene = new SharingScene(database);

  it('is asked, approved, carried out, and ends with the cloud’s sharing id', async () => {
    const request = await scene.ask();
    expect(request).toMatchObject({ state: 'pending', backup: { sizeGib: 100 }, approvalsNeeded: 1 });
    expect(await scene.approve(request.id)).toBe('approved');
    await scene.world.work();
    const [sharing] = scene.inCloud();
    expect(await scene.now(request.id)).toMatchObject({
      state: 'shared',
      targets: [{ alias: 'analytics', state: 'shared', sharingId: sharing?.id }],
      failure: undefined,
    });
    expect(await scene.world.core.store.sharings.ofRequest(request.id)).toMatchObject([
      { id: sharing?.id, state: 'active', toProjectId: DEMO_PROJECTS.analytics },
    ]);
    const audit = await scene.world.core.store.audit.list({ subject: request.id }, { offset: 0, limit: 10 });
    expect(audit.items.map((entry) => [entry.action, entry.actor, entry.outcome])).toEqual([
      ['share.executed', 'bot', 'ok'],
      ['share.approved', OWNER, 'ok'],
      ['share.requested', REQUESTER, 'ok'],
    ]);
    expect(audit.items[0]?.cloudRequestId).toBeTruthy();
  });

  it('makes one request of a form that was sent twice', async () => {
    const [first, second] = await Promise.all([scene.ask(), scene.ask()]);
    expect(second.id).toBe(first.id);
    expect((await scene.world.core.store.shareRequests.list({}, { offset: 0, limit: 10 })).total).toBe(1);
  });

  it('names every fault of a form at once, and files nothing', async () => {
    const faulty = scene.ask({ targets: ['payments', 'nowhere'], reason: '  ', endsAt: new Date(NOW.getTime() - 1) });
    await expect(faulty).rejects.toBeInstanceOf(InvalidInput);
    await expect(faulty).rejects.toMatchObject({
      faults: [
        { field: 'reason', rule: 'required' },
        { field: 'endsAt', rule: 'in_the_past' },
        { field: 'targets', rule: 'own_project', about: 'payments' },
        { field: 'targets', rule: 'unknown_target', about: 'nowhere' },
      ],
    });
    expect((await scene.world.core.store.shareRequests.list({}, { offset: 0, limit: 10 })).total).toBe(0);
  });

  it.each(['\0', '\u200b\u202e', ' \n\t'])('needs a reason that can be seen: not %j', async (reason) => {
    await expect(scene.ask({ reason })).rejects.toMatchObject({ faults: [{ field: 'reason', rule: 'required' }] });
    const request = await scene.ask();
    const rejected = decideShare(scene.world.core, { requestId: request.id, by: OWNER, kind: 'reject', reason });
    await expect(rejected).rejects.toMatchObject({ faults: [{ field: 'reason', rule: 'required' }] });
  });

  it('is asked for once as long as it is open, and not where the backup is shared already', async () => {
    const first = await scene.ask();
    const again = scene.ask({ dedupeKey: 'view-2', targets: ['analytics', 'platform'] });
    await expect(again).rejects.toMatchObject({
      faults: [{ field: 'targets', rule: 'already_asked', about: 'analytics' }],
    });
    await scene.approve(first.id);
    await scene.world.work();
    await expect(scene.ask({ dedupeKey: 'view-3' })).rejects.toMatchObject({
      faults: [{ field: 'targets', rule: 'already_shared', about: 'analytics' }],
    });
    expect((await scene.world.core.store.shareRequests.list({}, { offset: 0, limit: 10 })).total).toBe(1);
  });

  it('is decided neither by the requester, nor by who is no approver, nor twice', async () => {
    const request = await scene.ask({ by: OWNER });
    await expect(scene.approve(request.id, OWNER)).rejects.toMatchObject({ own: true });
    await expect(scene.approve(request.id, OPERATOR)).rejects.toBeInstanceOf(NotAllowed);
    await decideShare(scene.world.core, {
      requestId: request.id,
      by: SECOND_OWNER,
      kind: 'reject',
      reason: 'customer data',
    });
    await expect(withdrawShare(scene.world.core, { requestId: request.id, by: OWNER })).rejects.toMatchObject({
      state: 'rejected',
      by: SECOND_OWNER,
    });
    await scene.world.work();
    expect([(await scene.now(request.id))?.state, scene.shareCalls()]).toEqual(['rejected', 0]);
  });

  it('waits for as many approvals as the project wants, by different people', async () => {
    await scene.world.close();
    await scene.begin({ project: { approvals: 2 } });
    const request = await scene.ask();
    expect(await scene.approve(request.id)).toBe('pending');
    await expect(scene.approve(request.id)).rejects.toBeInstanceOf(AlreadyVoted);
    await scene.world.work();
    expect(scene.shareCalls()).toBe(0);
    expect(await scene.approve(request.id, SECOND_OWNER)).toBe('approved');
    await scene.world.work();
    expect((await scene.now(request.id))?.state).toBe('shared');
  });

  it('ends in a single decision and a single call when two approvers click at once', async () => {
    const request = await scene.ask();
    const replica = await scene.world.replica();
    const outcomes = await Promise.allSettled([
      scene.approve(request.id, OWNER),
      decideShare(replica, { requestId: request.id, by: SECOND_OWNER, kind: 'approve' }),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    await Promise.all([scene.world.work(), scene.world.work(replica)]);
    expect([(await scene.now(request.id))?.state, scene.shareCalls(), scene.inCloud().length]).toEqual([
      'shared',
      1,
      1,
    ]);
  });

  it('lapses when nobody decides, and then nobody can', async () => {
    const request = await scene.ask();
    scene.world.clock.advance(3 * 24 * 3_600_000);
    await expect(scene.approve(request.id)).rejects.toMatchObject({ state: 'expired' });
    await scene.world.work();
    expect((await scene.now(request.id))?.state).toBe('expired');
  });

  it('takes what is there when the answer to the call is lost, and does not share twice', async () => {
    const request = await scene.ask();
    await scene.approve(request.id);
    scene.world.simulator.setFaults({ routes: [{ route: 'sharings.share', kind: 'cut_after', times: 1 }] });
    await scene.world.work();
    expect((await scene.now(request.id))?.state).toBe('unknown');
    scene.world.clock.advance(10_000);
    await scene.world.work();
    expect([(await scene.now(request.id))?.state, scene.shareCalls(), scene.inCloud().length]).toEqual([
      'shared',
      1,
      1,
    ]);
  });

  it('calls again when the lost call did nothing, but only once that is sure', async () => {
    const request = await scene.ask();
    await scene.approve(request.id);
    scene.world.simulator.setFaults({ routes: [{ route: 'sharings.share', kind: 'cut_before', times: 1 }] });
    await scene.world.work();
    scene.world.clock.advance(10_000);
    await scene.world.work();
    expect([(await scene.now(request.id))?.state, scene.shareCalls()]).toEqual(['unknown', 1]);
    scene.world.clock.advance(60_000);
    await scene.world.work();
    expect([(await scene.now(request.id))?.state, scene.shareCalls(), scene.inCloud().length]).toEqual([
      'shared',
      2,
      1,
    ]);
  });

  it('is tried again later, and says so meanwhile, while the cloud is down', async () => {
    const request = await scene.ask();
    await scene.approve(request.id);
    scene.world.simulator.setFaults({ projectDown: { project: 'payments', status: 503 } });
    await scene.world.work();
    expect(await scene.now(request.id)).toMatchObject({
      state: 'executing',
      attempts: 1,
      failure: { kind: 'unavailable' },
    });
    scene.world.simulator.setFaults({ projectDown: { project: 'payments', status: null } });
    scene.world.clock.advance(10_000);
    await scene.world.work();
    expect((await scene.now(request.id))?.state).toBe('shared');
  });

  it('fails with the cloud’s reason when it refuses, and can be tried again', async () => {
    const request = await scene.ask();
    await scene.approve(request.id);
    scene.world.simulator.setFaults({
      routes: [{ route: 'sharings.share', kind: 'status', status: 403, code: 'VolumeBackup.0042', times: 1 }],
    });
    await scene.world.work();
    expect(await scene.now(request.id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'refused', code: 'VolumeBackup.0042', explanation: expect.stringContaining('right') },
    });
    await expect(retryShare(scene.world.core, { requestId: request.id, by: 'USTRANGER' })).rejects.toBeInstanceOf(
      NotAllowed,
    );
    await retryShare(scene.world.core, { requestId: request.id, by: REQUESTER });
    await scene.world.work();
    expect([(await scene.now(request.id))?.state, scene.inCloud().length]).toEqual(['shared', 1]);
  });

  it('fails when the backup is gone, or no longer available, by the time it is approved', async () => {
    const request = await scene.ask();
    scene.world.simulator.world.removeBackup(scene.backupId);
    await scene.approve(request.id);
    await scene.world.work();
    expect(await scene.now(request.id)).toMatchObject({ state: 'failed', failure: { kind: 'backup_gone' } });
  });

  it('learns what backup it is about, or that there is none, when it was filed unread', async () => {
    const replica = await scene.world.replica();
    const unread = await scene.ask({}, replica);
    const wrong = await scene.ask({ backupId: '00000000-0000-4000-8000-000000000000', dedupeKey: 'view-2' }, replica);
    expect(unread.backup).toBeUndefined();
    await scene.world.work();
    expect(await scene.now(unread.id)).toMatchObject({ state: 'pending', backup: { sizeGib: 100 } });
    expect(await scene.now(wrong.id)).toMatchObject({ state: 'failed', failure: { kind: 'backup_gone' } });
    await expect(retryShare(scene.world.core, { requestId: wrong.id, by: REQUESTER })).rejects.toBeInstanceOf(
      AlreadyDecided,
    );
    await scene.world.work();
    expect(scene.shareCalls()).toBe(0);
  });

  it('learns what backup it is about even when it is approved before that was read', async () => {
    const replica = await scene.world.replica();
    const unread = await scene.ask({}, replica);
    await scene.approve(unread.id);
    await scene.world.work();
    expect(await scene.now(unread.id)).toMatchObject({ state: 'shared', backup: { sizeGib: 100 } });
  });

  it('is not carried out after its own end', async () => {
    const request = await scene.ask({ endsAt: new Date(NOW.getTime() + 60_000) });
    await scene.approve(request.id);
    scene.world.clock.advance(61_000);
    await scene.world.work();
    expect(await scene.now(request.id)).toMatchObject({ state: 'failed', failure: { kind: 'end_passed' } });
    expect(scene.shareCalls()).toBe(0);
  });
});
