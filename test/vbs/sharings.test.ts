import { expect, test } from 'vitest';
import type { SeenRequest } from '../support/http-server.ts';
import { all, projectId, scriptedCloud, wireSharing } from './cloud.ts';

const base = `/v2/${projectId}/os-vendor-backup-sharing`;

const wireBackup = {
  id: 'b-1',
  name: 'nightly',
  status: 'available',
  size: 40,
  volume_id: 'v-1',
  snapshot_id: null,
  availability_zone: 'AZ1',
  container: null,
  created_at: '2017-08-08T04:03:27.456859',
  updated_at: '2017-08-08T04:03:35.109308',
  data_timestamp: '2017-08-08T04:03:26.000000',
  description: '{"DESC": "before the release", "INC": 1}',
  fail_reason: null,
  object_count: null,
  has_dependent_backups: null,
  is_incremental: true,
  service_metadata: null,
};

const sharing = {
  id: 's-1',
  backupId: 'b-1',
  fromProjectId: projectId,
  toProjectId: '722513ed0a324dadaabe5b2d0fe848b9',
  createdAt: new Date('2017-08-10T12:25:40.480Z'),
  backup: {
    id: 'b-1',
    name: 'nightly',
    status: 'available',
    sizeGib: 40,
    volumeId: 'v-1',
    availabilityZone: 'AZ1',
    createdAt: new Date('2017-08-08T04:03:27.456Z'),
    dataTimestamp: new Date('2017-08-08T04:03:26.000Z'),
    description: 'before the release',
    failReason: undefined,
    isIncremental: true,
  },
};

test('sharing a backup sends what the contract says and gives a sharing for each project, and the cloud’s request id', async () => {
  const { client, server } = await scriptedCloud(() => ({
    headers: { 'X-Request-Id': 'req-1' },
    json: {
      shared: [
        wireSharing('s-1', { created_at: null, deleted: null, deleted_at: null, to_project_id: 'p-2' }),
        wireSharing('s-2', { created_at: null, deleted: null, deleted_at: null, to_project_id: 'p-3' }),
      ],
    },
  }));
  const common = { backupId: 'b-1', fromProjectId: projectId, createdAt: undefined, backup: undefined };
  expect(await client.sharings.share('b-1', ['p-2', 'p-3'])).toEqual({
    requestId: 'req-1',
    value: [
      { id: 's-1', toProjectId: 'p-2', ...common },
      { id: 's-2', toProjectId: 'p-3', ...common },
    ],
  });
  const request = server.requests.at(-1);
  expect([request?.method, request?.path, JSON.parse(request?.body ?? '')]).toEqual([
    'POST',
    base,
    { shared: { backup_id: 'b-1', to_project_ids: ['p-2', 'p-3'] } },
  ]);
});

test('a sharing is read with its backup', async () => {
  const { client, calls } = await scriptedCloud(() => ({
    json: { shared: wireSharing('s-1', { backup: wireBackup }) },
  }));
  expect(await client.sharings.get('s-1')).toEqual(sharing);
  expect(calls()).toEqual([`GET ${base}/s-1`]);
});

test('a page is asked for with every filter as the reference spells it', async () => {
  const { client, calls } = await scriptedCloud(() => ({
    json: { shared: [wireSharing('s-1', { backup: wireBackup })] },
  }));
  const page = await client.sharings.page(
    {
      direction: 'in',
      backupId: 'b-1',
      volumeId: 'v-1',
      name: 'night ly&',
      status: 'available',
      fromProjectId: 'p-1',
      toProjectId: 'p-2',
      availabilityZone: 'AZ1',
      sortKey: 'size',
      sortDir: 'asc',
    },
    { limit: 20, offset: 40 },
  );
  expect(page).toEqual([sharing]);
  expect(calls()).toEqual([
    `GET ${base}/detail?share_to_me=true&backup_id=b-1&volume_id=v-1&name=night+ly%26&status=available&from_project_id=p-1&to_project_id=p-2&avalilability_zone=AZ1&sort_key=size&sort_dir=asc&limit=20&offset=40`,
  ]);
});

/** A page of these sharings, read by the client. */
async function pageOf(...shared: readonly object[]) {
  const { client } = await scriptedCloud(() => ({ json: { shared } }));
  return client.sharings.page({}, { limit: 1000, offset: 0 });
}

test('a backup whose status the cloud does not tell spoils no page', async () => {
  const backup = { ...wireBackup, status: null };
  expect((await pageOf(wireSharing('s-1', { backup }))).map((one) => one.backup?.status)).toEqual(['unknown']);
});

