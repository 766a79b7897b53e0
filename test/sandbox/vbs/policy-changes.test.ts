import { describe, expect, test } from 'vitest';
import { refusal } from './changing-backups.ts';
import { ANALYTICS, at, DISK, each, PAYMENTS, POLICY, sendRaw, smallSeed, startCloud } from './cloud.ts';
import { HOUR, POLICIES, policyCloud, SECOND } from './policy-cloud.ts';

const schedule = { start_time: '13:00', frequency: 1, rentention_num: 7, status: 'ON' };
const good = { backup_policy_name: 'hourly', scheduled_policy: schedule };
const DEFAULT = 'a0000000-0000-4000-8000-000000000009';

async function created(change: object = {}) {
  const cloud = await policyCloud();
  const reply = await cloud.client.post(POLICIES, { ...good, ...change });
  const shown = async () => {
    const { body } = await cloud.client.get(POLICIES);
    return at(body, 'backup_policies', each(body, 'backup_policies', 'backup_policy_id').length - 1);
  };
  return { ...cloud, reply, shown, path: `${POLICIES}/${String(at(reply.body, 'backup_policy_id'))}` };
}

describe('a new policy', () => {
  test('is listed as it was written, and strikes by its schedule', async () => {
    const full = {
      time_zone: 'UTC+02:00',
      tags: [{ key: 'team', value: '' }],
      scheduled_policy: {
        start_time: '22:00,00:00,02:00',
        week_frequency: ['SUN', 'WED'],
        rentention_day: 30.7,
        remain_first_backup_of_curMonth: 'N',
        status: 'ON',
      },
    };
    const { client, clock, path, reply, shown } = await created(full);
    expect([reply.status, reply.body]).toEqual([200, { backup_policy_id: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    expect(await shown()).toEqual({
      backup_policy_id: at(reply.body, 'backup_policy_id'),
      backup_policy_name: 'hourly',
      policy_resource_count: 0,
      time_zone: 'UTC+02:00',
      scheduled_policy: { ...full.scheduled_policy, rentention_day: 30 },
    });
    const resources = [{ resource_id: DISK, resource_type: 'volume' }];
    await client.post('/v2/{p}/backuppolicyresources', {
      backup_policy_id: at(reply.body, 'backup_policy_id'),
      resources,
    });
    clock.advance(23 * HOUR);
    // Tuesday noon to Wednesday 11 o'clock: 22:00, 00:00 and 02:00 UTC are Wednesday's midnight and its first hours.
    expect(each((await client.get(`${path}/backuptasks`)).body, 'tasks', 'created_at')).toEqual([
      '2026-03-11T02:00:00.000',
      '2026-03-11T00:00:00.000',
      '2026-03-10T22:00:00.000',
    ]);
  });

  test('takes the interval rather than the days, and the number rather than the age', async () => {
    const both = { ...schedule, week_frequency: ['SUN'], rentention_day: 30 };
    const { shown } = await created({ scheduled_policy: both });
    expect(at(await shown(), 'scheduled_policy')).toEqual(schedule);
  });

  test('may strike at each of the 24 hours', async () => {
    const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`).join(',');
    expect((await created({ scheduled_policy: { ...schedule, start_time: hours } })).reply.status).toBe(200);
  });

  test.each([
    ['without a name', { backup_policy_name: undefined }, '0101'],
    ['with an empty name', { backup_policy_name: '' }, '0101'],
    ['with a name of 65', { backup_policy_name: 'n'.repeat(65) }, '0101'],
    ['with a blank in its name', { backup_policy_name: 'a b' }, '0102'],
    ['with a name that is a number', { backup_policy_name: 7 }, '0102'],
    ['with a name like the default one’s', { backup_policy_name: 'default-2' }, '0102'],
    ['with an angle bracket', { backup_policy_name: 'a<b' }, '0221'],
    ['without a schedule', { scheduled_policy: undefined }, '0001'],
    ['with a zone that is none', { time_zone: 'Europe/Berlin' }, '0226'],
    ['with a zone beyond all zones', { time_zone: 'UTC+15:00' }, '0226'],
    ['with a tag of an odd key', { tags: [{ key: 'a.b', value: '' }] }, '0214'],
    ['with a tag of an odd value', { tags: [{ key: 'a', value: 'x y' }] }, '0214'],
    ['with eleven tags', { tags: Array.from({ length: 11 }, (_, n) => ({ key: `k${n}`, value: '' })) }, '0215'],
  ])('is refused %s', async (_, change, code) => {
    expect(refusal((await created(change)).reply)).toEqual([400, `AutoBackup.${code}`]);
  });

  test.each([
    ['no start', { start_time: undefined }, '0103'],
    ['an empty start', { start_time: '' }, '0103'],
    ['a start off the hour', { start_time: '12:30' }, '0103'],
    ['a start at 24', { start_time: '24:00' }, '0103'],
    ['a start without its zero', { start_time: '2:00' }, '0103'],
    ['a start twice', { start_time: '02:00,02:00' }, '0103'],
    ['starts out of order', { start_time: '22:00,00:00,02:00' }, '0103'],
    ['a blank between starts', { start_time: '01:00, 02:00' }, '0103'],
    ['neither interval nor days', { frequency: undefined }, '0106'],
    ['an interval of 0', { frequency: 0 }, '0106'],
    ['an interval of 31', { frequency: 31 }, '0106'],
    ['an interval that is a text', { frequency: '1' }, '0106'],
    ['a day that is none', { frequency: undefined, week_frequency: ['Sun'] }, '0106'],
    ['a day twice', { frequency: undefined, week_frequency: ['SUN', 'SUN'] }, '0106'],
    ['no day', { frequency: undefined, week_frequency: [] }, '0106'],
    ['no retention', { rentention_num: undefined }, '0107'],
    ['1 backup kept', { rentention_num: 1 }, '0107'],
    ['100 backups kept', { rentention_num: 100 }, '0107'],
    ['1 day kept', { rentention_num: undefined, rentention_day: 1.9 }, '0107'],
    ['100000 days kept', { rentention_num: undefined, rentention_day: 100_000 }, '0107'],
    ['a first of the month that is no Y or N', { remain_first_backup_of_curMonth: true }, '0105'],
    ['no status', { status: undefined }, '0104'],
    ['a status in small letters', { status: 'on' }, '0104'],
  ])('is refused with %s', async (_, change, code) => {
    const { reply } = await created({ scheduled_policy: { ...schedule, ...change } });
    expect(refusal(reply)).toEqual([400, `AutoBackup.${code}`]);
  });

  test.each([
    ['', '0000'],
    ['{', '0008'],
    ['[]', '0008'],
    ['{}', '0001'],
  ])('is refused for the body %j', async (body, code) => {
    const { client, sim } = await policyCloud();
    const headers = { 'X-Auth-Token': client.token };
    const reply = await sendRaw(sim, `/v2/${PAYMENTS}/backuppolicy`, { method: 'POST', headers, body });
    expect(refusal(reply)).toEqual([400, `AutoBackup.${code}`]);
  });

  test('is one of ten at most, the default one not counted', async () => {
    const { client, sim } = await policyCloud();
    sim.plant({ policies: [{ name: 'default', project: 'payments', startTimes: ['02:00'], isDefault: true }] });
    const statuses = [];
    for (let n = 0; n < 9; n++) statuses.push((await client.post(POLICIES, good)).status);
    expect(statuses).toEqual(Array(9).fill(200));
    expect(refusal(await client.post(POLICIES, good))).toEqual([400, 'AutoBackup.0203']);
    await client.delete(`${POLICIES}/${POLICY}`);
    expect((await client.post(POLICIES, good)).status).toBe(200);
  });
});

describe('a change of a policy', () => {
  test('touches what it names alone', async () => {
    const { client, path, reply, shown } = await created({ time_zone: 'UTC+01:00' });
    const id = at(reply.body, 'backup_policy_id');
    const changed = await client.put(path, { backup_policy_name: 'renamed' });
    expect([changed.status, changed.body]).toEqual([200, { backup_policy_id: id }]);
    await client.put(path, { scheduled_policy: { week_frequency: ['MON'], rentention_day: 3 } });
    expect(await shown()).toEqual({
      backup_policy_id: id,
      backup_policy_name: 'renamed',
      policy_resource_count: 0,
      time_zone: 'UTC+01:00',
      scheduled_policy: { start_time: '13:00', week_frequency: ['MON'], rentention_day: 3, status: 'ON' },
    });
  });

  test('switches it off and on, and only the schedule of now strikes', async () => {
    const { client, clock, statuses } = await policyCloud();
    const path = `${POLICIES}/${POLICY}`;
    const switched = (status: string) => client.put(path, { scheduled_policy: { status } });
    expect((await switched('OFF')).status).toBe(200);
    clock.advance(15 * HOUR);
    expect(await statuses()).toEqual([]);
    await switched('ON');
    await switched('ON');
    await client.put(path, { scheduled_policy: { start_time: '04:00', frequency: 1 } });
    clock.advance(2 * HOUR);
    expect(await statuses()).toEqual(['EXECUTE_SUCCESS', 'EXECUTE_SUCCESS']);
  });

  test.each([
    ['without its days', { start_time: '03:00' }, '0106'],
    ['of 15 days', { frequency: 15 }, '0106'],
    ['of 15 kept', { frequency: 1, rentention_num: 15 }, '0107'],
    ['off the hour', { frequency: 1, start_time: '03:15' }, '0103'],
    ['to a status that is none', { status: 'PAUSED' }, '0104'],
  ])('of the schedule %s is refused', async (_, change, code) => {
    const { client } = await policyCloud();
    const reply = await client.put(`${POLICIES}/${POLICY}`, { scheduled_policy: change });
    expect(refusal(reply)).toEqual([400, `AutoBackup.${code}`]);
  });

  test('is refused to a reader, to another project and with nothing in it', async () => {
    const { as, client } = await policyCloud();
    const change = { backup_policy_name: 'mine' };
    const path = `${POLICIES}/${POLICY}`;
    const [reader, guest] = [await as('reader', PAYMENTS), await as('guest', ANALYTICS)];
    expect(refusal(await reader.put(path, change))).toEqual([403, 'AutoBackup.0213']);
    expect(refusal(await guest.put(path, change))).toEqual([404, 'AutoBackup.1100']);
    expect(refusal(await client.put(path, {}))).toEqual([400, 'AutoBackup.0001']);
    expect(refusal(await client.put(`${POLICIES}/x`, change))).toEqual([400, 'AutoBackup.0006']);
  });
});

describe('a deleted policy', () => {
  test('is gone and strikes no more; its backups stay', async () => {
    const { client, clock, run, sim } = await policyCloud();
    await run();
    expect(refusal(await client.delete(`${POLICIES}/${POLICY}`))).toEqual([400, 'AutoBackup.0225']);
    clock.advance(70 * SECOND);
    const backups = sim.world.backups.all().length;
    const reply = await client.delete(`${POLICIES}/${POLICY}`);
    expect([reply.status, reply.text]).toEqual([204, '']);
    clock.advance(23 * HOUR);
    expect((await client.get(POLICIES)).body).toEqual({ backup_policies: [] });
    expect(sim.world.backups.all().length).toBe(backups);
    expect(refusal(await client.delete(`${POLICIES}/${POLICY}`))).toEqual([404, 'AutoBackup.1100']);
  });
});

describe('the default policy', () => {
  test('keeps its name and stays, while its schedule can be changed', async () => {
    const seed = smallSeed();
    const policy = { id: DEFAULT, name: 'default', project: 'payments', startTimes: ['02:00'], isDefault: true };
    const { as } = await startCloud({ seed: { ...seed, policies: [{ ...policy, frequency: 1, retentionNum: 7 }] } });
    const client = await as('owner', PAYMENTS);
    const path = `${POLICIES}/${DEFAULT}`;
    expect(refusal(await client.put(path, { backup_policy_name: 'mine' }))).toEqual([400, 'AutoBackup.0100']);
    expect(refusal(await client.delete(path))).toEqual([400, 'AutoBackup.0100']);
    const change = { backup_policy_name: 'default', scheduled_policy: { status: 'OFF' } };
    expect((await client.put(path, change)).status).toBe(200);
    expect(each((await client.get(POLICIES)).body, 'backup_policies', 'backup_policy_name')).toEqual(['default']);
  });
});

test('a run without room in the quota for any of its disks is refused', async () => {
  const { run, sim } = await policyCloud();
  sim.setFaults({ quotas: { project: 'payments', backups: 2 } });
  expect(refusal(await run())).toEqual([400, 'AutoBackup.0218']);
});

test('a run fails for the disk that finds the quota used up', async () => {
  const { clock, run, sim, statuses } = await policyCloud();
  sim.setFaults({ quotas: { project: 'payments', backups: 3 } });
  await run();
  clock.advance(70 * SECOND);
  expect(await statuses()).toEqual(['EXECUTE_SUCCESS', 'EXECUTE_FAIL']);
  expect([...sim.world.jobs.values()].map((job) => job.errorCode)).toEqual([null, 'VolumeBackup.0080']);
});
