import type { Seed } from '../../../src/sandbox/vbs/seed.ts';
import type { Client, Cloud, Reply } from './cloud.ts';
import { at, PAYMENTS, smallSeed, startCloud } from './cloud.ts';

export const TRACKED = '/v2/{p}/cloudbackups';
export const NATIVE = '/v3/{p}/backups';
export const SECOND = 1000;
export const BIG_DISK = 'd0000000-0000-4000-8000-000000000004';
export const BROKEN_DISK = 'd0000000-0000-4000-8000-000000000005';
export const USED_DISK = 'd0000000-0000-4000-8000-000000000006';
export const DEDICATED_DISK = 'd0000000-0000-4000-8000-000000000007';
export const IMAGE_BACKUP = 'b0000000-0000-4000-8000-000000000004';
export const SNAPSHOT = '50000000-0000-4000-8000-000000000001';

export interface ChangeCloud extends Cloud {
  client: Client;
  job: (reply: Reply) => Promise<unknown>;
  newest: () => Promise<unknown>;
  backup: (id: string) => Promise<unknown>;
}

/** The small seed with more disks of payments: a big one, one in error, one in use, one of dedicated storage. */
export async function changeCloud(more: Partial<Seed> = {}): Promise<ChangeCloud> {
  const seed = smallSeed();
  const disk = (id: string, name: string, size = 100) => ({ id, name, size, project: 'payments' });
  const cloud = await startCloud({
    seed: {
      ...seed,
      disks: [
        ...(seed.disks ?? []),
        disk(BIG_DISK, 'big', 500),
        { ...disk(BROKEN_DISK, 'broken'), status: 'error' },
        { ...disk(USED_DISK, 'used'), status: 'in-use' },
        { ...disk(DEDICATED_DISK, 'dedicated'), kind: 'DESS' },
      ],
      backups: [
        ...(seed.backups ?? []),
        { id: IMAGE_BACKUP, disk: 'db-2', name: 'image', createdAt: new Date('2026-03-08T02:00:00Z'), isImage: true },
      ],
      ...more,
    },
  });
  const client = await cloud.as('owner', PAYMENTS);
  return {
    ...cloud,
    client,
    job: async (reply) => (await client.get(`/v1/{p}/jobs/${String(at(reply.body, 'job_id'))}`)).body,
    newest: async () => at((await client.get(`${NATIVE}/detail?limit=1`)).body, 'backups', 0),
    backup: async (id) => at((await client.get(`${NATIVE}/${id}`)).body, 'backup'),
  };
}

/** The status and the code of a refusal, in whatever shape it came. */
export function refusal(reply: Reply): [number, unknown] {
  const { body } = reply;
  return [reply.status, at(body, 'error', 'code') ?? at(body, 'error_code') ?? reply.text];
}
