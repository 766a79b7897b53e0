import { expect, test } from 'vitest';
import type { VbsClient } from '../../src/vbs/client.ts';
import { rejection } from './cloud.ts';
import { ids, region } from './contract/region.ts';

const schedule = { startTimes: ['04:00'], everyDays: 1, keepLast: 7, enabled: true } as const;
const backup = { volumeId: ids.logs, name: 'x' };
const snapshotId = 'f0000000-0000-4000-8000-000000000001';

test.each<[string, string, (client: VbsClient) => Promise<unknown>]>([
  ['a name that starts with auto', 'VolumeBackup.0005', ({ backups }) => backups.create({ ...backup, name: 'auto1' })],
  ['a disk that is none', 'VolumeBackup.0011', ({ backups }) => backups.create({ ...backup, volumeId: 'v-1' })],
  ['a disk that is gone', 'VolumeBackup.0021', ({ backups }) => backups.create({ ...backup, volumeId: ids.unknown })],
  [
    'a second backup of a disk',
    'VolumeBackup.0013',
    async ({ backups }) => {
      await backups.create(backup);
      return await backups.create(backup);
    },
  ],
  ['a disk that is too small', 'VolumeBackup.0209', ({ backups }) => backups.restore(ids.backup, ids.spare)],
  ['a backup that is gone', 'VolumeBackup.0111', ({ backups }) => backups.restore(ids.unknown, ids.logs)],
  [
    'a native name that starts with auto',
    'VolumeBackup.0005',
    ({ backups }) => backups.createNative({ volumeId: ids.logs, snapshotId, name: 'auto1' }),
  ],
  ['a policy’s name without letters', 'AutoBackup.0102', ({ policies }) => policies.create({ name: 'a b', schedule })],
  [
    'a start between the hours',
    'AutoBackup.0103',
    ({ policies }) => policies.create({ name: 'x', schedule: { ...schedule, startTimes: ['04:30'] } }),
  ],
  [
    'too long an interval',
    'AutoBackup.0106',
    ({ policies }) => policies.modify(ids.nightly, { schedule: { everyDays: 15 } }),
  ],
  [
    'too few backups to keep',
    'AutoBackup.0107',
    ({ policies }) => policies.create({ name: 'x', schedule: { ...schedule, keepLast: 1 } }),
  ],
  [
    'a zone that is none',
    'AutoBackup.0226',
    ({ policies }) => policies.create({ name: 'x', schedule, timeZone: 'CET' }),
  ],
  [
    'an eleventh policy',
    'AutoBackup.0203',
    async ({ policies }) => {
      for (let nth = 0; nth < 9; nth++) await policies.create({ name: `policy-${nth}`, schedule });
    },
  ],
  ['a policy that is gone', 'AutoBackup.1100', ({ policies }) => policies.enable(ids.unknown)],
  [
    'an eleventh tag',
    'AutoBackup.0215',
    async ({ policyTags }) => {
      for (let nth = 0; nth < 10; nth++) await policyTags.add(ids.nightly, { key: `key-${nth}`, value: '' });
    },
  ],
  ['a tag that is gone', 'AutoBackup.0216', ({ policyTags }) => policyTags.remove(ids.nightly, 'gone')],
])('%s is refused as %s, with what it means and how to mend it', async (_, code, make) => {
  const { client } = await region();
  expect(await rejection(make(client))).toMatchObject({
    name: 'VbsApiError',
    code,
    effect: 'none',
    explanation: expect.stringMatching(/./),
    remedy: expect.stringMatching(/./),
  });
});

test('a quota that is used up is told as one, in both ways to make a backup', async () => {
  const { sim, client } = await region();
  const disks = Array.from({ length: 18 }, (_, nth) => `d1000000-0000-4000-8000-0000000000${nth + 10}`);
  sim.plant({ disks: disks.map((id, nth) => ({ id, name: `disk-${nth}`, size: 1, project: 'payments' })) });
  for (const volumeId of disks) await client.backups.create({ volumeId, name: 'x' });
  expect(await client.quota.get()).toMatchObject({ backups: { limit: 20 } });
  const native = { volumeId: ids.logs, snapshotId };
  expect(await rejection(client.backups.create(backup))).toMatchObject({
    kind: 'quota-exceeded',
    code: 'VolumeBackup.0080',
  });
  expect(await rejection(client.backups.createNative(native))).toMatchObject({
    kind: 'quota-exceeded',
    status: 413,
    code: 'VolumeBackup.0080',
  });
});

test('a disk leaves the policy that it was in', async () => {
  const { client } = await region();
  expect(await client.policies.associate(ids.weekly, [ids.db])).toMatchObject({ succeeded: [ids.db], failed: [] });
  const counts = (await client.policies.list()).map(({ id, volumeCount }) => [id, volumeCount]);
  expect(counts).toEqual([
    [ids.nightly, 0],
    [ids.weekly, 1],
  ]);
});

test('enabling keeps all else of a policy as it was', async () => {
  const { client } = await region();
  const before = await client.policies.list();
  await client.policies.enable(ids.weekly);
  await client.policies.disable(ids.nightly);
  expect(await client.policies.list()).toEqual(
    before.map((policy) => ({ ...policy, enabled: policy.id === ids.weekly })),
  );
});
