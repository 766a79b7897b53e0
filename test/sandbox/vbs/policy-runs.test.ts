import { describe, expect, test } from 'vitest';
import { at, DISK, each, OTHER_DISK } from './cloud.ts';
import { jobOf, policyCloud, SECOND, TASKS } from './policy-cloud.ts';

describe('a run at once', () => {
  test('answers nothing and makes a task for each disk, from waiting to success', async () => {
    const { client, clock, run, statuses } = await policyCloud();
    const reply = await run();
    expect([reply.status, reply.text]).toEqual([204, '']);
    const created = { created_at: '2026-03-10T12:00:00.000', resource_type: 'volume' };
    const task = { ...created, job_id: expect.any(String), backup_name: expect.stringMatching(/^autobk_[0-9a-f]{4}$/) };
    expect((await client.get(`${TASKS}?sort_dir=asc`)).body).toEqual({
      count: 2,
      tasks: [
        { ...task, status: 'WAITING', resource_id: DISK },
        { ...task, status: 'WAITING', resource_id: OTHER_DISK },
      ],
    });
    clock.advance(5 * SECOND);
    expect(await statuses()).toEqual(['RUNNING', 'WAITING']);
    clock.advance(60 * SECOND);
    expect(await statuses()).toEqual(['EXECUTE_SUCCESS', 'RUNNING']);
    clock.advance(5 * SECOND);
    expect(at((await client.get(TASKS)).body, 'tasks', 0)).toEqual({
      ...task,
      status: 'EXECUTE_SUCCESS',
      resource_id: OTHER_DISK,
      finished_at: '2026-03-10T12:01:10.000',
      vbs_job_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test('is refused while the last one goes on, and taken after it', async () => {
    const { clock, run } = await policyCloud();
    await run();
    const second = await run();
    expect([second.status, at(second.body, 'error', 'code')]).toEqual([400, 'AutoBackup.0225']);
    clock.advance(69 * SECOND);
    expect((await run()).status).toBe(400);
    clock.advance(SECOND);
    expect((await run()).status).toBe(204);
  });

  test('makes backups that are creating, then available', async () => {
    const { client, clock, run } = await policyCloud();
    await run();
    clock.advance(6 * SECOND);
    const newest = async () => at((await client.get('/v3/{p}/backups/detail?limit=1')).body, 'backups', 0);
    const name = at((await client.get(`${TASKS}?sort_dir=asc`)).body, 'tasks', 0, 'backup_name');
    const common = { name, volume_id: DISK, size: 100, created_at: '2026-03-10T12:00:05.000000' };
    expect(await newest()).toMatchObject({ ...common, status: 'creating', updated_at: null, object_count: null });
    const id = at(await newest(), 'id');
    clock.advance(60 * SECOND);
    expect(at((await client.get(`/v3/{p}/backups/${String(id)}`)).body, 'backup')).toMatchObject({
      ...common,
      status: 'available',
      updated_at: '2026-03-10T12:01:05.000000',
    });
  });

  test('is told step by step by its job', async () => {
    const { client, clock, run } = await policyCloud();
    await run();
    clock.advance(5 * SECOND);
    expect(await jobOf(client, 0)).toMatchObject({ status: 'INIT', sub_jobs: [], end_time: null });
    clock.advance(2 * SECOND);
    expect(await jobOf(client, 0)).toMatchObject({
      status: 'RUNNING',
      sub_jobs: [{ status: 'SUCCESS' }, { status: 'RUNNING' }],
    });
    clock.advance(58 * SECOND);
    const entities = { volume_id: DISK, bks_create_volume_name: expect.stringMatching(/^autobk_/) };
    const sub = { entities: { volume_id: DISK }, job_id: expect.any(String), sub_jobs: [] };
    const none = { error_code: null, fail_reason: null };
    expect(await jobOf(client, 0)).toEqual({
      ...none,
      status: 'SUCCESS',
      entities: { ...entities, backup_id: expect.any(String), snapshot_id: expect.any(String) },
      job_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      job_type: 'bksCreateBackup',
      begin_time: '2026-03-10T12:00:05.000Z',
      end_time: '2026-03-10T12:01:05.000Z',
      sub_jobs: [
        {
          ...sub,
          ...none,
          status: 'SUCCESS',
          job_type: 'bksCreateSnapshot',
          begin_time: '2026-03-10T12:00:07.000Z',
          end_time: '2026-03-10T12:00:07.000Z',
        },
        {
          ...sub,
          ...none,
          status: 'SUCCESS',
          job_type: 'bksCopySnapshot',
          begin_time: '2026-03-10T12:00:07.000Z',
          end_time: '2026-03-10T12:01:05.000Z',
        },
      ],
    });
  });

  test('keeps of each disk as many as the policy retains, and leaves all others and shared ones alone', async () => {
    const { client, clock, run, sim } = await policyCloud();
    const made: unknown[] = [];
    for (let round = 0; round < 4; round++) {
      await run();
      clock.advance(70 * SECOND);
      const { body } = await client.get(`/v3/{p}/backups/detail?volume_id=${DISK}&limit=1`);
      made.push(at(body, 'backups', 0, 'name'));
      if (round === 0) sim.plant({ sharings: [{ backup: String(made[0]), to: 'analytics', createdAt: clock.now() }] });
    }
    const { body } = await client.get(`/v3/{p}/backups/detail?volume_id=${DISK}`);
    expect(each(body, 'backups', 'name')).toEqual([made[3], made[2], made[0], 'db-nightly-0310']);
  });
});

describe('a run that goes wrong on command', () => {
  test('fails with the code and reason in the job, and the backup is in error', async () => {
    const { client, clock, run, sim, statuses } = await policyCloud();
    sim.world.failNextBackup({ diskId: OTHER_DISK, code: 'VolumeBackup.0064', reason: 'The backup status is error.' });
    await run();
    clock.advance(70 * SECOND);
    expect(await statuses()).toEqual(['EXECUTE_SUCCESS', 'EXECUTE_FAIL']);
    const failure = { status: 'FAIL', error_code: 'VolumeBackup.0064', fail_reason: 'The backup status is error.' };
    expect(await jobOf(client, 1)).toMatchObject({ ...failure, sub_jobs: [{ status: 'SUCCESS' }, failure] });
    const { body } = await client.get(`/v3/{p}/backups/detail?volume_id=${OTHER_DISK}&limit=1`);
    expect(at(body, 'backups', 0)).toMatchObject({ status: 'error', fail_reason: 'The backup status is error.' });
    await run();
    clock.advance(70 * SECOND);
    expect(await statuses('&offset=2'), 'the next run is well again').toEqual(['EXECUTE_SUCCESS', 'EXECUTE_SUCCESS']);
  });

  test('makes no backup where the service refuses at the start', async () => {
    const { client, clock, run, sim } = await policyCloud();
    sim.world.failNextBackup({ diskId: DISK, code: 'VolumeBackup.0080', reason: 'The quota has been used up.' });
    await run();
    clock.advance(70 * SECOND);
    expect(await jobOf(client, 0)).toMatchObject({
      status: 'FAIL',
      error_code: 'VolumeBackup.0080',
      entities: { volume_id: DISK },
      sub_jobs: [],
    });
    const { body } = await client.get(`/v3/{p}/backups/detail?volume_id=${DISK}`);
    expect(each(body, 'backups', 'name')).toEqual(['db-nightly-0310']);
  });

  test('may fail without a job', async () => {
    const { client, clock, run, sim } = await policyCloud();
    sim.world.failNextBackup({ diskId: DISK, code: 'x', reason: 'y', withoutJob: true });
    await run();
    clock.advance(70 * SECOND);
    const { body } = await client.get(`${TASKS}?status=EXECUTE_FAIL`);
    expect([at(body, 'count'), at(body, 'tasks', 0, 'vbs_job_id')]).toEqual([1, undefined]);
  });

  test('times out, and until then the disk is busy', async () => {
    const { client, clock, run, sim, statuses } = await policyCloud();
    sim.setFaults({ timeoutNextBackup: { diskId: DISK } });
    await run();
    clock.advance(604 * SECOND);
    expect(await statuses()).toEqual(['RUNNING', 'EXECUTE_SUCCESS']);
    clock.advance(SECOND);
    expect(await statuses()).toEqual(['EXECUTE_TIMEOUT', 'EXECUTE_SUCCESS']);
    expect(await jobOf(client, 0)).toMatchObject({ status: 'FAIL', error_code: 'VolumeBackup.0029' });
  });

  test('is slow by a factor', async () => {
    const { clock, run, sim, statuses } = await policyCloud();
    sim.setFaults({ slowBackup: { diskId: DISK, factor: 3 } });
    await run();
    clock.advance(184 * SECOND);
    expect(await statuses()).toEqual(['RUNNING', 'EXECUTE_SUCCESS']);
    clock.advance(SECOND);
    expect(await statuses()).toEqual(['EXECUTE_SUCCESS', 'EXECUTE_SUCCESS']);
  });
});
