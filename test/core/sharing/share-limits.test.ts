import { describe, expect, it } from 'vitest';
import { decideShare } from '../../../src/core/sharing/decide-share.ts';
import { TARGETS_MAX } from '../../../src/core/sharing/request-share.ts';
import { REASON_MAX } from '../../../src/core/votes.ts';
import { NOW, OWNER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { HOUR, SharingScene } from './sharing-scene.ts';

describe.each(databases)('what may be asked for on $name', (database) => {
  const scene = new SharingScene(database);

  it('has a reason of 1,000 characters and no more, as has a rejection', async () => {
    const longest = 'x'.repeat(REASON_MAX);
    const tooLong = { faults: [{ field: 'reason', rule: 'too_long', about: '1000' }] };
    await expect(scene.ask({ reason: `${longest}x` })).rejects.toMatchObject(tooLong);
    const { id } = await scene.ask({ reason: longest });
    const reject = (reason: string) =>
      decideShare(scene.world.core, { requestId: id, by: OWNER, kind: 'reject', reason });
    await expect(reject(`${longest}x`)).rejects.toMatchObject(tooLong);
    expect(await reject(` ${longest} `)).toBe('rejected');
  });

  it('names 20 projects and no more', async () => {
    await scene.begin({ project: { allowUnknownTargets: true } });
    const targets = Array.from({ length: TARGETS_MAX + 1 }, (_, index) => String(index).padStart(32, '0'));
    await expect(scene.ask({ targets })).rejects.toMatchObject({
      faults: [{ field: 'targets', rule: 'too_long', about: '20' }],
    });
    expect((await scene.ask({ targets: targets.slice(1) })).targets).toHaveLength(20);
  });

  it('waits for its owners no longer than the sharing would last', async () => {
    const endsAt = new Date(NOW.getTime() + HOUR);
    expect((await scene.ask({ endsAt })).expiresAt).toEqual(endsAt);
  });

  it('is a backup that can be shared, as far as it is known', async () => {
    const { backups } = await scene.world.core.catalogue.list('payments');
    const failed = backups.find(({ status }) => status === 'error');
    await expect(scene.ask({ backupId: failed?.id ?? '' })).rejects.toMatchObject({
      faults: [{ field: 'backup', rule: 'not_available', about: 'error' }],
    });
  });
});
