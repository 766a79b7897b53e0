import { describe, expect, test } from 'vitest';
import { ANALYTICS, at, PAYMENTS, POLICY, smallSeed, startCloud, UNKNOWN } from './cloud.ts';
import { POLICIES, policyCloud, TASKS } from './policy-cloud.ts';

describe('policies', () => {
  test('are listed as they are written, fields that are not set left out', async () => {
    const seed = smallSeed();
    const weekly = {
      name: 'weekly',
      project: 'payments',
      startTimes: ['20:00', '21:00'],
      weekdays: ['SUN' as const, 'WED' as const],
      retentionDays: 30,
      keepFirstOfMonth: true,
      status: 'OFF' as const,
      timeZone: 'UTC+08:00',
    };
    const { as } = await startCloud({ seed: { ...seed, policies: [...(seed.policies ?? []), weekly] } });
    const { status, body } = await (await as('owner', PAYMENTS)).get(POLICIES);
    expect([status, body]).toEqual([
      200,
      {
        backup_policies: [
          {
            backup_policy_id: POLICY,
            backup_policy_name: 'nightly',
            policy_resource_count: 2,
            scheduled_policy: { start_time: '02:00', frequency: 1, rentention_num: 2, status: 'ON' },
          },
          {
            backup_policy_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
            backup_policy_name: 'weekly',
            policy_resource_count: 0,
            time_zone: 'UTC+08:00',
            scheduled_policy: {
              start_time: '20:00,21:00',
              week_frequency: ['SUN', 'WED'],
              rentention_day: 30,
              remain_first_backup_of_curMonth: 'Y',
              status: 'OFF',
            },
          },
        ],
      },
    ]);
  });

  test('are each project’s own', async () => {
    const { as } = await startCloud();
    const guest = await as('guest', ANALYTICS);
    expect((await guest.get(POLICIES)).body).toEqual({ backup_policies: [] });
    const replies = [await guest.get(TASKS), await guest.post(`${POLICIES}/${POLICY}/action`)];
    expect(replies.map(({ status, body }) => [status, at(body, 'error', 'code')])).toEqual(
      Array(2).fill([404, 'AutoBackup.1100']),
    );
  });

  test.each([
    [UNKNOWN, 404, 'AutoBackup.1100'],
    ['nightly', 400, 'AutoBackup.0006'],
    ['..%2f', 400, 'AutoBackup.0006'],
  ])('with the id %s there is none', async (id, status, code) => {
    const { client } = await policyCloud();
    const replies = [await client.get(`${POLICIES}/${id}/backuptasks`), await client.post(`${POLICIES}/${id}/action`)];
    expect(replies.map((reply) => [reply.status, at(reply.body, 'error', 'code')])).toEqual(
      Array(2).fill([status, code]),
    );
  });
});
