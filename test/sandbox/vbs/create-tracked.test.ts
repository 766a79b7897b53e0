import { describe, expect, test } from 'vitest';
import {
  BROKEN_DISK,
  changeCloud,
  DEDICATED_DISK,
  refusal,
  SECOND,
  SNAPSHOT,
  TRACKED,
  USED_DISK,
} from './changing-backups.ts';
import { ANALYTICS, at, DISK, FOREIGN_DISK, OTHER_DISK, UNKNOWN } from './cloud.ts';

const good = { volume_id: DISK, name: 'by-hand' };

describe('a backup made by a tracked call', () => {
  test('is followed by its job, and its disk is busy until it is there', async () => {
    const { client, clock, job, newest, sim } = await changeCloud();
    const description = 'before the release';
    const reply = await client.post(TRACKED, { backup: { ...good, description, tags: [{ key: 'é', value: '' }] } });
    expect([reply.status, reply.body]).toEqual([200, { job_id: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
    expect(await job(reply)).toMatchObject({ job_type: 'bksCreateBackup', status: 'INIT', sub_jobs: [] });
    expect(await newest()).toMatchObject({
      name: 'by-hand',
      status: 'creating',
      volume_id: DISK,
      is_incremental: true,
      description: '{"DESC":"before the release","INC":1}',
    });
    expect(sim.world.disks.get(DISK)?.status).toBe('backing-up');
    clock.advance(3 * SECOND);
    expect(await job(reply)).toMatchObject({
      status: 'RUNNING',
      sub_jobs: [
        { job_type: 'bksCreateSnapshot', status: 'SUCCESS' },
        { job_type: 'bksCopySnapshot', status: 'RUNNING' },
      ],
    });
    clock.advance(57 * SECOND);
    const backupId = at(await newest(), 'id');
    expect(await job(reply)).toMatchObject({
      status: 'SUCCESS',
      entities: { volume_id: DISK, backup_id: backupId, bks_create_volume_name: 'by-hand_volume' },
      end_time: '2026-03-10T12:01:00.000Z',
    });
    expect([at(await newest(), 'status'), sim.world.disks.get(DISK)?.status]).toEqual(['available', 'available']);
    expect(sim.world.backups.get(String(backupId))?.tags).toEqual([{ key: 'é', value: '' }]);
  });

  test('is full where that is asked for, of the given snapshot, and of a disk in use', async () => {
    const { client, clock, newest, sim } = await changeCloud();
    const backup = { ...good, snapshot_id: SNAPSHOT, extend_param: { FullBackup: 'true' } };
    expect((await client.post(TRACKED, { backup })).status).toBe(200);
    expect(await newest()).toMatchObject({ is_incremental: false, snapshot_id: SNAPSHOT });
    await client.post(TRACKED, { backup: { ...good, volume_id: USED_DISK } });
    clock.advance(60 * SECOND);
    expect(sim.world.disks.get(USED_DISK)?.status).toBe('in-use');
  });

  test('fails on command, in its job and in the backup', async () => {
    const { client, clock, job, newest, sim } = await changeCloud();
    sim.setFaults({ failNextBackup: { diskId: 'db-1' } });
    const reply = await client.post(TRACKED, { backup: good });
    clock.advance(30 * SECOND);
    const failure = { error_code: 'VolumeBackup.0027', fail_reason: 'Failed to create the backup.' };
    expect(await job(reply)).toMatchObject({
      ...failure,
      status: 'FAIL',
      sub_jobs: [
        { status: 'SUCCESS', error_code: null },
        { ...failure, status: 'FAIL' },
      ],
    });
    expect(await newest()).toMatchObject({ status: 'error', fail_reason: 'Failed to create the backup.' });
    expect((await client.post(TRACKED, { backup: good })).status).toBe(200);
  });

  test('is refused while another of the disk goes on', async () => {
    const { client, clock } = await changeCloud();
    await client.post(TRACKED, { backup: good });
    expect(refusal(await client.post(TRACKED, { backup: good }))).toEqual([400, 'VolumeBackup.0013']);
    expect((await client.post(TRACKED, { backup: { ...good, volume_id: OTHER_DISK } })).status).toBe(200);
    clock.advance(60 * SECOND);
    expect((await client.post(TRACKED, { backup: good })).status).toBe(200);
  });

  test.each([
    ['without a disk', { volume_id: undefined }, 400, '0010'],
    ['with an empty disk', { volume_id: '' }, 400, '0010'],
    ['of a disk that is no id', { volume_id: '../x' }, 400, '0011'],
    ['of a disk that is gone', { volume_id: UNKNOWN }, 404, '0021'],
    ['of another project’s disk', { volume_id: FOREIGN_DISK }, 404, '0021'],
    ['of a disk in error', { volume_id: BROKEN_DISK }, 400, '0012'],
    ['of dedicated storage', { volume_id: DEDICATED_DISK }, 400, '0053'],
    ['without a name', { name: undefined }, 400, '0007'],
    ['with an empty name', { name: '' }, 400, '0007'],
    ['with a name of 65', { name: 'n'.repeat(65) }, 400, '0003'],
    ['with a blank in its name', { name: 'by hand' }, 400, '0004'],
    ['with a name like a policy’s', { name: 'autobk_1' }, 400, '0005'],
    ['with a description of 65', { description: 'd'.repeat(65) }, 400, '0006'],
    ['with a < in the description', { description: 'a<b' }, 400, '0006'],
    ['with a > in the description', { description: 'a>b' }, 400, '0006'],
    ['with a tag without a key', { tags: [{ key: '', value: 'v' }] }, 400, '0049'],
    ['with a tag key of 37', { tags: [{ key: 'k'.repeat(37), value: 'v' }] }, 400, '0049'],
    ['with a tag value of 44', { tags: [{ key: 'k', value: 'v'.repeat(44) }] }, 400, '0049'],
    ['with a = in a tag', { tags: [{ key: 'k=', value: 'v' }] }, 400, '0049'],
    ['with a line break in a tag', { tags: [{ key: 'k', value: 'a\nb' }] }, 400, '0049'],
    ['with a tag twice', { tags: Array(2).fill({ key: 'k', value: 'v' }) }, 400, '0049'],
    ['with eleven tags', { tags: Array.from({ length: 11 }, (_, n) => ({ key: `k${n}`, value: '' })) }, 400, '0050'],
    ['with a snapshot that is no id', { snapshot_id: 'snap' }, 400, '0002'],
    ['with a FullBackup that is no text', { extend_param: { FullBackup: true } }, 400, '0002'],
  ])('is refused %s', async (_, change, status, code) => {
    const { client, sim } = await changeCloud();
    const before = sim.world.backups.all().length;
    const reply = await client.post(TRACKED, { backup: { ...good, ...change } });
    expect(refusal(reply)).toEqual([status, `VolumeBackup.${code}`]);
    expect([sim.world.backups.all().length, sim.world.jobs.size]).toEqual([before, 0]);
  });

  test('takes every name, description and tag up to its last character', async () => {
    const { client } = await changeCloud();
    const tag = { key: 'k'.repeat(36), value: 'v'.repeat(43) };
    const backup = { ...good, name: 'n'.repeat(64), description: 'd'.repeat(64), tags: [tag], snapshot_id: null };
    expect((await client.post(TRACKED, { backup })).status).toBe(200);
  });

  test('is refused to a project that may only look, and without a backup in the body', async () => {
    const { as, client } = await changeCloud();
    const reader = await as('reader', client.project);
    expect(refusal(await reader.post(TRACKED, { backup: good }))).toEqual([403, 'VolumeBackup.0042']);
    expect(refusal(await client.post(TRACKED, {}))).toEqual([400, 'VolumeBackup.0002']);
  });
});

describe('the quota', () => {
  const quotas = { backups: 4, gigabytes: 1000 };
  const limited = (more: object) => ({
    projects: [
      { id: '11111111111111111111111111111111', name: 'payments', quotas: { ...quotas, ...more } },
      { id: ANALYTICS, name: 'analytics' },
      { id: '33333333333333333333333333333333', name: 'platform' },
    ],
  });
  const shown = (used: number[], reserved: number[], limits = [4, 1000]) => ({
    quotas: {
      resources: ['backups', 'backup_gigabytes'].map((type, n) => ({
        type,
        used: used[n],
        reserved: reserved[n],
        quota: limits[n],
      })),
    },
  });

  test('counts what is there and reserves what is being made', async () => {
    const { client, clock } = await changeCloud(limited({}));
    const quota = async () => (await client.get(`${TRACKED}/quota`)).body;
    expect(await quota()).toEqual(shown([3, 180], [0, 0]));
    await client.post(TRACKED, { backup: good });
    expect(await quota()).toEqual(shown([3, 180], [1, 100]));
    clock.advance(60 * SECOND);
    expect(await quota()).toEqual(shown([4, 280], [0, 0]));
  });

  test('is without limits unless they are given', async () => {
    const { as } = await changeCloud();
    expect((await (await as('guest', ANALYTICS)).get(`${TRACKED}/quota`)).body).toEqual(
      shown([1, 2000], [0, 0], [-1, -1]),
    );
  });

  test.each([
    ['number', { backups: 3 }, '0080'],
    ['capacity', { gigabytes: 279 }, '0081'],
    ['number of one disk', { backupsPerDisk: 1 }, '0040'],
  ])('in %s, once used up, refuses another backup', async (_, limits, code) => {
    const { client } = await changeCloud(limited(limits));
    expect(refusal(await client.post(TRACKED, { backup: good }))).toEqual([400, `VolumeBackup.${code}`]);
  });

  test('of twenty backups of a disk holds unless another is given', async () => {
    const { client, clock, sim } = await changeCloud();
    sim.plant({ backups: [{ disk: 'db-1', count: 19, newest: clock.now() }] });
    expect(refusal(await client.post(TRACKED, { backup: good }))).toEqual([400, 'VolumeBackup.0040']);
  });

  test('can be changed while the cloud runs', async () => {
    const { client, sim } = await changeCloud(limited({}));
    sim.setFaults({ quotas: { project: 'payments', backups: 3 } });
    expect(refusal(await client.post(TRACKED, { backup: good }))).toEqual([400, 'VolumeBackup.0080']);
    sim.setFaults({ quotas: { project: 'payments', backups: -1 } });
    expect((await client.post(TRACKED, { backup: good })).status).toBe(200);
  });
});
