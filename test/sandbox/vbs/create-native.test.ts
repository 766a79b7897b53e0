import { describe, expect, test } from 'vitest';
import { BROKEN_DISK, changeCloud, DEDICATED_DISK, NATIVE, SECOND, SNAPSHOT } from './changing-backups.ts';
import { ANALYTICS, at, BACKUP, DISK, OTHER_DISK, PAYMENTS, UNKNOWN } from './cloud.ts';

const good = { volume_id: DISK, snapshot_id: SNAPSHOT };

describe('a native backup', () => {
  test.each(['v2', 'v3'])('is answered by %s with its id, name and links, and comes to be', async (version) => {
    const { backup, client, clock } = await changeCloud();
    const body = {
      ...good,
      name: 'by-hand',
      description: 'free text',
      container: null,
      incremental: true,
      force: true,
    };
    const reply = await client.post(`/${version}/{p}/backups`, { backup: body });
    expect([reply.status, reply.body]).toEqual([
      202,
      {
        backup: {
          id: expect.any(String),
          name: 'by-hand',
          links: [
            { rel: 'self', href: expect.stringContaining(`/${version}/${PAYMENTS}/backups/`) },
            { rel: 'bookmark', href: expect.stringContaining(`/${PAYMENTS}/backups/`) },
          ],
        },
      },
    ]);
    const id = String(at(reply.body, 'backup', 'id'));
    expect(await backup(id)).toMatchObject({ status: 'creating', snapshot_id: SNAPSHOT, description: 'free text' });
    clock.advance(60 * SECOND);
    expect(at(await backup(id), 'status')).toBe('available');
  });

  test('may be without a name, and fails on command', async () => {
    const { backup, client, clock, sim } = await changeCloud();
    sim.setFaults({ failNextBackup: { diskId: DISK, code: 'VolumeBackup.0017', reason: 'No snapshot.' } });
    const id = String(at((await client.post(NATIVE, { backup: good })).body, 'backup', 'id'));
    clock.advance(30 * SECOND);
    expect(await backup(id)).toMatchObject({ name: null, status: 'error', fail_reason: 'No snapshot.' });
  });

  test.each([
    ['without a snapshot', { snapshot_id: undefined }, /'snapshot_id' is missing/],
    ['with a snapshot that is none', { snapshot_id: 'x' }, /'snapshot_id' is missing or invalid/],
    ['without a disk', { volume_id: undefined }, /'volume_id' is missing/],
    [
      'with a field that nobody knows',
      { availability_zone: 'eu-de-01' },
      /Additional properties are not allowed \('availability_zone' was unexpected\)/,
    ],
    ['with a name like a policy’s', { name: 'auto-1' }, /VolumeBackup\.0005/],
    ['with a blank in its name', { name: 'a b' }, /VolumeBackup\.0004/],
    ['with a description of 256', { description: 'd'.repeat(256) }, /VolumeBackup\.0006/],
    ['of a disk in error', { volume_id: BROKEN_DISK }, /current status is "error"/],
    ['of dedicated storage', { volume_id: DEDICATED_DISK }, /VolumeBackup\.0053/],
  ])('%s is refused', async (_, change, message) => {
    const { client, sim } = await changeCloud();
    const before = sim.world.backups.all().length;
    const reply = await client.post(NATIVE, { backup: { ...good, ...change } });
    expect([reply.status, reply.body]).toEqual([
      400,
      { badRequest: { code: 400, message: expect.stringMatching(message) } },
    ]);
    expect(sim.world.backups.all().length).toBe(before);
  });

  test('may name its own project, and no other', async () => {
    const { client } = await changeCloud();
    const own = await client.post(NATIVE, { backup: { ...good, project_id: PAYMENTS } });
    const other = await client.post(NATIVE, { backup: { ...good, project_id: ANALYTICS } });
    expect([own.status, other.status]).toEqual([202, 403]);
  });

  test('of a disk that is gone is not found', async () => {
    const { client } = await changeCloud();
    const reply = await client.post(NATIVE, { backup: { ...good, volume_id: UNKNOWN } });
    expect([reply.status, at(reply.body, 'itemNotFound', 'message')]).toEqual([
      404,
      `Volume ${UNKNOWN} could not be found.`,
    ]);
  });

  test('of another disk’s snapshot is refused', async () => {
    const { backup, client } = await changeCloud();
    const snapshotId = at(await backup(BACKUP), 'snapshot_id');
    const reply = await client.post(NATIVE, { backup: { volume_id: OTHER_DISK, snapshot_id: snapshotId } });
    expect([reply.status, at(reply.body, 'badRequest', 'message')]).toEqual([
      400,
      expect.stringMatching(/Inconsistent/),
    ]);
  });

  test('beyond the quota is over the limit, with nothing to wait for', async () => {
    const { client, sim } = await changeCloud();
    sim.setFaults({ quotas: { project: 'payments', gigabytes: 200 } });
    const reply = await client.post(NATIVE, { backup: good });
    expect([reply.status, reply.headers.get('Retry-After'), reply.body]).toEqual([
      413,
      '0',
      { overLimit: { code: 413, message: expect.stringMatching(/^VolumeBackup\.0081: .*used up/) } },
    ]);
  });
});
