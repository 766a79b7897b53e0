import { describe, expect, test } from 'vitest';
import { createSimClock } from '../../../src/sandbox/vbs/clock.ts';
import { DEMO_DOMAIN, DEMO_PROJECTS, DEMO_USERS, demoSeed } from '../../../src/sandbox/vbs/seed.ts';
import type { VbsSimulator } from '../../../src/sandbox/vbs/simulator.ts';
import { at, client, each, PAYMENTS, sendRaw, smallSeed, startCloud } from './cloud.ts';

const NOW = new Date('2026-11-20T09:30:00Z');

async function demoCloud(start = NOW) {
  const clock = createSimClock({ start, speed: 0 });
  const { sim } = await startCloud({ clock, seed: demoSeed(start) });
  return { sim, clock, as: (name: keyof typeof DEMO_PROJECTS) => demoClient(sim, name) };
}

async function demoClient(sim: VbsSimulator, name: keyof typeof DEMO_PROJECTS) {
  const user = { ...DEMO_USERS[name], domain: { name: DEMO_DOMAIN } };
  const scope = { project: { id: DEMO_PROJECTS[name] } };
  const body = JSON.stringify({ auth: { identity: { methods: ['password'], password: { user } }, scope } });
  const reply = await sendRaw(sim, '/v3/auth/tokens', { method: 'POST', body });
  return client(sim, DEMO_PROJECTS[name], reply.headers.get('X-Subject-Token') ?? '');
}

async function nightlyTasks(sim: VbsSimulator) {
  const payments = await demoClient(sim, 'payments');
  const { body } = await payments.get('/v2/{p}/backuppolicy');
  const nightly = String(at(body, 'backup_policies', 0, 'backup_policy_id'));
  return { nightly, tasks: (await payments.get(`/v2/{p}/backuppolicy/${nightly}/backuptasks?limit=4`)).body };
}

