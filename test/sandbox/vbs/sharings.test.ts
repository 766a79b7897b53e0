import { describe, expect, test } from 'vitest';
import type { Client } from './cloud.ts';
import {
  ANALYTICS,
  at,
  BACKUP,
  BROKEN_BACKUP,
  DISK,
  each,
  FOREIGN_BACKUP,
  PAYMENTS,
  PLATFORM,
  START,
  sendRaw,
  startCloud,
  UNKNOWN,
} from './cloud.ts';

const SHARINGS = '/v2/{p}/os-vendor-backup-sharing';

function share(who: Client, backupId: string, ...targets: string[]) {
  return who.post(SHARINGS, { shared: { backup_id: backupId, to_project_ids: targets } });
}

async function sharedCloud() {
  const cloud = await startCloud();
  const owner = await cloud.as('owner', PAYMENTS);
  const guest = await cloud.as('guest', ANALYTICS);
  const reply = await share(owner, BACKUP, ANALYTICS);
  return { ...cloud, owner, guest, sharingId: String(at(reply.body, 'shared', 0, 'id')) };
}

describe('share', () => {
  test('makes one sharing for each target and leaves the times open', async () => {
    const { as } = await startCloud();
    const reply = await share(await as('owner', PAYMENTS), BACKUP, ANALYTICS, PLATFORM);
    const common = { backup_id: BACKUP, from_project_id: PAYMENTS, id: expect.stringMatching(/^[0-9a-f-]{36}$/) };
    const open = { created_at: null, updated_at: null, deleted: null, deleted_at: null };
    expect([reply.status, reply.body]).toEqual([
      200,
      {
        shared: [
          { ...common, ...open, to_project_id: ANALYTICS },
          { ...common, ...open, to_project_id: PLATFORM },
        ],
      },
    ]);
  });

  test('is not idempotent: a second call makes a second sharing', async () => {
    const { owner } = await sharedCloud();
    await share(owner, BACKUP, ANALYTICS);
    const { body } = await owner.get(`${SHARINGS}/detail?backup_id=${BACKUP}`);
    expect(each(body, 'shared', 'to_project_id')).toEqual([ANALYTICS, ANALYTICS]);
    expect(new Set(each(body, 'shared', 'id')).size).toBe(2);
  });

  test.each([
    ['an unknown backup', UNKNOWN, [ANALYTICS], 404, 'VolumeBackup.0110'],
    ['another project’s backup', FOREIGN_BACKUP, [PLATFORM], 404, 'VolumeBackup.0110'],
    ['a backup in error', BROKEN_BACKUP, [ANALYTICS], 400, 'VolumeBackup.0064'],
    ['no backup', '', [ANALYTICS], 400, 'VolumeBackup.0203'],
    ['a backup id that is none', '../backups', [ANALYTICS], 400, 'VolumeBackup.0204'],
    ['no target', BACKUP, [], 400, 'VolumeBackup.0002'],
    ['a target id that is none', BACKUP, ['analytics'], 400, 'VolumeBackup.0002'],
    ['a target that is not', BACKUP, ['f'.repeat(32)], 400, 'VolumeBackup.0002'],
    ['the project itself as target', BACKUP, [PAYMENTS], 400, 'VolumeBackup.0002'],
    ['one good and one bad target', BACKUP, [ANALYTICS, 'x'], 400, 'VolumeBackup.0002'],
  ])('refuses %s and shares nothing', async (_, backupId, targets, status, code) => {
    const { as } = await startCloud();
    const owner = await as('owner', PAYMENTS);
    const reply = await share(owner, backupId, ...targets);
    expect([reply.status, reply.body]).toEqual([status, { error: { code, message: expect.any(String) } }]);
    expect((await owner.get(`${SHARINGS}/count`)).body).toEqual({ count: 0 });
  });

  test.each(['creating', 'restoring', 'deleting', 'error_restoring'] as const)(
    'refuses a backup that is %s',
    async (status) => {
      const { sim, as } = await startCloud();
      sim.plant({ backups: [{ id: UNKNOWN, disk: 'db-1', status, createdAt: START }] });
      const reply = await share(await as('owner', PAYMENTS), UNKNOWN, ANALYTICS);
      expect([reply.status, at(reply.body, 'error', 'code')]).toEqual([400, 'VolumeBackup.0089']);
    },
  );

  test.each([
    ['no JSON', 'share it', 'the body is not JSON'],
    ['nothing', '', 'the body is not JSON'],
    ['no object', 'null', 'there is nothing to share'],
    ['another thing', '{"share": {}}', 'shared'],
    [
      'the targets as a text',
      JSON.stringify({ shared: { backup_id: BACKUP, to_project_ids: ANALYTICS } }),
      'shared.to_project_ids',
    ],
  ])('refuses a body that is %s', async (_, body, what) => {
    const { sim, as } = await startCloud();
    const { token } = await as('owner', PAYMENTS);
    const path = SHARINGS.replace('{p}', PAYMENTS);
    const reply = await sendRaw(sim, path, { method: 'POST', body, headers: { 'X-Auth-Token': token } });
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      error: { code: 'VolumeBackup.0002', message: `The request format is incorrect: ${what}.` },
    });
  });
});

