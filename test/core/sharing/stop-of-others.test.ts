import { describe, expect, it } from 'vitest';
import { NotFound } from '../../../src/core/errors.ts';
import { orderStop, prepareStop } from '../../../src/core/sharing/stop-sharing.ts';
import { OWNER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { changedClouds, SharingScene } from './sharing-scene.ts';

describe.each(databases)('a sharing that a stop is not about on $name', (database) => {
  const scene = new SharingScene(database);

  /** One that payments has with analytics, whose owners may stop what analytics shares. */
  async function shared(): Promise<string> {
    const request = await scene.approved();
    await scene.world.work();
    const [sharing] = await scene.world.core.store.sharings.ofRequest(request.id);
    return sharing?.id ?? '';
  }

  it('is not offered to be stopped by the project that has received it', async () => {
    const sharingId = await shared();
    expect(await prepareStop(scene.world.core, { by: OWNER, project: 'analytics', sharingId })).toEqual([]);
    expect(await prepareStop(scene.world.core, { by: OWNER, project: 'payments', sharingId })).toMatchObject([
      { id: sharingId, project: 'payments' },
    ]);
  });

  it('of another backup is not offered with those of this one, where the cloud lists more than it was asked for', async () => {
    await scene.begin({
      wrap: (clouds) =>
        changedClouds(clouds, (cloud) => ({
          sharings: ({ direction }, signal) => cloud.sharings({ direction }, signal),
        })),
    });
    const id = await shared();
    const wish = { by: OWNER, project: 'payments', backupId: scene.backupId };
    expect((await prepareStop(scene.world.core, wish)).map((one) => one.id)).toEqual([id]);
  });

  it('is not stopped by the order of an owner of that project', async () => {
    const id = await shared();
    const order = orderStop(scene.world.core, { by: OWNER, project: 'analytics', sharingIds: [id] });
    await expect(order).rejects.toBeInstanceOf(NotFound);
    await scene.world.work();
    expect([(await scene.world.core.store.sharings.get(id))?.state, scene.inCloud().length]).toEqual(['active', 1]);
  });
});
