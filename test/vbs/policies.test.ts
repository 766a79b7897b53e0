import { expect, test } from 'vitest';
import type { SeenRequest } from '../support/http-server.ts';
import { all, projectId, rejection, scriptedCloud } from './cloud.ts';

const base = `/v2/${projectId}/backuppolicy`;

function wireTask(id: string, changes: Readonly<Record<string, unknown>> = {}) {
  return { job_id: id, status: 'RUNNING', created_at: '2016-12-03T06:24:34.467', resource_id: 'v-1', ...changes };
}

test('policies are read with their schedule and retention', async () => {
  const { client, calls } = await scriptedCloud(() => ({
    json: {
      backup_policies: [
        {
          backup_policy_id: 'p-1',
          backup_policy_name: 'nightly',
          policy_resource_count: 3,
          time_zone: 'UTC+08:00',
          scheduled_policy: {
            start_time: '16:00,20:00',
            frequency: 2,
            rentention_num: 10,
            remain_first_backup_of_curMonth: 'Y',
            status: 'ON',
          },
        },
        {
          backup_policy_id: 'p-2',
          backup_policy_name: 'weekly',
          policy_resource_count: null,
          scheduled_policy: {
            start_time: null,
            frequency: null,
            week_frequency: ['SUN', 'WED'],
            rentention_day: 30,
            status: 'OFF',
          },
        },
      ],
    },
  }));
  expect(await client.policies.list()).toEqual([
    {
      id: 'p-1',
      name: 'nightly',
      volumeCount: 3,
      timeZone: 'UTC+08:00',
      enabled: true,
      startTimes: ['16:00', '20:00'],
      everyDays: 2,
      weekDays: undefined,
      keepLast: 10,
      keepDays: undefined,
      keepFirstOfMonth: true,
    },
    {
      id: 'p-2',
      name: 'weekly',
      volumeCount: 0,
      timeZone: undefined,
      enabled: false,
      startTimes: [],
      everyDays: undefined,
      weekDays: ['SUN', 'WED'],
      keepLast: undefined,
      keepDays: 30,
      keepFirstOfMonth: false,
    },
  ]);
  expect(calls()).toEqual([`GET ${base}`]);
});

test.each([1e300, 2.5])('%d is no number of disks', async (count) => {
  const policy = {
    backup_policy_id: 'p-1',
    backup_policy_name: 'nightly',
    policy_resource_count: count,
    scheduled_policy: { start_time: '16:00', status: 'ON' },
  };
  const { client } = await scriptedCloud(() => ({ json: { backup_policies: [policy] } }));
  expect(await rejection(client.policies.list())).toMatchObject({
    name: 'VbsSchemaError',
    field: 'backup_policies[0].policy_resource_count',
  });
});

test('executing a policy answers the cloud’s request id and nothing else', async () => {
  const { client, server } = await scriptedCloud(() => ({ status: 204, headers: { 'X-Request-Id': 'req-1' } }));
  expect(await client.policies.execute('p-1')).toEqual({ requestId: 'req-1' });
  const request = server.requests.at(-1);
  expect([request?.method, request?.path, request?.body]).toEqual(['POST', `${base}/p-1/action`, '']);
});

test('a policy that runs already is a conflict, and says so in plain words', async () => {
  const { client } = await scriptedCloud(() => ({
    status: 400,
    json: { error: { code: 'AutoBackup.0225', message: 'The policy is being executed.' } },
  }));
  expect(await rejection(client.policies.execute('p-1'))).toMatchObject({
    kind: 'conflict',
    code: 'AutoBackup.0225',
    explanation: 'The policy is being executed already.',
    effect: 'none',
  });
});

