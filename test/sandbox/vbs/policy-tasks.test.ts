import { describe, expect, test } from 'vitest';
import { at, each, PAYMENTS, UNKNOWN } from './cloud.ts';
import { HOUR, policyCloud, TASKS } from './policy-cloud.ts';

describe('tasks', () => {
  /** 25 tasks, a day apart; the newest is 10 hours old. */
  async function manyTasks() {
    const cloud = await policyCloud();
    cloud.sim.plant({
      tasks: Array.from({ length: 25 }, (_, n) => ({
        id: `70000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}`,
        policy: 'nightly',
        disk: 'db-1',
        status: n % 5 === 0 ? 'EXECUTE_FAIL' : 'EXECUTE_SUCCESS',
        createdAt: new Date(cloud.clock.now().getTime() - 10 * HOUR - (24 - n) * 24 * HOUR),
        error: n % 5 === 0 ? { code: 'VolumeBackup.0013', reason: 'Busy.' } : undefined,
      })),
    });
    const list = async (query: string) => {
      const { body } = await cloud.client.get(`${TASKS}?${query}`);
      return { count: at(body, 'count'), ids: each(body, 'tasks', 'job_id').map((id) => Number(String(id).slice(-4))) };
    };
    return { ...cloud, list };
  }

  test('come newest first, twenty at once, with their whole number', async () => {
    const { list } = await manyTasks();
    const newest = Array.from({ length: 25 }, (_, n) => 25 - n);
    expect(await list('')).toEqual({ count: 25, ids: newest.slice(0, 20) });
    expect(await list('offset=20')).toEqual({ count: 25, ids: newest.slice(20) });
    expect(await list('limit=1000')).toEqual({ count: 25, ids: newest });
    expect(await list('limit=2&sort_dir=asc&sort_key=created_at')).toEqual({ count: 25, ids: [1, 2] });
  });

  test('go on after a marker, and are filtered by status and job', async () => {
    const { list } = await manyTasks();
    const id = (n: number) => `70000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    expect(await list(`limit=2&marker=${id(20)}`)).toEqual({ count: 25, ids: [19, 18] });
    expect(await list('status=EXECUTE_FAIL&limit=3')).toEqual({ count: 5, ids: [21, 16, 11] });
    expect(await list(`job_id=${id(7)}`)).toEqual({ count: 1, ids: [7] });
    expect(await list(`job_id=${UNKNOWN}`)).toEqual({ count: 0, ids: [] });
  });

  test('are forgotten after 30 days, with their jobs', async () => {
    const { clock, as, client } = await manyTasks();
    const job = String(at((await client.get(`${TASKS}?sort_dir=asc&limit=1`)).body, 'tasks', 0, 'vbs_job_id'));
    expect((await client.get(`/v1/{p}/jobs/${job}`)).status).toBe(200);
    clock.advance(6 * 24 * HOUR);
    const fresh = await as('owner', PAYMENTS);
    const { body } = await fresh.get(`${TASKS}?sort_dir=asc&limit=1`);
    expect(at(body, 'tasks', 0, 'job_id')).toBe('70000000-0000-4000-8000-000000000002');
    expect((await fresh.get(`/v1/{p}/jobs/${job}`)).status).toBe(404);
  });

  test.each([
    'limit=-1',
    'limit=all',
    'offset=x',
    'sort_dir=up',
    'sort_key=status',
    'status=DONE',
    `marker=${UNKNOWN}`,
  ])('are not listed by %s', async (query) => {
    const { client } = await policyCloud();
    const reply = await client.get(`${TASKS}?${query}`);
    expect([reply.status, at(reply.body, 'error', 'code')]).toEqual([400, 'AutoBackup.0008']);
  });
});