test('a page is read alike whether its rows tell everything or leave out what they may', async () => {
  const sparse = { id: 'b-1', status: 'available', size: null, volume_id: null };
  const told = { ...sparse, name: null, availability_zone: null, created_at: null, data_timestamp: null };
  const whole = { ...told, description: null, fail_reason: null, is_incremental: null };
  const rows = [wireBackup, whole, sparse].map((backup) => wireSharing('s-1', { backup }));
  const [first, second, third] = await pageOf(...rows);
  expect([first, second]).toEqual(await pageOf(...rows.slice(0, 2)));
  expect(first).toEqual(sharing);
  expect(third).toEqual(second);
  expect(third?.backup).toEqual({ id: 'b-1', status: 'available' });
  expect((await pageOf(wireSharing('s-2'), wireSharing('s-3', { backup: null }))).map((one) => one.backup)).toEqual([
    undefined,
    undefined,
  ]);
});

test.each([
  [{ size: '40' }, 'shared[2].backup.size is wrong: Invalid input: expected number, received string'],
  [{ status: undefined }, 'shared[2].backup.status is missing'],
  [{ data_timestamp: 'yesterday' }, 'data_timestamp is no time'],
])('a page of sharings of one backup is refused where one of them tells it with %j', async (change, problem) => {
  const shared = [{}, {}, change].map((one) => wireSharing('s-1', { backup: { ...wireBackup, ...one } }));
  await expect(pageOf(...shared)).rejects.toThrow(problem);
});

test('of sharings of one backup, each has the backup as it tells it', async () => {
  const names = ['nightly', 'nightly', 'renamed', 'nightly'];
  const page = await pageOf(...names.map((name) => wireSharing('s-1', { backup: { ...wireBackup, name } })));
  expect(page.map((one) => one.backup)).toEqual(names.map((name) => ({ ...sharing.backup, name })));
});

test('the count takes the filter without sort and paging', async () => {
  const { client, calls } = await scriptedCloud(() => ({ json: { count: 2 } }));
  expect(await client.sharings.count({ direction: 'out', backupId: 'b-1' })).toBe(2);
  expect(calls()).toEqual([`GET ${base}/count?backup_id=b-1`]);
});

test('one sharing is cancelled by its id, all of a backup by the backup’s, with a body or without', async () => {
  const { client, calls } = await scriptedCloud((_, nth) => ({
    headers: { 'X-Request-Id': `req-${nth}` },
    ...(nth === 1 ? {} : { json: {} }),
  }));
  expect(await client.sharings.cancel('s-1')).toEqual({ requestId: 'req-1' });
  expect(await client.sharings.cancelAll('b-1')).toEqual({ requestId: 'req-2' });
  expect(calls()).toEqual([`DELETE ${base}/s-1`, `DELETE ${base}/b-1?is_backup_id=true`]);
});

/** A server that pages sharings by offset. */
function pager(count: number, told: (nth: number) => object) {
  const rows = Array.from({ length: count }, (_, index) => wireSharing(`s-${index}`));
  return (request: SeenRequest, nth: number) => {
    if (request.path.endsWith('/count')) return told(nth);
    const offset = Number(request.query.get('offset'));
    return { json: { shared: rows.slice(offset, offset + Number(request.query.get('limit'))) } };
  };
}

test('a list of 2,500 comes whole and in order, newest first, a thousand at a time', async () => {
  const { client, calls } = await scriptedCloud(pager(2500, () => ({ json: { count: 2500 } })));
  const ids = (await all(client.sharings.list({ direction: 'in' }))).map((one) => one.id);
  expect(ids).toEqual(Array.from({ length: 2500 }, (_, index) => `s-${index}`));
  const query = 'share_to_me=true&sort_key=created_at&sort_dir=desc&limit=1000';
  expect(calls().toSorted()).toEqual([
    `GET ${base}/count?share_to_me=true`,
    `GET ${base}/detail?${query}&offset=0`,
    `GET ${base}/detail?${query}&offset=1998`,
    `GET ${base}/detail?${query}&offset=999`,
  ]);
});

test('a list does without a count that fails, and does not insist on it', async () => {
  const { client, calls, slept } = await scriptedCloud(pager(25, () => ({ status: 503 })));
  expect(await all(client.sharings.list({}, { pageSize: 10 }))).toHaveLength(25);
  expect(calls().filter((call) => call.includes('/count'))).toHaveLength(1);
  expect(slept).toEqual([]);
});

test('a list may be left in the middle', async () => {
  const { client } = await scriptedCloud(pager(100, () => ({ json: { count: 100 } })));
  const ids: string[] = [];
  for await (const { id } of client.sharings.list({}, { pageSize: 10 })) {
    ids.push(id);
    if (ids.length === 15) break;
  }
  expect(ids).toHaveLength(15);
});
