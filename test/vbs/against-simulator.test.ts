import { expect, onTestFinished, test } from 'vitest';
import { createSimClock } from '../../src/sandbox/vbs/clock.ts';
import type { Seed } from '../../src/sandbox/vbs/seed.ts';
import { createVbsSimulator, type VbsSimulator, type VbsSimulatorOptions } from '../../src/sandbox/vbs/simulator.ts';
import { createVbsClient, type VbsClient } from '../../src/vbs/client.ts';
import type { VbsClientOptions } from '../../src/vbs/options.ts';
import { all, rejection } from './cloud.ts';

const start = new Date('2026-03-10T12:00:00Z');
const payments = '1'.repeat(32);
const analytics = '2'.repeat(32);
const unknown = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';

const seed: Seed = {
  projects: [
    { id: payments, name: 'payments' },
    { id: analytics, name: 'analytics' },
  ],
  users: [
    { name: 'owner', password: 'pw-owner', roles: { payments: 'admin' } },
    { name: 'guest', password: 'pw-guest', roles: { analytics: 'admin' } },
    { name: 'reader', password: 'pw-reader', roles: { payments: 'reader' } },
  ],
  disks: [
    { name: 'db', size: 40, project: 'payments' },
    { name: 'logs', size: 100, project: 'payments' },
  ],
  backups: [{ disk: 'db', count: 250, newest: start, everyHours: 1 }],
  policies: [
    {
      name: 'nightly',
      project: 'payments',
      startTimes: ['02:00'],
      frequency: 1,
      retentionNum: 9,
      disks: ['db', 'logs'],
    },
  ],
};

interface Region {
  readonly sim: VbsSimulator;
  /** A client of a project; the simulator's clock is its own. */
  readonly clientOf: (
    user: 'owner' | 'guest' | 'reader',
    projectId: string,
    options?: Partial<VbsClientOptions>,
  ) => VbsClient;
}

async function region(options: VbsSimulatorOptions = {}): Promise<Region> {
  const clock = createSimClock({ start, speed: 0 });
  const sim = await createVbsSimulator({ clock, seed, ...options });
  const clients: VbsClient[] = [];
  onTestFinished(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await sim.close();
  });
  return {
    sim,
    clientOf(user, projectId, more) {
      const client = createVbsClient({
        project: { id: projectId, name: user },
        endpoints: { iam: sim.iamUrl, vbs: sim.vbsUrl, blockStorage: sim.blockStorageUrl },
        credentials: { kind: 'password', user, password: `pw-${user}`, domain: 'Default' },
        now: () => clock.now(),
        sleep: async () => {},
        ...more,
      });
      clients.push(client);
      return client;
    },
  };
}

async function newestBackup(client: VbsClient): Promise<string> {
  for await (const backup of client.backups.list()) return backup.id;
  throw new Error('there is no backup');
}

test('a backup is shared, seen from both sides, and taken back', async () => {
  const { clientOf } = await region();
  const [owner, guest] = [clientOf('owner', payments), clientOf('guest', analytics)];
  const backupId = await newestBackup(owner);
  const { value, requestId } = await owner.sharings.share(backupId, [analytics]);
  expect(requestId).toMatch(/./);
  expect(value).toMatchObject([{ backupId, fromProjectId: payments, toProjectId: analytics }]);

  const [out] = await all(owner.sharings.list({ backupId }));
  const [seen] = await all(guest.sharings.list({ direction: 'in' }));
  expect(out).toMatchObject({ id: value[0]?.id, backup: { id: backupId, status: 'available', sizeGib: 40 } });
  expect(seen?.id).toBe(out?.id);
  expect(await owner.sharings.get(out?.id ?? '')).toEqual(out);
  expect([await owner.sharings.count({ backupId }), await guest.sharings.count({ direction: 'in' })]).toEqual([1, 1]);

  await owner.sharings.cancel(out?.id ?? '');
  expect(await owner.sharings.count({ backupId })).toBe(0);
  await owner.sharings.share(backupId, [analytics]);
  await owner.sharings.cancelAll(backupId);
  expect(await all(guest.sharings.list({ direction: 'in' }))).toEqual([]);
});

test('a share whose answer was lost may have been done, one that never arrived looks the same, and the list tells', async () => {
  for (const [kind, done] of [
    ['cut_after', 1],
    ['cut_before', 0],
  ] as const) {
    const { sim, clientOf } = await region();
    const owner = clientOf('owner', payments);
    const backupId = await newestBackup(owner);
    sim.setFaults({ routes: [{ route: 'sharings.share', kind, times: 1 }] });
    expect(await rejection(owner.sharings.share(backupId, [analytics]))).toMatchObject({
      name: 'VbsNetworkError',
      effect: 'unknown',
    });
    expect(await all(owner.sharings.list({ backupId }))).toHaveLength(done);
    expect(sim.log().filter((entry) => entry.route === 'sharings.share')).toHaveLength(1);
  }
});

