import { expect, test } from 'vitest';
import type { VbsClient } from '../../src/vbs/client.ts';
import { VbsInputError } from '../../src/vbs/errors.ts';
import type { NativeApiVersion } from '../../src/vbs/options.ts';
import { projectId, rejection, scriptedCloud } from './cloud.ts';

const requestId = 'req-1';

/** Makes a call of a cloud that answers this; tells what was sent and what came of it. */
async function exchanged(
  make: (client: VbsClient) => Promise<unknown>,
  answer: { status?: number; json?: unknown },
  version: NativeApiVersion = 'v3',
): Promise<{ sent: string | undefined; body: unknown; value: unknown }> {
  const { client, calls, server } = await scriptedCloud(() => ({ ...answer, headers: { 'X-Request-Id': requestId } }), {
    options: { nativeApiVersion: version },
  });
  const value = await make(client);
  const body = server.requests.at(-1)?.body;
  return { sent: calls()[0], body: body ? JSON.parse(body) : undefined, value };
}

test('a backup is created with all that it may have, and followed by its job', async () => {
  const backup = {
    volumeId: 'v-1',
    name: 'by-hand',
    description: 'before the release',
    snapshotId: 'sn-1',
    tags: [{ key: 'team', value: 'billing' }],
    full: true,
  };
  expect(await exchanged((client) => client.backups.create(backup), { json: { job_id: 'j-1' } })).toEqual({
    sent: `POST /v2/${projectId}/cloudbackups`,
    body: {
      backup: {
        volume_id: 'v-1',
        name: 'by-hand',
        description: 'before the release',
        snapshot_id: 'sn-1',
        tags: [{ key: 'team', value: 'billing' }],
        extend_param: { FullBackup: 'true' },
      },
    },
    value: { requestId, jobId: 'j-1' },
  });
});

test('what is not given is not sent', async () => {
  const create = (client: VbsClient) => client.backups.create({ volumeId: 'v-1', name: 'x' });
  const createNative = (client: VbsClient) => client.backups.createNative({ volumeId: 'v-1' });
  expect((await exchanged(create, { json: { job_id: 'j-1' } })).body).toEqual({
    backup: { volume_id: 'v-1', name: 'x' },
  });
  expect((await exchanged(createNative, { status: 202, json: { backup: { id: 'b-1' } } })).body).toEqual({
    backup: { volume_id: 'v-1' },
  });
});

test('an incremental backup is asked for as such', async () => {
  const create = (client: VbsClient) => client.backups.create({ volumeId: 'v-1', name: 'x', full: false });
  expect((await exchanged(create, { json: { job_id: 'j-1' } })).body).toMatchObject({
    backup: { extend_param: { FullBackup: 'false' } },
  });
});

test.each(['v2', 'v3'] as const)('the native calls follow the setting: %s', async (version) => {
  const native = `/${version}/${projectId}/backups`;
  const backup = { volumeId: 'v-1', snapshotId: 'sn-1', name: 'x', incremental: true, force: false };
  expect(
    await exchanged((client) => client.backups.createNative(backup), { json: { backup: { id: 'b-1' } } }, version),
  ).toEqual({
    sent: `POST ${native}`,
    body: { backup: { volume_id: 'v-1', snapshot_id: 'sn-1', name: 'x', incremental: true, force: false } },
    value: { requestId, backupId: 'b-1' },
  });
  expect(await exchanged((client) => client.backups.delete('b-1'), { status: 202 }, version)).toEqual({
    sent: `DELETE ${native}/b-1`,
    body: undefined,
    value: { requestId },
  });
  const answer = { status: 202, json: { restore: { backup_id: 'b-1', volume_id: 'v-1', volume_name: 'db' } } };
  expect(await exchanged((client) => client.backups.restoreNative('b-1', 'v-1'), answer, version)).toEqual({
    sent: `POST ${native}/b-1/restore`,
    body: { restore: { volume_id: 'v-1' } },
    value: { requestId, volumeName: 'db' },
  });
});

test('a native restore that answers nothing is begun all the same', async () => {
  const restore = (client: VbsClient) => client.backups.restoreNative('b-1', 'v-1');
  expect((await exchanged(restore, { status: 202 })).value).toEqual({ requestId, volumeName: undefined });
});

test('a restore is followed by its job', async () => {
  const restore = (client: VbsClient) => client.backups.restore('b-1', 'v-1');
  expect(await exchanged(restore, { json: { job_id: 'j-1' } })).toEqual({
    sent: `POST /v2/${projectId}/cloudbackups/b-1/restore`,
    body: { restore: { volume_id: 'v-1' } },
    value: { requestId, jobId: 'j-1' },
  });
});

