import { expect, test } from 'vitest';
import { projectId, rejection, scriptedCloud, wireBackup } from './cloud.ts';

test('a backup is read in full', async () => {
  const { client, calls } = await scriptedCloud(() => ({
    json: {
      backup: {
        id: 'b-1',
        name: 'nightly',
        status: 'error',
        size: 1,
        volume_id: 'v-1',
        snapshot_id: 'sn-1',
        availability_zone: 'AZ1',
        container: 'volumebackups',
        created_at: '2013-06-27T08:48:03.000000',
        updated_at: '2019-03-27T12:36:17.596602',
        data_timestamp: '2019-03-16T11:56:00.917245',
        description: 'by hand',
        fail_reason: 'Connection to swift failed',
        object_count: 22,
        has_dependent_backups: false,
        is_incremental: true,
        'os-backup-project-attr:project_id': projectId,
        links: [{ rel: 'self', href: 'http://192.168.82.222:8776/v2/x/backups/b-1' }],
      },
    },
  }));
  expect(await client.backups.get('b-1')).toEqual({
    id: 'b-1',
    name: 'nightly',
    status: 'error',
    sizeGib: 1,
    volumeId: 'v-1',
    snapshotId: 'sn-1',
    availabilityZone: 'AZ1',
    container: 'volumebackups',
    createdAt: new Date('2013-06-27T08:48:03.000Z'),
    updatedAt: new Date('2019-03-27T12:36:17.596Z'),
    dataTimestamp: new Date('2019-03-16T11:56:00.917Z'),
    description: 'by hand',
    failReason: 'Connection to swift failed',
    objectCount: 22,
    hasDependentBackups: false,
    isIncremental: true,
    projectId,
  });
  expect(calls()).toEqual([`GET /v3/${projectId}/backups/b-1`]);
});

test.each([
  ['free text', 'before the release', 'before the release'],
  ['packed text', '{"DESC": "before the release", "INC": 1, "ST": 3}', 'before the release'],
  ['packed text with blanks around it', ' {"DESC": "before the release", "INC": 1} ', 'before the release'],
  ['packed text that is empty', '{"DESC": "", "INC": 1}', undefined],
  ['packed text that is not there', '{"DESC": null, "INC": 1}', undefined],
  ['other JSON', '{"INC": 1}', '{"INC": 1}'],
  ['what only looks like JSON', '{release} 7', '{release} 7'],
  ['nothing', null, undefined],
  ['an empty text', '', undefined],
])('the description is shown as a person wrote it: %s', async (_, description, expected) => {
  const { client } = await scriptedCloud(() => ({ json: { backup: wireBackup('b-1', { description }) } }));
  expect((await client.backups.get('b-1')).description).toBe(expected);
});

test('how many backups there are is unknown where the server is too old to count, and told where it refuses', async () => {
  const text = 'Version 3.45 is not supported by the API. Minimum is 3.0 and maximum is 3.27.';
  const { client } = await scriptedCloud((_, nth) =>
    nth === 1
      ? { status: 406, json: { computeFault: { code: 406, message: text } } }
      : { status: 403, json: { forbidden: { code: 403, message: 'No.' } } },
  );
  expect(await client.backups.count()).toBeUndefined();
  expect(await rejection(client.backups.count())).toMatchObject({ kind: 'forbidden' });
});

test('the project is read under its older name too, and may be missing', async () => {
  const owners = [{ 'os-backup-project-attr:tenant_id': 'p-1' }, {}];
  const { client } = await scriptedCloud((_, nth) => ({ json: { backup: wireBackup('b-1', owners[nth - 1]) } }));
  expect([(await client.backups.get('b-1')).projectId, (await client.backups.get('b-1')).projectId]).toEqual([
    'p-1',
    undefined,
  ]);
});

test('a status that is not known is passed on as it is', async () => {
  const { client } = await scriptedCloud(() => ({ json: { backup: wireBackup('b-1', { status: 'queued' }) } }));
  expect((await client.backups.get('b-1')).status).toBe('queued');
});