describe('a sharing', () => {
  test('is seen whole by both sides, each by its own question', async () => {
    const { owner, guest, sharingId } = await sharedCloud();
    const expected = {
      id: sharingId,
      backup_id: BACKUP,
      from_project_id: PAYMENTS,
      to_project_id: ANALYTICS,
      created_at: '2026-03-10T12:00:00.000000',
      updated_at: null,
      backup: {
        id: BACKUP,
        name: 'db-nightly-0310',
        status: 'available',
        size: 100,
        volume_id: DISK,
        snapshot_id: expect.any(String),
        availability_zone: 'eu-de-01',
        container: null,
        created_at: '2026-03-10T02:00:00.000000',
        updated_at: '2026-03-10T02:01:00.000000',
        data_timestamp: '2026-03-10T02:00:00.000000',
        description: '{"DESC":"Backup of db-1","INC":1}',
        fail_reason: null,
        object_count: 0,
        has_dependent_backups: null,
        is_incremental: null,
        service_metadata: expect.any(String),
      },
    };
    const lists = [
      await owner.get(`${SHARINGS}/detail`),
      await guest.get(`${SHARINGS}/detail?share_to_me=true`),
      await owner.get(`${SHARINGS}/detail?share_to_me=true`),
      await guest.get(`${SHARINGS}/detail?share_to_me=false`),
    ];
    expect(lists.map(({ body }) => at(body, 'shared'))).toEqual([[expected], [expected], [], []]);
    const single = [await owner.get(`${SHARINGS}/${sharingId}`), await guest.get(`${SHARINGS}/${sharingId}`)];
    expect(single.map(({ status, body }) => [status, body])).toEqual(Array(2).fill([200, { shared: expected }]));
  });

  test('is unknown to a third project, and so is one that never was', async () => {
    const { as, owner, sharingId } = await sharedCloud();
    const third = await as('guest', PLATFORM);
    const replies = [
      await third.get(`${SHARINGS}/${sharingId}`),
      await third.delete(`${SHARINGS}/${sharingId}`),
      await owner.get(`${SHARINGS}/${UNKNOWN}`),
      await owner.delete(`${SHARINGS}/${UNKNOWN}`),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await owner.get(`${SHARINGS}/count`)).body).toEqual({ count: 1 });
  });

  test.each(['not-an-id', '..%2fbackups', '%20', 'detail%00'])('with the id %s is a malformed request', async (id) => {
    const { owner } = await sharedCloud();
    expect((await owner.get(`${SHARINGS}/${id}`)).status).toBe(400);
  });

  test('goes with its backup', async () => {
    const { owner, sim } = await sharedCloud();
    sim.world.removeBackup(BACKUP);
    expect((await owner.get(`${SHARINGS}/count`)).body).toEqual({ count: 0 });
  });
});

describe('cancel', () => {
  test('ends one sharing, without a body, for both sides', async () => {
    const { owner, guest, sharingId } = await sharedCloud();
    await share(owner, BACKUP, PLATFORM);
    const reply = await owner.delete(`${SHARINGS}/${sharingId}`);
    expect([reply.status, reply.text]).toEqual([200, '']);
    expect(each((await owner.get(`${SHARINGS}/detail`)).body, 'shared', 'to_project_id')).toEqual([PLATFORM]);
    expect((await guest.get(`${SHARINGS}/${sharingId}`)).status).toBe(404);
    expect((await owner.delete(`${SHARINGS}/${sharingId}`)).status).toBe(404);
  });

  test('ends all sharings of a backup, and no other’s', async () => {
    const { owner, sim } = await sharedCloud();
    sim.plant({
      backups: [{ id: UNKNOWN, disk: 'db-1', name: 'kept', createdAt: START }],
      sharings: [{ backup: 'kept', to: 'analytics', createdAt: START }],
    });
    await share(owner, BACKUP, PLATFORM);
    const reply = await owner.delete(`${SHARINGS}/${BACKUP}?is_backup_id=true`);
    expect([reply.status, reply.text]).toEqual([200, '']);
    expect(each((await owner.get(`${SHARINGS}/detail`)).body, 'shared', 'backup_id')).toEqual([UNKNOWN]);
  });

  test('is for the project that shares alone', async () => {
    const { guest, owner, sharingId } = await sharedCloud();
    const replies = [
      await guest.delete(`${SHARINGS}/${sharingId}`),
      await guest.delete(`${SHARINGS}/${BACKUP}?is_backup_id=true`),
    ];
    expect(replies.map(({ status, body }) => [status, at(body, 'error', 'code')])).toEqual([
      [403, 'VolumeBackup.0042'],
      [403, 'VolumeBackup.0042'],
    ]);
    expect((await owner.get(`${SHARINGS}/count`)).body).toEqual({ count: 1 });
  });

  test('takes an id for a sharing’s unless told that it is a backup’s', async () => {
    const { owner, sharingId } = await sharedCloud();
    const replies = [
      await owner.delete(`${SHARINGS}/${BACKUP}`),
      await owner.delete(`${SHARINGS}/${sharingId}?is_backup_id=true`),
      await owner.delete(`${SHARINGS}/${sharingId}?is_backup_id=maybe`),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 400]);
  });
});