test('the deprecated way to delete is used only with the deprecated version', async () => {
  const { client, server } = await scriptedCloud(() => ({ json: { job_id: 'j-1' } }));
  const error = await rejection(client.backups.deleteTracked('b-1'));
  expect(error).toBeInstanceOf(VbsInputError);
  expect(error).toMatchObject({
    effect: 'none',
    argument: 'nativeApiVersion',
    message: expect.stringContaining('is not v2, and this call is deprecated: use delete'),
  });
  expect(server.requests).toEqual([]);
  expect(await exchanged((v2) => v2.backups.deleteTracked('b-1'), { json: { job_id: 'j-1' } }, 'v2')).toEqual({
    sent: `POST /v2/${projectId}/cloudbackups/b-1`,
    body: undefined,
    value: { requestId, jobId: 'j-1' },
  });
});

test.each<[string, string, (client: VbsClient) => Promise<unknown>]>([
  ['restore', 'volume_id', (client) => client.backups.restore('b-1', ' ')],
  // Without a disk the native API would make a new one.
  ['native restore', 'volume_id', (client) => client.backups.restoreNative('b-1', '')],
  ['backup', 'volume_id', (client) => client.backups.create({ volumeId: '', name: 'x' })],
  ['native backup', 'volume_id', (client) => client.backups.createNative({ volumeId: '' })],
  ['sharing', 'to_project_ids', (client) => client.sharings.share('b-1', [])],
  ['sharing with nobody', 'to_project_ids', (client) => client.sharings.share('b-1', ['p-2', ''])],
  ['association', 'volume_ids', (client) => client.policies.associate('p-1', [])],
  ['association with no policy', 'policy_id', (client) => client.policies.associate('', ['v-1'])],
  ['disassociation', 'volume_ids', (client) => client.policies.disassociate('p-1', [''])],
  ['change of no tags', 'tags', (client) => client.policyTags.change('p-1', { action: 'delete', tags: [] })],
])('a %s without its ids is not sent', async (_, argument, make) => {
  const { client, server } = await scriptedCloud(() => ({ json: {} }));
  const error = await rejection(make(client));
  expect(error).toBeInstanceOf(VbsInputError);
  expect(error).toMatchObject({ argument, effect: 'none' });
  expect(server.requests).toEqual([]);
});

test('the quota is read, whatever blanks its names hold; a part without limit or not told is undefined', async () => {
  const answers = [
    [
      { type: 'backups', used: 114, reserved: 3, quota: 5014 },
      { type: 'backup_ gigabytes', used: 4838, reserved: null, quota: -1 },
    ],
    [],
    [
      { type: 'backups', used: null, reserved: 0, quota: 5014 },
      { type: 'backup_gigabytes', used: 0, reserved: 0, quota: null },
      { type: 'backup_hours', used: null, quota: null },
    ],
  ];
  const { client, calls } = await scriptedCloud((_, nth) => ({ json: { quotas: { resources: answers[nth - 1] } } }));
  expect(await client.quota.get()).toEqual({
    backups: { used: 114, reserved: 3, limit: 5014 },
    gigabytes: { used: 4838, reserved: 0, limit: undefined },
  });
  for (const _ of answers.slice(1))
    expect(await client.quota.get()).toEqual({ backups: undefined, gigabytes: undefined });
  expect(calls()[0]).toBe(`GET /v2/${projectId}/cloudbackups/quota`);
});

test('backups are counted by the server that can', async () => {
  const { client, server } = await scriptedCloud(() => ({ json: { backups: [], count: 7 } }));
  expect(await client.backups.count({ status: 'error' })).toBe(7);
  const request = server.requests.at(-1);
  expect(request?.query.toString()).toBe('status=error&limit=1&with_count=True');
  expect(request?.headers['openstack-api-version']).toBe('volume 3.45');
});

test('v2 knows no fuzzy filters, and is not asked for them', async () => {
  const { client, calls } = await scriptedCloud(() => ({ json: { backups: [{ id: 'b-1', name: 'nightly' }] } }), {
    options: { nativeApiVersion: 'v2' },
  });
  const read: unknown[] = [];
  for await (const backup of client.backups.summaries({ nameContains: 'weekly' })) read.push(backup);
  expect([read, calls()]).toEqual([[], [`GET /v2/${projectId}/backups?limit=1000`]]);
});
