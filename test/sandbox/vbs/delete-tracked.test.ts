import { describe, expect, test } from 'vitest';
import { changeCloud, IMAGE_BACKUP, NATIVE, refusal, SECOND, TRACKED } from './changing-backups.ts';
import { at, BACKUP, BROKEN_BACKUP, DISK, FOREIGN_BACKUP, UNKNOWN } from './cloud.ts';

describe('a tracked deletion', () => {
  test('is followed by its job until the backup is gone', async () => {
    const { backup, client, clock, job } = await changeCloud();
    const reply = await client.post(`${TRACKED}/${BROKEN_BACKUP}`);
    expect([reply.status, reply.body]).toEqual([200, { job_id: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
    expect(at(await backup(BROKEN_BACKUP), 'status')).toBe('deleting');
    clock.advance(2 * SECOND);
    const entities = { backup_id: BROKEN_BACKUP };
    expect(await job(reply)).toMatchObject({
      job_type: 'bksDeleteBackup',
      status: 'RUNNING',
      entities,
      sub_jobs: [
        { status: 'SUCCESS', entities },
        { status: 'RUNNING', entities },
      ],
    });
    clock.advance(8 * SECOND);
    expect(await job(reply)).toMatchObject({ status: 'SUCCESS' });
    expect((await client.get(`${NATIVE}/${BROKEN_BACKUP}`)).status).toBe(404);
  });

  test('fails on command, in either way of deleting, and can be tried again', async () => {
    const { backup, client, clock, job, sim } = await changeCloud();
    sim.setFaults({ failNextDelete: { backupId: BACKUP } });
    const reply = await client.post(`${TRACKED}/${BACKUP}`);
    clock.advance(10 * SECOND);
    expect(await job(reply)).toMatchObject({ status: 'FAIL', error_code: 'VolumeBackup.0102' });
    expect(await backup(BACKUP)).toMatchObject({
      status: 'error_deleting',
      fail_reason: 'Failed to delete the backup.',
    });
    sim.setFaults({ failNextDelete: { backupId: BACKUP } });
    expect((await client.delete(`${NATIVE}/${BACKUP}`)).status).toBe(202);
    clock.advance(10 * SECOND);
    expect(at(await backup(BACKUP), 'status')).toBe('error_deleting');
    await client.delete(`${NATIVE}/${BACKUP}`);
    clock.advance(10 * SECOND);
    expect((await client.get(`${NATIVE}/${BACKUP}`)).status).toBe(404);
  });

  test.each([
    ['that is no id', 'x', 400, '0105'],
    ['that is gone', UNKNOWN, 404, '0110'],
    ['of another project', FOREIGN_BACKUP, 404, '0110'],
    ['that became an image', IMAGE_BACKUP, 400, '0113'],
  ])('of a backup %s is refused', async (_, id, status, code) => {
    const { client } = await changeCloud();
    expect(refusal(await client.post(`${TRACKED}/${id}`))).toEqual([status, `VolumeBackup.${code}`]);
  });

  test('of a backup that is shared or in use is refused', async () => {
    const { client, clock, sim } = await changeCloud();
    sim.plant({ sharings: [{ backup: BACKUP, to: 'analytics', createdAt: clock.now() }] });
    const shared = await client.post(`${TRACKED}/${BACKUP}`);
    expect([refusal(shared), at(shared.body, 'error', 'message')]).toEqual([
      [400, 'VolumeBackup.0125'],
      expect.stringContaining('is shared'),
    ]);
    await client.delete(`/v2/{p}/os-vendor-backup-sharing/${BACKUP}?is_backup_id=true`);
    await client.post(`${TRACKED}/${BACKUP}/restore`, { restore: { volume_id: DISK } });
    const busy = await client.post(`${TRACKED}/${BACKUP}`);
    expect([refusal(busy), at(busy.body, 'error', 'message')]).toEqual([
      [400, 'VolumeBackup.0125'],
      expect.stringContaining('it is restoring'),
    ]);
  });
});

test('a trouble for a backup that is not is refused in a sentence', async () => {
  const { sim } = await changeCloud();
  expect(() => sim.setFaults({ failNextDelete: { backupId: UNKNOWN } })).toThrow(`there is no backup "${UNKNOWN}"`);
});