describe('the demo', () => {
  test('has 150 backups and more in payments, of every status', async () => {
    const { as } = await demoCloud();
    const { body } = await (await as('payments')).get('/v3/{p}/backups/detail');
    const statuses = each(body, 'backups', 'status');
    expect(statuses.length).toBeGreaterThanOrEqual(150);
    expect(new Set(statuses)).toEqual(
      new Set(['available', 'creating', 'deleting', 'error', 'error_restoring', 'restoring']),
    );
  });

  test('has had a night in which one of payments’ four disks failed', async () => {
    const { sim, as } = await demoCloud();
    const { tasks } = await nightlyTasks(sim);
    expect(each(tasks, 'tasks', 'status')).toEqual([
      'EXECUTE_SUCCESS',
      'EXECUTE_SUCCESS',
      'EXECUTE_FAIL',
      'EXECUTE_SUCCESS',
    ]);
    expect(new Set(each(tasks, 'tasks', 'created_at'))).toEqual(new Set(['2026-11-20T01:00:00.000']));
    const failed = each(tasks, 'tasks', 'status').indexOf('EXECUTE_FAIL');
    const { body } = await (await as('payments')).get(
      `/v1/{p}/jobs/${String(at(tasks, 'tasks', failed, 'vbs_job_id'))}`,
    );
    expect(body).toMatchObject({ status: 'FAIL', error_code: 'VolumeBackup.0080' });
  });

  test('has policies of several rhythms in each project, one of them off', async () => {
    const { as } = await demoCloud();
    const bodies = [];
    for (const name of ['payments', 'analytics', 'platform'] as const)
      bodies.push((await (await as(name)).get('/v2/{p}/backuppolicy')).body);
    const names = bodies.map((body) => each(body, 'backup_policies', 'backup_policy_name'));
    expect(names).toEqual([
      ['nightly', 'ledger-hourly', 'reports-weekdays'],
      ['warehouse-nightly'],
      ['platform-weekly'],
    ]);
    expect(at(bodies[0], 'backup_policies', 2, 'scheduled_policy', 'status')).toBe('OFF');
    expect(at(bodies[2], 'backup_policies', 0, 'time_zone')).toBe('UTC+08:00');
  });

  test('has tags on its policies, and is far from its quotas', async () => {
    const payments = await (await demoCloud()).as('payments');
    expect((await payments.get('/v2/{p}/backuppolicy/tags')).body).toEqual({
      tags: [
        { key: 'compliance', values: ['sox'] },
        { key: 'stage', values: ['production', 'test'] },
        { key: 'team', values: ['payments', 'reporting'] },
      ],
    });
    const { body } = await payments.get('/v2/{p}/cloudbackups/quota');
    for (const type of [0, 1]) {
      const [used, quota] = ['used', 'quota'].map((field) => Number(at(body, 'quotas', 'resources', type, field)));
      expect(used).toBeGreaterThan(0);
      expect(used).toBeLessThan((quota ?? 0) / 2);
    }
  });

  test('has in platform a default policy, which cannot be deleted', async () => {
    const platform = await (await demoCloud()).as('platform');
    const [id] = each((await platform.get('/v2/{p}/backuppolicy')).body, 'backup_policies', 'backup_policy_id');
    const reply = await platform.delete(`/v2/{p}/backuppolicy/${String(id)}`);
    expect([reply.status, at(reply.body, 'error', 'code')]).toEqual([400, 'AutoBackup.0100']);
  });

  test('lets its disks be backed up by hand, and onto one in use nothing be restored', async () => {
    const { as, sim } = await demoCloud();
    const payments = await as('payments');
    const ledger = sim.world.disks.named('payments-ledger');
    const backup = sim.world.backups.in(ledger.id)[0]?.id ?? '';
    const restore = { restore: { volume_id: ledger.id } };
    const refused = await payments.post(`/v2/{p}/cloudbackups/${backup}/restore`, restore);
    expect([refused.status, at(refused.body, 'error', 'code')]).toEqual([400, 'VolumeBackup.0205']);
    const made = await payments.post('/v2/{p}/cloudbackups', { backup: { volume_id: ledger.id, name: 'by-hand' } });
    expect(made.status).toBe(200);
  });

  test('shares in and out', async () => {
    const payments = await (await demoCloud()).as('payments');
    const counts = ['', '?share_to_me=true'].map((query) =>
      payments.get(`/v2/{p}/os-vendor-backup-sharing/count${query}`),
    );
    expect((await Promise.all(counts)).map(({ body }) => body)).toEqual([{ count: 3 }, { count: 1 }]);
  });

  test('begins at any time of the day with the night behind it', async () => {
    for (const hour of ['00:10', '01:10', '01:40', '23:59']) {
      const { sim } = await demoCloud(new Date(`2026-11-20T${hour}:00Z`));
      expect(at((await nightlyTasks(sim)).tasks, 'count')).toBe(56);
    }
  });

  test('calls what it began with by the same ids at every start, and what came later by new ones', async () => {
    const ids = async (start: Date) => {
      const { sim, clock } = await demoCloud(start);
      const { nightly, tasks } = await nightlyTasks(sim);
      await (await demoClient(sim, 'payments')).post(`/v2/{p}/backuppolicy/${nightly}/action`);
      clock.advance(1);
      const later = await nightlyTasks(sim);
      return { nightly, before: each(tasks, 'tasks', 'job_id'), after: each(later.tasks, 'tasks', 'job_id') };
    };
    const [first, second] = [await ids(NOW), await ids(new Date(NOW.getTime() + 60_000))];
    expect(second.nightly).toBe(first.nightly);
    expect(second.before).toEqual(first.before);
    expect(second.after.filter((id) => first.after.includes(id))).toEqual([]);
  });
});

describe('a seed', () => {
  test('makes as many backups as asked for, at their distance, with dates for names', async () => {
    const seed = smallSeed();
    const backups = [
      { disk: 'db-1', count: 2, newest: NOW },
      { disk: 'db-2', count: 2, newest: NOW, everyHours: 6, prefix: 'web' },
    ];
    const { as } = await startCloud({ seed: { ...seed, backups } });
    const { body } = await (await as('owner', PAYMENTS)).get('/v3/{p}/backups/detail?sort_key=name&sort_dir=asc');
    expect(each(body, 'backups', 'name')).toEqual(['db-1-1119', 'db-1-1120', 'web-1120-0330', 'web-1120-0930']);
  });

  test.each([
    ['a disk that is not', { backups: [{ disk: 'db-9', createdAt: NOW }] }, 'there is no disk "db-9"'],
    [
      'a backup that is not',
      { sharings: [{ backup: 'b', to: 'analytics', createdAt: NOW }] },
      'there is no backup "b"',
    ],
    [
      'a name that two things bear',
      { disks: [{ name: 'db-1', size: 1, project: 'platform' }], backups: [{ disk: 'db-1', createdAt: NOW }] },
      'several disks are called "db-1": give the id',
    ],
  ])('that refers to %s is refused in a sentence', async (_, seed, sentence) => {
    const { sim } = await startCloud();
    expect(() => sim.plant(seed)).toThrow(sentence);
  });
});
