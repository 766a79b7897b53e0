import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../src/core/core.ts';
import { NotFound } from '../../src/core/errors.ts';
import { runPolicy } from '../../src/core/policies/run-policy.ts';
import { Projects } from '../../src/core/projects.ts';
import { decideShare } from '../../src/core/sharing/decide-share.ts';
import { requestShare } from '../../src/core/sharing/request-share.ts';
import { orderStop, prepareStop } from '../../src/core/sharing/stop-sharing.ts';
import { type CoreWorld, createCoreWorld, OPERATOR, OWNER, REQUESTER } from '../support/core-world.ts';
import { databases } from '../support/databases.ts';

describe.each(databases)('a project that was taken out of the settings, on $name', (database) => {
  let world: CoreWorld;

  beforeEach(async () => {
    world = await createCoreWorld(database);
  });
  afterEach(() => world.close());

  /** The same bot, started again with settings that no longer name payments. */
  function without(): Core {
    const rest = world.core.projects.managed.filter((project) => project.alias !== 'payments');
    const of = (alias: string) => {
      if (alias === 'payments') throw new NotFound('project', alias);
      return world.core.clouds.of(alias);
    };
    return { ...world.core, projects: new Projects(rest, []), clouds: { of } };
  }

  async function approved(project: string, dedupeKey: string) {
    const { backups } = await world.core.catalogue.list(project);
    const backup = backups.find((one) => one.status === 'available' && one.name?.startsWith('db-release'));
    const backupId = (backup ?? backups.find((one) => one.status === 'available'))?.id ?? '';
    const request = await requestShare(world.core, {
      by: REQUESTER,
      project,
      backupId,
      targets: ['platform'],
      reason: 'why',
      endsAt: undefined,
      dedupeKey,
    });
    await decideShare(world.core, { requestId: request.id, by: OWNER, kind: 'approve' });
    return request.id;
  }

  it('ends its requests with that reason, and keeps up no other project', async () => {
    const [gone, other] = [await approved('payments', 'a'), await approved('analytics', 'b')];
    await world.work(without());
    expect(await world.core.store.shareRequests.get(gone)).toMatchObject({
      state: 'failed',
      failure: { kind: 'project_gone' },
    });
    expect((await world.core.store.shareRequests.get(other))?.state).toBe('shared');
    const { items } = await world.core.store.audit.list({ subject: gone }, { offset: 0, limit: 1 });
    expect(items).toMatchObject([{ action: 'share.executed', outcome: 'failed', details: { reason: 'project_gone' } }]);
  });

  it('does not say of a request whose call was lost that it is not shared', async () => {
    const id = await approved('payments', 'a');
    world.simulator.setFaults({ routes: [{ route: 'sharings.share', kind: 'cut_after', times: 1 }] });
    await world.work();
    world.clock.advance(60_000);
    await world.work(without());
    expect(await world.core.store.shareRequests.get(id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'answer_lost' },
    });
  });

  it('lets its open requests wait for their end', async () => {
    const { backups } = await world.core.catalogue.list('payments');
    const replica = await world.replica();
    const { id } = await requestShare(replica, {
      by: REQUESTER,
      project: 'payments',
      backupId: backups[0]?.id ?? '',
      targets: ['platform'],
      reason: 'why',
      endsAt: undefined,
      dedupeKey: 'a',
    });
    await world.work(without());
    expect((await world.core.store.shareRequests.get(id))?.state).toBe('pending');
    world.clock.advance(3 * 24 * 3_600_000);
    await world.work(without());
    expect((await world.core.store.shareRequests.get(id))?.state).toBe('expired');
  });

  it('leaves its sharings as they are, and says why they could not be stopped', async () => {
    const outside = world.simulator.world.sharings
      .in(`from:${world.core.projects.get('payments').id}`)
      .map((one) => one.id);
    const [sharingId = ''] = outside;
    await prepareStop(world.core, { by: OWNER, project: 'payments', sharingId });
    await orderStop(world.core, { by: OWNER, project: 'payments', sharingIds: [sharingId] });
    await world.work(without());
    expect(await world.core.store.sharings.get(sharingId)).toMatchObject({
      state: 'active',
      failure: { kind: 'project_gone' },
    });
  });

  it('ends its runs with that reason', async () => {
    const [policy] = await world.core.clouds.of('payments').policies();
    if (!policy) throw new Error('the seed has no policy');
    const { id } = await runPolicy(world.core, {
      by: OPERATOR,
      project: 'payments',
      policyId: policy.id,
      policyName: policy.name,
      disks: policy.disks,
      dedupeKey: 'a',
    });
    await world.work(without());
    expect(await world.core.store.runs.get(id)).toMatchObject({ state: 'failed', failure: { kind: 'project_gone' } });
  });
});
