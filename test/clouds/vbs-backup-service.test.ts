import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVbsClouds, type VbsClouds } from '../../src/clouds/vbs-clouds.ts';
import { CloudError } from '../../src/core/failure.ts';
import type { BackupService } from '../../src/core/ports.ts';
import { createSimClock } from '../../src/sandbox/vbs/clock.ts';
import { DEMO_DOMAIN, DEMO_PROJECTS, DEMO_USERS, demoSeed } from '../../src/sandbox/vbs/seed.ts';
import { createVbsSimulator, type VbsSimulator } from '../../src/sandbox/vbs/simulator.ts';

const NOW = new Date('2026-11-20T12:20:00Z');

let simulator: VbsSimulator;
let clouds: VbsClouds;
let payments: BackupService;

beforeEach(async () => {
  const clock = createSimClock({ start: NOW, speed: 0 });
  simulator = await createVbsSimulator({ clock, seed: demoSeed(NOW) });
  const { name, password } = DEMO_USERS.payments;
  clouds = createVbsClouds(
    new Map([
      [
        'payments',
        {
          project: { id: DEMO_PROJECTS.payments, name: 'payments' },
          endpoints: { iam: simulator.iamUrl, vbs: simulator.vbsUrl },
          credentials: { kind: 'password', user: name, password, domain: DEMO_DOMAIN },
          sleep: async () => {},
        },
      ],
    ]),
  );
  payments = clouds.of('payments');
});

afterEach(async () => {
  await clouds.close();
  await simulator.close();
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function failureOf(call: Promise<unknown>): Promise<CloudError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CloudError)) throw new Error(`no CloudError but ${String(error)}`);
  return error;
}

describe('the backup service by VBS', () => {
  it('shares a backup, shows the sharing from both sides and stops it', async () => {
    const backup = (await collect(payments.backups())).find((one) => one.status === 'available');
    const receipt = await payments.share(backup?.id ?? '', [DEMO_PROJECTS.platform]);
    expect(receipt.requestId).toBeTruthy();
    const [made] = receipt.value;
    const shown = await collect(payments.sharings({ direction: 'out', backupId: backup?.id ?? '' }));
    expect(shown.map((sharing) => sharing.id)).toContain(made?.id);
    expect(shown[0]?.backup?.diskId).toBe(backup?.diskId);
    await payments.stopSharing(made?.id ?? '');
    expect((await failureOf(payments.sharing(made?.id ?? ''))).failure.kind).toBe('not_found');
  });

  it('tells of a policy’s disks, schedule and retention in the core’s words', async () => {
    const nightly = (await payments.policies()).find((policy) => policy.name === 'nightly');
    expect(nightly).toMatchObject({
      enabled: true,
      disks: 4,
      schedule: { times: ['01:00'], timeZone: 'UTC+01:00', everyDays: 1 },
      retention: { keepLast: 30, keepFirstOfMonth: true },
    });
  });

  it('runs a policy, refuses a second run as busy, and gives the reason of a disk that failed', async () => {
    const nightly = (await payments.policies()).find((policy) => policy.name === 'nightly');
    const policyId = nightly?.id ?? '';
    const tasks = await collect(payments.tasks(policyId));
    const failed = tasks.find((task) => task.status === 'failed');
    expect((await payments.job(failed?.jobId ?? '')).failure).toMatchObject({
      code: 'VolumeBackup.0080',
      explanation: 'The project’s quota of backups is used up.',
    });
    await payments.executePolicy(policyId);
    const busy = await failureOf(payments.executePolicy(policyId));
    expect([busy.failure.kind, busy.effect, busy.again]).toEqual(['busy', 'none', undefined]);
    expect((await collect(payments.tasks(policyId))).length).toBe(tasks.length + 4);
  });

  it.each([
    ['is cut after the work was done', { kind: 'cut_after' }, 'answer_lost', 'unknown', true],
    ['is an error page of a gateway', { kind: 'html' }, 'unavailable', 'unknown', true],
    ['is a rate limit', { kind: 'rate_limit', retryAfter: 7 }, 'rate_limited', 'none', true],
    ['is a refusal', { kind: 'status', status: 403 }, 'refused', 'none', false],
  ] as const)('says whether a share may have been done when the answer %s', async (_, fault, kind, effect, again) => {
    const [backup] = await collect(payments.backups());
    simulator.setFaults({ routes: [{ route: 'sharings.share', times: 1, ...fault }] });
    const error = await failureOf(payments.share(backup?.id ?? '', [DEMO_PROJECTS.platform]));
    expect([error.failure.kind, error.effect, error.again !== undefined]).toEqual([kind, effect, again]);
    if (kind === 'rate_limited') expect(error.again).toEqual({ afterMs: 7_000 });
  });

  it('does not take a gateway’s page for the word that a sharing is gone', async () => {
    const backup = (await collect(payments.backups())).find(({ status }) => status === 'available');
    const receipt = await payments.share(backup?.id ?? '', [DEMO_PROJECTS.platform]);
    const id = receipt.value[0]?.id ?? '';
    const page = { kind: 'html', status: 404 } as const;
    simulator.setFaults({
      routes: [
        { route: 'sharings.get', ...page },
        { route: 'sharings.cancel', ...page },
      ],
    });
    for (const call of [() => payments.sharing(id), () => payments.stopSharing(id)]) {
      const { failure, effect, again } = await failureOf(call());
      expect([failure.kind, effect, again]).toEqual(['unreadable', 'none', {}]);
    }
    simulator.setFaults({ clear: true });
    expect(await payments.sharing(id)).toMatchObject({ id });
  });

  it.each(['', '..'])(
    'knows nothing by the id “%s”, which is never sent, and does not ask for it again',
    async (id) => {
      const sent = simulator.log().length;
      const calls = [
        () => payments.backup(id),
        () => payments.job(id),
        () => payments.sharing(id),
        () => payments.executePolicy(id),
      ];
      for (const call of calls) {
        const { failure, effect, again } = await failureOf(call());
        expect({ failure, effect, again }).toEqual({
          failure: { kind: 'not_found' },
          effect: 'none',
          again: undefined,
        });
      }
      expect(simulator.log()).toHaveLength(sent);
    },
  );

  it('names the project and the remedy when the credentials are refused, and keeps the password to itself', async () => {
    const wrong = createVbsClouds(
      new Map([
        [
          'payments',
          {
            project: { id: DEMO_PROJECTS.payments, name: 'payments' },
            endpoints: { iam: simulator.iamUrl, vbs: simulator.vbsUrl },
            credentials: { kind: 'password', user: 'chatops-payments', password: 'not-it-at-all', domain: DEMO_DOMAIN },
          },
        ],
      ]),
    );
    const error = await failureOf(wrong.of('payments').policies());
    await wrong.close();
    expect(error.failure.kind).toBe('credentials');
    expect(error.message).toContain('payments');
    expect(JSON.stringify([error, error.failure, error.message, error.stack])).not.toContain('not-it-at-all');
  });
});
