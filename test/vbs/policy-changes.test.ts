import { expect, test } from 'vitest';
import type { SeenRequest } from '../support/http-server.ts';
import { all, projectId, rejection, scriptedCloud } from './cloud.ts';

const base = `/v2/${projectId}/backuppolicy`;
const headers = { 'X-Request-Id': 'req-1' };
const changed = { headers, json: { backup_policy_id: 'p-1' } };
const receipt = { requestId: 'req-1', policyId: 'p-1' };

/** What the last request held. */
function sent(requests: readonly SeenRequest[]): unknown {
  return JSON.parse(requests.at(-1)?.body ?? 'null');
}

function wirePolicy(schedule: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return {
    backup_policy_id: 'p-1',
    backup_policy_name: 'nightly',
    policy_resource_count: 1,
    scheduled_policy: { start_time: '20:00,04:00', status: 'OFF', rentention_num: 50, ...schedule },
    ...more,
  };
}

test('a policy is created with its schedule as the API spells it', async () => {
  const { client, calls, server } = await scriptedCloud(() => changed);
  const schedule = { startTimes: ['22:00', '00:00'], weekDays: ['SUN', 'WED'], keepDays: 30, enabled: true } as const;
  const policy = { name: 'weekly', timeZone: 'UTC+02:00', tags: [{ key: 'env', value: 'prod' }] };
  expect(await client.policies.create({ ...policy, schedule: { ...schedule, keepFirstOfMonth: true } })).toEqual(
    receipt,
  );
  expect(calls()).toEqual([`POST ${base}`]);
  expect(sent(server.requests)).toEqual({
    backup_policy_name: 'weekly',
    scheduled_policy: {
      start_time: '22:00,00:00',
      week_frequency: ['SUN', 'WED'],
      rentention_day: 30,
      remain_first_backup_of_curMonth: 'Y',
      status: 'ON',
    },
    time_zone: 'UTC+02:00',
    tags: [{ key: 'env', value: 'prod' }],
  });
});

test('a policy is changed in what is given, and in nothing else', async () => {
  const { client, calls, server } = await scriptedCloud(() => changed);
  expect(await client.policies.modify('p-1', { name: 'daily' })).toEqual(receipt);
  expect(sent(server.requests)).toEqual({ backup_policy_name: 'daily' });
  const schedule = { everyDays: 2, keepLast: 7, keepFirstOfMonth: false };
  await client.policies.modify('p-1', { timeZone: 'UTC-02:00', schedule });
  expect(sent(server.requests)).toEqual({
    scheduled_policy: { frequency: 2, rentention_num: 7, remain_first_backup_of_curMonth: 'N' },
    time_zone: 'UTC-02:00',
  });
  expect(calls()).toEqual([`PUT ${base}/p-1`, `PUT ${base}/p-1`]);
});

test.each([
  ['every few days', [wirePolicy({ frequency: 3 })], { scheduled_policy: { frequency: 3, status: 'ON' } }],
  [
    'on days of the week',
    [wirePolicy({ week_frequency: ['SUN'] }, { time_zone: 'UTC+08:00' })],
    {
      scheduled_policy: { start_time: '20:00,04:00', week_frequency: ['SUN'], status: 'ON' },
      time_zone: 'UTC+08:00',
    },
  ],
  [
    'at longer intervals than a change may set',
    [wirePolicy({ frequency: 30 })],
    { scheduled_policy: { status: 'ON' } },
  ],
  ['that is not there, which the cloud says', [], { scheduled_policy: { status: 'ON' } }],
])('a policy %s is enabled, its frequency said again', async (_, policies, expected) => {
  const { client, calls, server } = await scriptedCloud((request) =>
    request.method === 'GET' ? { json: { backup_policies: policies } } : changed,
  );
  expect(await client.policies.enable('p-1')).toEqual(receipt);
  expect(sent(server.requests)).toEqual(expected);
  expect(calls()).toEqual([`GET ${base}`, `PUT ${base}/p-1`]);
});

test('a policy is disabled, and deleted', async () => {
  const { client, calls, server } = await scriptedCloud((request) => {
    if (request.method === 'GET') return { json: { backup_policies: [wirePolicy({ frequency: 1 })] } };
    return request.method === 'PUT' ? changed : { status: 204, headers };
  });
  await client.policies.disable('p-1');
  expect(sent(server.requests)).toEqual({ scheduled_policy: { frequency: 1, status: 'OFF' } });
  expect(await client.policies.delete('p-1')).toEqual({ requestId: 'req-1' });
  expect(calls().at(-1)).toBe(`DELETE ${base}/p-1`);
});

