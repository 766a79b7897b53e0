import { describe, expect, test } from 'vitest';
import { BIG_DISK, BROKEN_DISK, changeCloud, NATIVE, refusal, SECOND, TRACKED, USED_DISK } from './changing-backups.ts';
import {
  ANALYTICS,
  at,
  BACKUP,
  BROKEN_BACKUP,
  DISK,
  FOREIGN_BACKUP,
  FOREIGN_DISK,
  OTHER_DISK,
  UNKNOWN,
} from './cloud.ts';

const onto = (volumeId: string) => ({ restore: { volume_id: volumeId } });

describe('a tracked restore', () => {
  test('is followed by its job while disk and backup are busy', async () => {
    const { backup, client, clock, job, sim } = await changeCloud();
    const reply = await client.post(`${TRACKED}/${BACKUP}/restore`, onto(BIG_DISK));
    expect([reply.status, reply.body]).toEqual([200, { job_id: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
    expect([at(await backup(BACKUP), 'status'), sim.world.disks.get(BIG_DISK)?.status]).toEqual([
      'restoring',
      'restoring',
    ]);
    clock.advance(3 * SECOND);
    expect(await job(reply)).toMatchObject({
      job_type: 'bksRestoreBackup',
      status: 'RUNNING',
      entities: { backup_id: BACKUP, volume_id: BIG_DISK },
      sub_jobs: [{ status: 'SUCCESS' }, { status: 'RUNNING' }],
    });
    clock.advance(57 * SECOND);
    expect(await job(reply)).toMatchObject({
      status: 'SUCCESS',
      sub_jobs: [{ status: 'SUCCESS' }, { status: 'SUCCESS' }],
    });
    expect([at(await backup(BACKUP), 'status'), sim.world.disks.get(BIG_DISK)?.status]).toEqual([
      'available',
      'available',
    ]);
  });

  test.each([
    [false, 'available', 'available'],
    [true, 'error_restoring', 'error'],
  ])('fails on command; lasting %s leaves the backup %s and the disk %s', async (lasting, backupStatus, diskStatus) => {
    const { backup, client, clock, job, sim } = await changeCloud();
    sim.setFaults({ failNextRestore: { diskId: 'big', code: 'VolumeBackup.0201', reason: 'Nothing came.', lasting } });
    const reply = await client.post(`${TRACKED}/${BACKUP}/restore`, onto(BIG_DISK));
    clock.advance(30 * SECOND);
    const failure = { status: 'FAIL', error_code: 'VolumeBackup.0201', fail_reason: 'Nothing came.' };
    expect(await job(reply)).toMatchObject({ ...failure, sub_jobs: [{ status: 'SUCCESS' }, failure] });
    expect([at(await backup(BACKUP), 'status'), sim.world.disks.get(BIG_DISK)?.status]).toEqual([
      backupStatus,
      diskStatus,
    ]);
  });

  test.each([
    ['a backup that is no id', 'x', onto(DISK), 400, '0204'],
    ['a path that climbs', '..%2f..', onto(DISK), 400, '0204'],
    ['no disk', BACKUP, {}, 400, '0210'],
    ['a disk that is no id', BACKUP, onto('x'), 400, '0208'],
    ['a backup that is gone', UNKNOWN, onto(DISK), 404, '0111'],
    ['another project’s backup', FOREIGN_BACKUP, onto(DISK), 404, '0111'],
    ['a disk that is gone', BACKUP, onto(UNKNOWN), 404, '0111'],
    ['another project’s disk', BACKUP, onto(FOREIGN_DISK), 404, '0111'],
    ['a backup in error', BROKEN_BACKUP, onto(DISK), 400, '0064'],
    ['a disk that is smaller', BACKUP, onto(OTHER_DISK), 400, '0209'],
    ['a disk in error', BACKUP, onto(BROKEN_DISK), 400, '0202'],
    ['a disk in use', BACKUP, onto(USED_DISK), 400, '0205'],
  ])('with %s is refused', async (_, id, body, status, code) => {
    const { client, sim } = await changeCloud();
    expect(refusal(await client.post(`${TRACKED}/${id}/restore`, body))).toEqual([status, `VolumeBackup.${code}`]);
    expect(sim.world.jobs.size).toBe(0);
  });

  test('is refused while the disk is backed up, while either is restored, and of what is only shared', async () => {
    const { as, client, clock, sim } = await changeCloud();
    const restore = (volumeId: string) => client.post(`${TRACKED}/${BACKUP}/restore`, onto(volumeId));
    await client.post(TRACKED, { backup: { volume_id: BIG_DISK, name: 'b' } });
    expect(refusal(await restore(BIG_DISK))).toEqual([400, 'VolumeBackup.0206']);
    clock.advance(60 * SECOND);
    await restore(BIG_DISK);
    expect(refusal(await restore(DISK))).toEqual([400, 'VolumeBackup.0089']);
    sim.plant({ sharings: [{ backup: BACKUP, to: 'analytics', createdAt: clock.now() }] });
    const guest = await as('guest', ANALYTICS);
    expect(refusal(await guest.post(`${TRACKED}/${BACKUP}/restore`, onto(FOREIGN_DISK)))).toEqual([
      403,
      'VolumeBackup.0042',
    ]);
    const create = await client.post(TRACKED, { backup: { volume_id: BIG_DISK, name: 'b' } });
    expect(refusal(create)).toEqual([400, 'VolumeBackup.0012']);
  });
});

describe('a native restore', () => {
  test('names the disk in its answer and goes on by itself', async () => {
    const { backup, client, clock } = await changeCloud();
    const reply = await client.post(`${NATIVE}/${BACKUP}/restore`, onto(BIG_DISK));
    expect([reply.status, reply.body]).toEqual([
      202,
      { restore: { backup_id: BACKUP, volume_id: BIG_DISK, volume_name: 'big' } },
    ]);
    expect(at(await backup(BACKUP), 'status')).toBe('restoring');
    clock.advance(60 * SECOND);
    expect(at(await backup(BACKUP), 'status')).toBe('available');
  });

  test.each([
    ['without a disk', BACKUP, { restore: {} }, 400, /volume_id/],
    ['with more than a disk', BACKUP, { restore: { volume_id: DISK, name: 'x' } }, 400, /'name' was unexpected/],
    ['of a backup that is gone', UNKNOWN, onto(DISK), 404, /Backup .* could not be found/],
    ['onto a disk that is gone', BACKUP, onto(UNKNOWN), 404, /Volume .* could not be found/],
    ['of a backup in error', BROKEN_BACKUP, onto(DISK), 400, /Backup status must be available/],
    ['onto a smaller disk', BACKUP, onto(OTHER_DISK), 400, /volume size 40 is too small .* of size 100/],
    ['onto a disk in use', BACKUP, onto(USED_DISK), 400, /must be available/],
  ])('%s is refused in Cinder’s words', async (_, id, body, status, message) => {
    const { client } = await changeCloud();
    const reply = await client.post(`${NATIVE}/${id}/restore`, body);
    const fault = status === 404 ? 'itemNotFound' : 'badRequest';
    expect([reply.status, reply.body]).toEqual([
      status,
      { [fault]: { code: status, message: expect.stringMatching(message) } },
    ]);
  });
});