test('lists longer than a page come whole, in order, each once', async () => {
  const { sim, clientOf } = await region({ maxPage: 40 });
  const owner = clientOf('owner', payments);
  const backups = await all(owner.backups.list());
  expect(new Set(backups.map((backup) => backup.id)).size).toBe(250);
  const times = backups.map((backup) => backup.createdAt?.getTime() ?? 0);
  expect(times).toEqual(times.toSorted((a, b) => b - a));

  sim.plant({
    sharings: backups.map((backup, index) => ({
      backup: backup.id,
      to: 'analytics',
      createdAt: new Date(start.getTime() - index * 1000),
    })),
  });
  const sharings = await all(owner.sharings.list({}, { pageSize: 40 }));
  expect(sharings.map((sharing) => sharing.backupId)).toEqual(backups.map((backup) => backup.id));
});

test('a policy is run and its tasks are followed to their end', async () => {
  const { sim, clientOf } = await region();
  const owner = clientOf('owner', payments);
  const [policy] = await owner.policies.list();
  expect(policy).toMatchObject({ name: 'nightly', volumeCount: 2, enabled: true, startTimes: ['02:00'], keepLast: 9 });
  const id = policy?.id ?? '';
  await owner.policies.execute(id);
  expect(await rejection(owner.policies.execute(id))).toMatchObject({ kind: 'conflict', code: 'AutoBackup.0225' });

  sim.clock.advance(3_600_000);
  const { count, tasks } = await owner.policies.tasksPage(id, { limit: 10, offset: 0 });
  expect([count, tasks.map((task) => task.status)]).toEqual([2, ['EXECUTE_SUCCESS', 'EXECUTE_SUCCESS']]);
  expect((await all(owner.policies.tasks(id, { limit: 1 }))).toSorted(byId)).toEqual(tasks.toSorted(byId));
  expect(await owner.jobs.get(tasks[0]?.vbsJobId ?? '')).toMatchObject({
    type: 'bksCreateBackup',
    status: 'SUCCESS',
    volumeId: tasks[0]?.resourceId,
  });
});

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}

test('tokens that end, and tokens that are revoked, are renewed unnoticed', async () => {
  const { sim, clientOf } = await region({ tokenLifetimeSeconds: 600 });
  const owner = clientOf('owner', payments);
  const asked = () => sim.log().filter((entry) => entry.route === 'tokens.create').length;
  await owner.policies.list();
  sim.clock.advance(700_000);
  await owner.policies.list();
  expect(asked()).toBe(2);
  sim.revokeTokens();
  await Promise.all(Array.from({ length: 20 }, () => owner.policies.list()));
  expect(asked()).toBe(3);
  expect(sim.log().filter((entry) => entry.status === 401).length).toBeGreaterThan(0);
});

test('what the cloud refuses comes as what it is', async () => {
  const { clientOf } = await region();
  const [owner, reader] = [clientOf('owner', payments), clientOf('reader', payments)];
  const backupId = await newestBackup(reader);
  expect(await rejection(owner.backups.get(unknown))).toMatchObject({ kind: 'not-found', effect: 'none' });
  expect(await rejection(owner.sharings.cancel(unknown))).toMatchObject({ kind: 'not-found', effect: 'none' });
  expect(await rejection(reader.sharings.share(backupId, [analytics]))).toMatchObject({
    kind: 'forbidden',
    effect: 'none',
  });
  expect(await rejection(clientOf('guest', payments).checkCredentials())).toMatchObject({ name: 'VbsAuthError' });
});

test.each([
  { kind: 'rate_limit', retryAfter: 2 },
  { kind: 'rate_limit', retryAfter: 2, status: 413 },
  { kind: 'status', status: 503 },
  { kind: 'html' },
  { kind: 'truncated' },
  { kind: 'cut_before' },
  { kind: 'cut_after' },
])('two failures in a row do no harm to any read: %j', async (fault) => {
  const { sim, clientOf } = await region();
  const owner = clientOf('owner', payments);
  const [policy] = await owner.policies.list();
  const backupId = await newestBackup(owner);
  const [sharing] = (await owner.sharings.share(backupId, [analytics])).value;
  const reads = [
    () => owner.sharings.page({}, { limit: 10, offset: 0 }),
    () => owner.sharings.count(),
    () => owner.sharings.get(sharing?.id ?? ''),
    () => all(owner.sharings.list()),
    () => newestBackup(owner),
    () => owner.backups.get(backupId),
    () => owner.policies.list(),
    () => owner.policies.tasksPage(policy?.id ?? '', { limit: 10, offset: 0 }),
  ];
  for (const read of reads) {
    const before = await read();
    sim.setFaults({ routes: [{ route: '*', times: 2, ...fault }] });
    expect(await read()).toEqual(before);
    sim.setFaults({ clear: true });
  }
});

test('a field that the cloud left out is named', async () => {
  const { sim, clientOf } = await region();
  const owner = clientOf('owner', payments);
  sim.setFaults({ routes: [{ route: 'policies.list', kind: 'wrong_schema', drop: 'scheduled_policy' }] });
  expect(await rejection(owner.policies.list())).toMatchObject({
    name: 'VbsSchemaError',
    field: 'backup_policies[0].scheduled_policy',
  });
});
