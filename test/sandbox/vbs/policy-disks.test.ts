import { expect, test } from 'vitest';
import { BIG_DISK, BROKEN_DISK, changeCloud, DEDICATED_DISK, refusal } from './changing-backups.ts';
import { ANALYTICS, at, DISK, each, FOREIGN_DISK, OTHER_DISK, PAYMENTS, POLICY, UNKNOWN } from './cloud.ts';
import { POLICIES } from './policy-cloud.ts';

const RESOURCES = '/v2/{p}/backuppolicyresources';
const REMOVED = `${RESOURCES}/${POLICY}/deleted_resources`;
const SECOND_POLICY = 'a0000000-0000-4000-8000-000000000002';

async function diskCloud() {
  const cloud = await changeCloud();
  cloud.sim.plant({
    policies: [{ id: SECOND_POLICY, name: 'weekly', project: 'payments', startTimes: ['03:00'], weekdays: ['SUN'] }],
  });
  const counts = async () => each((await cloud.client.get(POLICIES)).body, 'backup_policies', 'policy_resource_count');
  const put = (resources: unknown, policy: unknown = SECOND_POLICY) =>
    cloud.client.post(RESOURCES, { backup_policy_id: policy, resources });
  return { ...cloud, counts, put };
}

const volume = (id: string) => ({ resource_id: id, resource_type: 'volume' });

test('a disk that is put under a policy leaves the one that it was under', async () => {
  const { counts, put } = await diskCloud();
  const reply = await put([volume(DISK), volume(BIG_DISK), volume(DISK)]);
  const success = (id: string) => ({
    ...volume(id),
    availability_zone: 'eu-de-01',
    os_vol_host_attr: 'pod01.eu-de-01',
  });
  expect([reply.status, reply.body]).toEqual([
    200,
    { success_resources: [success(DISK), success(BIG_DISK), success(DISK)], fail_resources: [] },
  ]);
  expect(await counts()).toEqual([1, 2]);
});

test('disks fail one by one in an answer of success', async () => {
  const { counts, put, sim } = await diskCloud();
  const hana = 'd0000000-0000-4000-8000-000000000008';
  sim.plant({ disks: [{ id: hana, name: 'hana', size: 1, project: 'payments', kind: 'HANA' }] });
  const reply = await put([
    volume(OTHER_DISK),
    volume(''),
    { resource_id: DISK, resource_type: 'server' },
    volume(UNKNOWN),
    volume(FOREIGN_DISK),
    volume('../x'),
    volume(hana),
    volume(DEDICATED_DISK),
    volume(BROKEN_DISK),
  ]);
  expect(reply.status).toBe(200);
  expect(each(reply.body, 'success_resources', 'resource_id')).toEqual([OTHER_DISK]);
  expect(at(reply.body, 'fail_resources', 2)).toEqual({
    ...volume(UNKNOWN),
    availability_zone: null,
    os_vol_host_attr: null,
    code: 'AutoBackup.1400',
    message: 'The resource to be associated is invalid.',
  });
  expect(each(reply.body, 'fail_resources', 'code')).toEqual(
    ['0209', '0211', '1400', '1400', '1400', '0210', '0220', '0206'].map((code) => `AutoBackup.${code}`),
  );
  expect(await counts()).toEqual([1, 1]);
});

test('a policy takes 64 disks and no more', async () => {
  const { counts, put, sim } = await diskCloud();
  sim.plant({ disks: Array.from({ length: 65 }, (_, n) => ({ name: `many-${n}`, size: 1, project: 'payments' })) });
  const ids = [...sim.world.disks.all()].filter((disk) => disk.name.startsWith('many-')).map((disk) => disk.id);
  const reply = await put(ids.map(volume));
  expect(each(reply.body, 'fail_resources', 'code')).toEqual(['AutoBackup.0204']);
  expect(await counts()).toEqual([2, 64]);
});

test.each([
  ['no disks', POLICY, [], 400, '0207'],
  ['disks that are no list', POLICY, 'x', 400, '0207'],
  ['a disk that is no object', POLICY, ['x'], 400, '0008'],
  ['an empty policy', '', [volume(DISK)], 400, '0006'],
  ['a policy that is no id', '../x', [volume(DISK)], 400, '0006'],
  ['a policy that is gone', UNKNOWN, [volume(DISK)], 404, '0205'],
])('putting under a policy is refused with %s', async (_, policy, resources, status, code) => {
  const { put } = await diskCloud();
  expect(refusal(await put(resources, policy))).toEqual([status, `AutoBackup.${code}`]);
});

test('disks are taken from a policy, and those that it does not have fail', async () => {
  const { client, counts } = await diskCloud();
  const resources = [{ resource_id: DISK }, { resource_id: BIG_DISK }];
  const reply = await client.post(REMOVED, { resources });
  expect([reply.status, reply.body]).toEqual([
    200,
    {
      success_resources: [{ resource_id: DISK }],
      fail_resources: [{ resource_id: BIG_DISK, code: 'AutoBackup.1400', message: expect.any(String) }],
    },
  ]);
  expect(await counts()).toEqual([1, 0]);
});

test('taking from a policy is refused for nothing, for another’s policy and for a reader', async () => {
  const { as, client } = await diskCloud();
  const resources = [{ resource_id: DISK }];
  expect(refusal(await client.post(REMOVED, { resources: [] }))).toEqual([400, 'AutoBackup.0207']);
  const guest = await as('guest', ANALYTICS);
  expect(refusal(await guest.post(REMOVED, { resources }))).toEqual([404, 'AutoBackup.1100']);
  const reader = await as('reader', PAYMENTS);
  expect(refusal(await reader.post(REMOVED, { resources }))).toEqual([403, 'AutoBackup.0213']);
});
