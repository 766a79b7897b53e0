import { describe, expect, test } from 'vitest';
import { ANALYTICS, at, UNKNOWN } from './cloud.ts';
import { policyCloud, SECOND, TASKS } from './policy-cloud.ts';

describe('a job', () => {
  test.each([
    ['f'.repeat(32), 404],
    [UNKNOWN, 404],
    ['job-1', 400],
    ['..%2f..', 400],
  ])('with the id %s cannot be queried', async (id, status) => {
    const { client } = await policyCloud();
    const reply = await client.get(`/v1/{p}/jobs/${id}`);
    expect([reply.status, reply.body]).toEqual([
      status,
      {
        error_code: 'common.0011',
        error_msg: expect.stringMatching(/^Failed to query the task/),
        request_id: reply.headers.get('X-Request-Id'),
      },
    ]);
  });

  test('is unknown to another project, and to v2', async () => {
    const { as, client, clock, run } = await policyCloud();
    await run();
    clock.advance(5 * SECOND);
    const id = String(at((await client.get(`${TASKS}?sort_dir=asc`)).body, 'tasks', 0, 'vbs_job_id'));
    const guest = await as('guest', ANALYTICS);
    expect((await guest.get(`/v1/{p}/jobs/${id}`)).status).toBe(404);
    expect((await client.get(`/v2/{p}/jobs/${id}`)).status).toBe(404);
  });
});
