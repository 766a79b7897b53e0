import { onTestFinished } from 'vitest';
import { createSimClock } from '../../../src/sandbox/vbs/clock.ts';
import type { Seed } from '../../../src/sandbox/vbs/seed.ts';
import { createVbsSimulator, type VbsSimulator } from '../../../src/sandbox/vbs/simulator.ts';
import { createVbsClient, type VbsClient } from '../../../src/vbs/client.ts';
import { type OperationId, operations } from '../../../src/vbs/operations.ts';
import type { NativeApiVersion, VbsClientOptions } from '../../../src/vbs/options.ts';

export const start = new Date('2026-03-10T12:00:00Z');
export const ids = {
  payments: '1'.repeat(32),
  analytics: '2'.repeat(32),
  /** 40 GiB, in the policy `nightly`. */
  db: 'd0000000-0000-4000-8000-000000000001',
  /** 100 GiB, in no policy. */
  logs: 'd0000000-0000-4000-8000-000000000002',
  /** 10 GiB. */
  spare: 'd0000000-0000-4000-8000-000000000003',
  /** Of `db`. */
  backup: 'b0000000-0000-4000-8000-000000000001',
  /** Of `db`, shared with analytics. */
  shared: 'b0000000-0000-4000-8000-000000000002',
  sharing: 'a0000000-0000-4000-8000-000000000001',
  nightly: 'c0000000-0000-4000-8000-000000000001',
  weekly: 'c0000000-0000-4000-8000-000000000002',
  unknown: 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee',
} as const;

const keyPair = { accessKey: 'QTWAOYTTINDUT2QVKYUC', secretKey: 'the secret of the key' };
const temporaryPair = {
  accessKey: 'TEMPORARYKEYVKYUC',
  secretKey: 'the secret of the temporary key',
  securityToken: 'the-token-of-the-temporary-key',
};
export const key = { kind: 'accessKey', ...keyPair } as const;
export const temporaryKey = { kind: 'accessKey', ...temporaryPair } as const;

const seed: Seed = {
  projects: [
    { id: ids.payments, name: 'payments', quotas: { backups: 20, gigabytes: 500 } },
    { id: ids.analytics, name: 'analytics' },
  ],
  users: [
    {
      name: 'owner',
      password: 'pw-owner',
      roles: { payments: 'admin' },
      accessKeys: [keyPair, temporaryPair],
    },
  ],
  disks: [
    { id: ids.db, name: 'db', size: 40, project: 'payments' },
    { id: ids.logs, name: 'logs', size: 100, project: 'payments' },
    { id: ids.spare, name: 'spare', size: 10, project: 'payments' },
  ],
  policies: [
    {
      id: ids.nightly,
      name: 'nightly',
      project: 'payments',
      startTimes: ['02:00'],
      frequency: 1,
      retentionNum: 9,
      disks: ['db'],
      tags: [{ key: 'env', value: 'prod' }],
    },
    {
      id: ids.weekly,
      name: 'weekly',
      project: 'payments',
      startTimes: ['20:00', '04:00'],
      weekdays: ['SUN', 'WED'],
      retentionDays: 30,
      status: 'OFF',
      timeZone: 'UTC+08:00',
      tags: [{ key: 'env', value: 'test' }],
    },
  ],
  backups: [
    { id: ids.backup, disk: 'db', name: 'before-release', createdAt: start, incremental: false },
    { id: ids.shared, disk: 'db', name: 'after-release', createdAt: start },
  ],
  sharings: [{ id: ids.sharing, backup: ids.shared, to: 'analytics', createdAt: start }],
};

export interface Region {
  readonly sim: VbsSimulator;
  readonly client: VbsClient;
}

/** The rows of the reference that succeeded here, as `METHOD path status`, and the operations that made them. */
export const reached = new Set<string>();

/** A cloud of its own with a client of the project payments, whose clock stands still; what succeeds is counted. */
export async function region(
  version: NativeApiVersion = 'v3',
  options: Partial<VbsClientOptions> = {},
  at = start,
): Promise<Region> {
  const clock = createSimClock({ start: at, speed: 0 });
  const sim = await createVbsSimulator({ clock, seed });
  const client = createVbsClient({
    project: { id: ids.payments, name: 'payments' },
    endpoints: { iam: sim.iamUrl, vbs: sim.vbsUrl, blockStorage: sim.blockStorageUrl },
    credentials: { kind: 'password', user: 'owner', password: 'pw-owner', domain: 'Default' },
    nativeApiVersion: version,
    now: () => clock.now(),
    sleep: async () => {},
    onExchange({ operation, method, route, status }) {
      reached.add(`${operation} ${method} ${route.replace('{native}', version)} ${status}`);
    },
    ...options,
  });
  onTestFinished(async () => {
    await client.close();
    await sim.close();
  });
  return { sim, client };
}

export function isOperation(name: string): name is OperationId {
  return Object.hasOwn(operations, name);
}
