import { describe, expect, test } from 'vitest';
import type { Client } from './cloud.ts';
import {
  ANALYTICS,
  at,
  BACKUP,
  BROKEN_BACKUP,
  FOREIGN_BACKUP,
  OTHER_DISK,
  PAYMENTS,
  START,
  startCloud,
  UNKNOWN,
} from './cloud.ts';

const BACKUPS = '/v3/{p}/backups';
const INTERNAL = 'http://192.168.82.222:8776';

function owner(cloud: Awaited<ReturnType<typeof startCloud>>): Promise<Client> {
  return cloud.as('owner', PAYMENTS);
}

describe('a backup', () => {
  test('is told in detail, its project by the attribute of v3', async () => {
    const reply = await (await owner(await startCloud())).get(`${BACKUPS}/${BROKEN_BACKUP}`);
    const path = `${PAYMENTS}/backups/${BROKEN_BACKUP}`;
    expect([reply.status, reply.body]).toEqual([
      200,
      {
        backup: {
          id: BROKEN_BACKUP,
          name: 'db-2-broken',
          status: 'error',
          size: 40,
          volume_id: OTHER_DISK,
          snapshot_id: expect.any(String),
          availability_zone: 'eu-de-02',
          container: null,
          created_at: '2026-03-09T02:00:00.000000',
          updated_at: '2026-03-09T02:01:00.000000',
          data_timestamp: '2026-03-09T02:00:00.000000',
          description: '{"DESC":"Backup of db-2","INC":1}',
          fail_reason: 'Failed to create the snapshot.',
          object_count: 0,
          has_dependent_backups: false,
          is_incremental: true,
          'os-backup-project-attr:project_id': PAYMENTS,
          links: [
            { rel: 'self', href: `${INTERNAL}/v3/${path}` },
            { rel: 'bookmark', href: `${INTERNAL}/${path}` },
          ],
        },
      },
    ]);
  });

  test('of v2 has its metadata and names its project otherwise', async () => {
    const { body } = await (await owner(await startCloud())).get(`/v2/{p}/backups/${BACKUP}`);
    expect(at(body, 'backup')).toMatchObject({
      'os-bak-tenant-attr:tenant_id': PAYMENTS,
      service_metadata: ' {"bootable":false,"progress":"100","ST":0,"Type":1} ',
    });
    expect(at(body, 'backup', 'os-backup-project-attr:project_id')).toBeUndefined();
  });

  test.each([UNKNOWN, FOREIGN_BACKUP, 'not-an-id', '..%2f..%2fetc', '%20'])(
    'that is not the project’s (%s) is not found',
    async (id) => {
      const reply = await (await owner(await startCloud())).get(`${BACKUPS}/${id}`);
      const message = `Backup ${decodeURIComponent(id)} could not be found.`;
      expect([reply.status, reply.body]).toEqual([404, { itemNotFound: { code: 404, message } }]);
    },
  );

  test('is served in the versions that the cloud has', async () => {
    const client = await owner(await startCloud({ nativeVersions: ['v2'] }));
    expect((await client.get(`/v2/{p}/backups/${BACKUP}`)).status).toBe(200);
    expect((await client.get(`/v3/{p}/backups/${BACKUP}`)).status).toBe(404);
  });
});

describe('delete', () => {
  test('is accepted, then the backup is deleting, then gone', async () => {
    const cloud = await startCloud();
    const client = await owner(cloud);
    expect((await client.delete(`${BACKUPS}/${BACKUP}`)).status).toBe(202);
    expect(at((await client.get(`${BACKUPS}/${BACKUP}`)).body, 'backup', 'status')).toBe('deleting');
    expect((await client.delete(`${BACKUPS}/${BACKUP}`)).status).toBe(400);
    cloud.clock.advance(60_000);
    expect((await client.get(`${BACKUPS}/${BACKUP}`)).status).toBe(404);
  });

  test('is refused while the backup is shared', async () => {
    const cloud = await startCloud();
    cloud.sim.plant({ sharings: [{ backup: BACKUP, to: ANALYTICS, createdAt: START }] });
    const reply = await (await owner(cloud)).delete(`${BACKUPS}/${BACKUP}`);
    expect([reply.status, at(reply.body, 'badRequest', 'message')]).toEqual([400, expect.stringContaining('shared')]);
  });
});