test('a page of tasks comes with their number, newest first', async () => {
  const { client, calls } = await scriptedCloud(() => ({
    json: {
      count: 41,
      tasks: [
        wireTask('t-2'),
        wireTask('t-1', {
          status: 'EXECUTE_FAIL',
          finished_at: '2016-12-03T07:00:00.121',
          backup_name: 'autobk_e6d2',
          resource_type: 'volume',
          vbs_job_id: 'j-1',
          code: 'VolumeBackup.0027',
          message: 'Failed to create the backup.',
        }),
      ],
    },
  }));
  const range = { limit: 2, offset: 10, status: 'EXECUTE_FAIL', jobId: 't-1' } as const;
  expect(await client.policies.tasksPage('p-1', range)).toEqual({
    count: 41,
    tasks: [
      {
        id: 't-2',
        status: 'RUNNING',
        createdAt: new Date('2016-12-03T06:24:34.467Z'),
        finishedAt: undefined,
        backupName: undefined,
        resourceId: 'v-1',
        resourceType: undefined,
        vbsJobId: undefined,
        errorCode: undefined,
        errorMessage: undefined,
      },
      {
        id: 't-1',
        status: 'EXECUTE_FAIL',
        createdAt: new Date('2016-12-03T06:24:34.467Z'),
        finishedAt: new Date('2016-12-03T07:00:00.121Z'),
        backupName: 'autobk_e6d2',
        resourceId: 'v-1',
        resourceType: 'volume',
        vbsJobId: 'j-1',
        errorCode: 'VolumeBackup.0027',
        errorMessage: 'Failed to create the backup.',
      },
    ],
  });
  expect(calls()).toEqual([
    `GET ${base}/p-1/backuptasks?sort_key=created_at&sort_dir=desc&limit=2&offset=10&status=EXECUTE_FAIL&job_id=t-1`,
  ]);
});

/** A server that pages tasks by offset. */
function pager(ids: string[]) {
  return (request: SeenRequest) => {
    const offset = Number(request.query.get('offset'));
    const page = ids.slice(offset, offset + Number(request.query.get('limit')));
    return { json: { count: ids.length, tasks: page.map((id) => wireTask(id)) } };
  };
}

test('tasks are read page by page, only as far as they are asked for', async () => {
  const ids = Array.from({ length: 1000 }, (_, index) => `t-${index}`);
  const { client, calls } = await scriptedCloud(pager(ids));
  for await (const task of client.policies.tasks('p-1', { limit: 20, status: 'RUNNING' })) {
    if (task.id === 't-5') break;
  }
  expect(calls()).toEqual([
    `GET ${base}/p-1/backuptasks?sort_key=created_at&sort_dir=desc&status=RUNNING&limit=20&offset=0`,
  ]);
  expect((await all(client.policies.tasks('p-1'))).map((task) => task.id)).toEqual(ids);
});

test('tasks that begin while the list is read bring no other twice', async () => {
  const ids = Array.from({ length: 30 }, (_, index) => `t-${index}`);
  const answer = pager(ids);
  const { client } = await scriptedCloud((request, nth) => {
    if (nth === 2) ids.unshift('new-1', 'new-2', 'new-3');
    return answer(request);
  });
  const read = (await all(client.policies.tasks('p-1', { limit: 10 }))).map((task) => task.id);
  expect(read).toEqual(Array.from({ length: 30 }, (_, index) => `t-${index}`));
});

test('tasks that come in the other order than was asked for are turned round', async () => {
  const ids = Array.from({ length: 25 }, (_, index) => `t-${index}`);
  const oldestFirst = ids.map((id, n) => wireTask(id, { created_at: `2017-07-18T20:00:${10 + n}.000000` }));
  const { client } = await scriptedCloud((request) => {
    const offset = Number(request.query.get('offset'));
    const tasks = oldestFirst.slice(offset, offset + Number(request.query.get('limit')));
    return { json: { count: ids.length, tasks } };
  });
  const read = async (sortDir: 'asc' | 'desc') =>
    (await all(client.policies.tasks('p-1', { limit: 10, sortDir }))).map((task) => task.id);
  expect(await read('desc')).toEqual(ids.toReversed());
  expect(await read('asc')).toEqual(ids);
});

test('a task without the time it was created is not taken', async () => {
  const { client } = await scriptedCloud(() => ({ json: { count: 1, tasks: [wireTask('t-1', { created_at: '' })] } }));
  expect(await rejection(client.policies.tasksPage('p-1', { limit: 1, offset: 0 }))).toMatchObject({
    name: 'VbsSchemaError',
    field: 'created_at',
  });
});