test('disks come into a policy and out of it, each with its own outcome', async () => {
  const { client, calls, server } = await scriptedCloud(() => ({
    headers,
    json: {
      success_resources: [
        { resource_id: 'v-1', resource_type: 'volume', availability_zone: 'a', os_vol_host_attr: 'h' },
      ],
      fail_resources: [
        { resource_id: 'v-2', code: 'AutoBackup.0206', message: 'The status is invalid.' },
        { resource_id: 'v-3', code: null },
      ],
    },
  }));
  const outcomes = {
    requestId: 'req-1',
    succeeded: ['v-1'],
    failed: [
      {
        volumeId: 'v-2',
        code: 'AutoBackup.0206',
        message: 'The status is invalid.',
        explanation: 'The disk’s state forbids it.',
        remedy: 'Wait until the disk is back in an ordinary state, then try again.',
      },
      { volumeId: 'v-3', code: undefined, message: undefined, explanation: undefined, remedy: undefined },
    ],
  };
  expect(await client.policies.associate('p-1', ['v-1', 'v-2'])).toEqual(outcomes);
  expect(sent(server.requests)).toEqual({
    backup_policy_id: 'p-1',
    resources: [
      { resource_id: 'v-1', resource_type: 'volume' },
      { resource_id: 'v-2', resource_type: 'volume' },
    ],
  });
  expect(await client.policies.disassociate('p-1', ['v-1'])).toEqual(outcomes);
  expect(sent(server.requests)).toEqual({ resources: [{ resource_id: 'v-1' }] });
  expect(calls()).toEqual([`POST ${base}resources`, `POST ${base}resources/p-1/deleted_resources`]);
});

test('tags are read, one without a value too', async () => {
  const { client, calls } = await scriptedCloud((_, nth) => ({
    json: { tags: nth === 1 ? [{ key: 'a', value: 'b' }, { key: 'c' }] : [{ key: 'a', values: ['b', 'd'] }] },
  }));
  expect(await client.policyTags.ofPolicy('p-1')).toEqual([
    { key: 'a', value: 'b' },
    { key: 'c', value: '' },
  ]);
  expect(await client.policyTags.all()).toEqual([{ key: 'a', values: ['b', 'd'] }]);
  expect(calls()).toEqual([`GET ${base}/p-1/tags`, `GET ${base}/tags`]);
});

test('tags are added, removed and changed, with what stands in a path encoded', async () => {
  const { client, calls, server } = await scriptedCloud(() => ({ status: 204, headers }));
  const tag = { key: 'env', value: 'prod' };
  expect(await client.policyTags.add('p-1', tag)).toEqual({ requestId: 'req-1' });
  expect(sent(server.requests)).toEqual({ tag });
  expect(await client.policyTags.change('p-1', { action: 'update', tags: [tag] })).toEqual({ requestId: 'req-1' });
  expect(sent(server.requests)).toEqual({ action: 'update', tags: [tag] });
  expect(await client.policyTags.remove('p-1', 'a#b/c')).toEqual({ requestId: 'req-1' });
  expect(calls()).toEqual([
    `POST ${base}/p-1/tags`,
    `POST ${base}/p-1/tags/action`,
    `DELETE ${base}/p-1/tags/a%23b%2Fc`,
  ]);
});

test('policies are found by their tags, page by page, with numbers sent as texts', async () => {
  const rows = Array.from({ length: 5 }, (_, nth) => ({ resource_id: `p-${nth}`, resource_name: null, tags: null }));
  const { client, server } = await scriptedCloud((request) => {
    const { limit, offset } = JSON.parse(request.body);
    const from = Number(offset);
    return { json: { total_count: rows.length, resources: rows.slice(from, from + Number(limit)) } };
  });
  const query = { tags: [{ key: 'env', values: ['prod', 'test'] }], tagsAny: [], nameContains: 'night' };
  const found = await all(client.policies.byTag(query, { pageSize: 2 }));
  expect(found).toEqual(rows.map(({ resource_id: id }) => ({ id, name: undefined, tags: [] })));
  const bodies = server.requests.slice(1).map(({ body }) => JSON.parse(body));
  expect(bodies[0]).toEqual({
    action: 'filter',
    tags: [{ key: 'env', values: ['prod', 'test'] }],
    matches: [{ key: 'resource_name', value: 'night' }],
    limit: '2',
    offset: '0',
  });
});

test('policies are counted by their tags without limit and offset', async () => {
  const { client, server } = await scriptedCloud(() => ({ json: { total_count: 3 } }));
  expect(
    await client.policies.countByTag({
      notTags: [{ key: 'a', values: [] }],
      notTagsAny: [{ key: 'b', values: ['c'] }],
    }),
  ).toBe(3);
  expect(sent(server.requests)).toEqual({
    action: 'count',
    not_tags: [{ key: 'a', values: [] }],
    not_tags_any: [{ key: 'b', values: ['c'] }],
  });
});

test('a query by tags is a read, and is made again after a failure', async () => {
  const { client, calls } = await scriptedCloud((_, nth) =>
    nth === 1 ? { status: 503 } : { json: { total_count: 0, resources: [] } },
  );
  expect(await all(client.policies.byTag({}))).toEqual([]);
  expect(calls()).toHaveLength(2);
});

test('what the cloud refuses of a policy is told in plain words', async () => {
  const { client } = await scriptedCloud(() => ({
    status: 400,
    json: { error: { code: 'AutoBackup.0203', message: 'Too many.' } },
  }));
  const schedule = { startTimes: ['04:00'], everyDays: 1, keepLast: 2, enabled: true };
  expect(await rejection(client.policies.create({ name: 'x', schedule }))).toMatchObject({
    operation: 'createPolicy',
    effect: 'none',
    explanation: 'The project has 10 policies already, which is the most.',
  });
});
