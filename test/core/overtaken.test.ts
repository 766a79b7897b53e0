import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideChange } from '../../src/core/changes/decide-change.ts';
import type { Core } from '../../src/core/core.ts';
import { decideShare } from '../../src/core/sharing/decide-share.ts';
import { requestShare } from '../../src/core/sharing/request-share.ts';
import { type CoreWorld, createCoreWorld, OWNER, REQUESTER, runNightly } from '../support/core-world.ts';
import { databases } from '../support/databases.ts';
import { ask, calls } from './changes/changing.ts';
import { changedClouds } from './sharing/sharing-scene.ts';

describe.each(databases)('a worker that is overtaken between its last look and the call, on $name', (database) => {
  let world: CoreWorld;
  let other: Core;
  /** Whether the next reading takes so long that the lease runs out, and another replica does the work meanwhile. */
  let isSlow: boolean;
  let backupId: string;

  const overtaken = async () => {
    if (!isSlow) return;
    isSlow = false;
    world.clock.advance(world.core.timing.leaseMs);
    await world.work(other);
  };

  beforeEach(async () => {
    isSlow = false;
    world = await createCoreWorld(database, {
      wrap: (clouds) =>
        changedClouds(clouds, (cloud) => ({
          async backup(id, signal) {
            const backup = await cloud.backup(id, signal);
            await overtaken();
            return backup;
          },
          async policies(signal) {
            const policies = await cloud.policies(signal);
            await overtaken();
            return policies;
          },
        })),
    });
    other = await world.replica();
    const { backups } = await world.core.catalogue.list('payments');
    backupId = backups.find((backup) => backup.name?.startsWith('db-release'))?.id ?? '';
  });
  afterEach(() => world.close());

  const recorded = async (subject: string) =>
    (await world.core.store.audit.list({ subject }, { offset: 0, limit: 10 })).items.map(({ action }) => action);

  it('shares nothing a second time', async () => {
    const wish = { by: REQUESTER, project: 'payments', backupId, targets: ['analytics'], reason: 'PAY-1' };
    const { id } = await requestShare(world.core, { ...wish, endsAt: undefined, dedupeKey: 'view-1' });
    await decideShare(world.core, { requestId: id, by: OWNER, kind: 'approve' });
    isSlow = true;
    await world.work();
    expect([calls(world, 'sharings.share'), (await world.core.store.shareRequests.get(id))?.state]).toEqual([
      1,
      'shared',
    ]);
    expect(await recorded(id)).toEqual(['share.executed', 'share.approved', 'share.requested']);
  });

  it('deletes nothing a second time', async () => {
    const { id } = await ask(world.core, { kind: 'backup.delete', backupId, backup: undefined });
    await decideChange(world.core, { requestId: id, by: OWNER, kind: 'approve' });
    isSlow = true;
    await world.work();
    expect([calls(world, 'backups.delete'), (await world.core.store.changes.get(id))?.state]).toEqual([1, 'running']);
  });

  it('runs no policy a second time', async () => {
    const { id } = await runNightly(world.core);
    isSlow = true;
    await world.work();
    expect([calls(world, 'policies.execute'), (await world.core.store.runs.get(id))?.state]).toEqual([1, 'running']);
    expect(await recorded(id)).toEqual(['policy.run-started', 'policy.run-requested']);
  });
});
