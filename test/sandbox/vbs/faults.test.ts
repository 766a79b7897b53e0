import { describe, expect, test } from 'vitest';
import type { Faults } from '../../../src/sandbox/vbs/http/faults.ts';
import {
  ANALYTICS,
  at,
  BACKUP,
  DISK,
  each,
  PAYMENTS,
  PLATFORM,
  POLICY,
  passwordRequest,
  sendRaw,
  startCloud,
} from './cloud.ts';

const SHARINGS = '/v2/{p}/os-vendor-backup-sharing';
const BACKUPS = '/v3/{p}/backups/detail';

async function faultyCloud(faults: Faults) {
  const cloud = await startCloud();
  const owner = await cloud.as('owner', PAYMENTS);
  cloud.sim.setFaults(faults);
  const share = () => owner.post(SHARINGS, { shared: { backup_id: BACKUP, to_project_ids: [ANALYTICS] } });
  const count = async () => at((await owner.get(`${SHARINGS}/count`)).body, 'count');
  return { ...cloud, owner, share, count };
}

describe('a fault of a route', () => {
  test('strikes as many times as it is told, that route alone', async () => {
    const { owner } = await faultyCloud({ routes: [{ route: 'backups.list', kind: 'status', status: 503, times: 2 }] });
    const statuses = [];
    for (const path of [BACKUPS, `${SHARINGS}/count`, BACKUPS, BACKUPS]) statuses.push((await owner.get(path)).status);
    expect(statuses).toEqual([503, 200, 503, 200]);
  });

  test('of every route stays until it is cleared', async () => {
    const { owner, sim } = await faultyCloud({ routes: [{ route: '*', kind: 'html' }] });
    const ask = async () => [(await owner.get(BACKUPS)).status, (await owner.get(`${SHARINGS}/count`)).status];
    expect([await ask(), await ask()]).toEqual([
      [502, 502],
      [502, 502],
    ]);
    sim.setFaults({ clear: true });
    expect(await ask()).toEqual([200, 200]);
  });

  test('may let calls through first, and befall one project alone', async () => {
    const { as, owner, sim } = await faultyCloud({});
    const guest = await as('guest', ANALYTICS);
    sim.setFaults({ routes: [{ route: '*', kind: 'status', status: 500, skip: 1, times: 1, project: 'payments' }] });
    const statuses = [];
    for (const who of [guest, owner, guest, owner, owner]) statuses.push((await who.get(BACKUPS)).status);
    expect(statuses).toEqual([200, 200, 200, 500, 200]);
  });

  test('is in the log beside the status that went out', async () => {
    const { owner, sim } = await faultyCloud({ routes: [{ route: 'backups.list', kind: 'html', status: 504 }] });
    await owner.get(BACKUPS);
    expect(sim.log().at(-1)).toMatchObject({ route: 'backups.list', status: 504, fault: 'html' });
  });
});

describe('the kind', () => {
  test('latency delays, and the answer is whole', async () => {
    const { owner, sim } = await faultyCloud({ routes: [{ route: 'backups.list', kind: 'latency', ms: 60 }] });
    expect((await owner.get(BACKUPS)).status).toBe(200);
    expect(sim.log().at(-1)?.ms).toBeGreaterThanOrEqual(55);
  });

  test('rate_limit says when to come again, in the words of each service', async () => {
    const { owner, share, count } = await faultyCloud({
      routes: [
        { route: 'sharings.share', kind: 'rate_limit', retryAfter: 7, times: 1 },
        { route: 'backups.list', kind: 'rate_limit', status: 413, retryAfter: 0, times: 1 },
      ],
    });
    const [shared, native] = [await share(), await owner.get(BACKUPS)];
    expect([shared.status, shared.headers.get('Retry-After'), shared.body]).toEqual([
      429,
      '7',
      { error: { code: 'APIG.0308', message: 'This request was rate-limited.' } },
    ]);
    expect([native.status, native.headers.get('Retry-After'), native.body]).toEqual([
      413,
      '0',
      { overLimit: { code: 413, message: 'This request was rate-limited.' } },
    ]);
    expect(await count()).toBe(0);
  });

  test.each([
    ['vbs', { error: { code: 'X.1', message: 'no' } }],
    ['fault', { computeFault: { code: 500, message: 'no' } }],
    ['gateway', { error_code: 'X.1', error_msg: 'no', request_id: expect.stringMatching(/^req-/) }],
    ['keystone', { error: { code: 500, message: 'no', title: 'Internal Server Error' } }],
  ] as const)('status answers in the shape %s', async (shape, body) => {
    const { owner } = await faultyCloud({
      routes: [{ route: 'sharings.count', kind: 'status', status: 500, shape, code: 'X.1', message: 'no' }],
    });
    const reply = await owner.get(`${SHARINGS}/count`);
    expect([reply.status, reply.body]).toEqual([500, body]);
  });

  test('html is a gateway’s page', async () => {
    const { owner } = await faultyCloud({ routes: [{ route: 'policies.list', kind: 'html' }] });
    const reply = await owner.get('/v2/{p}/backuppolicy');
    expect([reply.status, reply.headers.get('Content-Type'), reply.text]).toEqual([
      502,
      'text/html',
      expect.stringContaining('<h1>502 Bad Gateway</h1>'),
    ]);
  });

  test('truncated is half of the JSON', async () => {
    const { owner } = await faultyCloud({ routes: [{ route: 'backups.list', kind: 'truncated', times: 1 }] });
    const [half, whole] = [await owner.get(BACKUPS), await owner.get(BACKUPS)];
    expect([half.status, half.body]).toEqual([200, undefined]);
    expect(whole.text.startsWith(half.text)).toBe(true);
  });

  test('slow_body sends the first half and, later, the second', async () => {
    const { owner, sim } = await faultyCloud({ routes: [{ route: 'backups.list', kind: 'slow_body', ms: 60 }] });
    expect(each((await owner.get(BACKUPS)).body, 'backups', 'name')).toHaveLength(2);
    expect(sim.log().at(-1)).toMatchObject({ status: 200, fault: 'slow_body' });
  });

  test('cut_before breaks the connection and nothing was done', async () => {
    const { share, count, sim } = await faultyCloud({
      routes: [{ route: 'sharings.share', kind: 'cut_before', times: 1 }],
    });
    await expect(share()).rejects.toThrow('fetch failed');
    expect(await count()).toBe(0);
    expect(sim.log().find(({ route }) => route === 'sharings.share')).toMatchObject({
      status: null,
      fault: 'cut_before',
    });
  });

  test('cut_after breaks the connection when all was done', async () => {
    const { share, count } = await faultyCloud({ routes: [{ route: 'sharings.share', kind: 'cut_after', times: 1 }] });
    await expect(share()).rejects.toThrow('fetch failed');
    expect(await count()).toBe(1);
  });

  test('wrong_schema leaves a field out wherever it stands', async () => {
    const { owner } = await faultyCloud({ routes: [{ route: 'backups.list', kind: 'wrong_schema', drop: 'status' }] });
    const { body } = await owner.get(BACKUPS);
    expect(each(body, 'backups', 'status')).toEqual([undefined, undefined]);
    expect(each(body, 'backups', 'name')).toEqual(['db-nightly-0310', 'db-2-broken']);
  });

  test('duplicate_page answers the page before', async () => {
    const { owner, sim } = await faultyCloud({});
    const first = await owner.get(`${BACKUPS}?limit=1`);
    sim.setFaults({ routes: [{ route: 'backups.list', kind: 'duplicate_page', times: 1 }] });
    const query = `?limit=1&marker=${BACKUP}`;
    expect((await owner.get(`${BACKUPS}${query}`)).text).toBe(first.text);
    expect(each((await owner.get(`${BACKUPS}${query}`)).body, 'backups', 'name')).toEqual(['db-2-broken']);
  });

  test('works on tokens as on all else', async () => {
    const { sim } = await faultyCloud({ routes: [{ route: 'tokens.create', kind: 'status', status: 500, times: 1 }] });
    const body = JSON.stringify(passwordRequest('owner', PAYMENTS));
    const ask = async () => (await sendRaw(sim, '/v3/auth/tokens', { method: 'POST', body })).status;
    expect([await ask(), await ask()]).toEqual([500, 201]);
  });
});

describe('a fault of the cloud', () => {
  test('takes a project down for all calls on it, and no other’s', async () => {
    const { as, owner, sim } = await faultyCloud({ projectDown: { project: 'payments' } });
    const reply = await owner.get(`${SHARINGS}/count`);
    expect([reply.status, at(reply.body, 'error', 'code')]).toEqual([503, 'VolumeBackup.0900']);
    expect((await (await as('guest', PLATFORM)).get(`${SHARINGS}/count`)).status).toBe(200);
    sim.setFaults({ projectDown: { project: 'payments', status: null } });
    expect((await owner.get(`${SHARINGS}/count`)).status).toBe(200);
  });

  test('fails the next backup of a disk, unless it is cleared before', async () => {
    const { clock, owner, sim } = await faultyCloud({ failNextBackup: { diskId: DISK } });
    const run = async () => {
      await owner.post(`/v2/{p}/backuppolicy/${POLICY}/action`);
      clock.advance(70_000);
      const { body } = await owner.get(`/v2/{p}/backuppolicy/${POLICY}/backuptasks?sort_dir=desc&limit=2`);
      return each(body, 'tasks', 'status');
    };
    expect(await run()).toEqual(['EXECUTE_SUCCESS', 'EXECUTE_FAIL']);
    sim.setFaults({ failNextBackup: { diskId: DISK } });
    sim.setFaults({ clear: true });
    expect(await run()).toEqual(['EXECUTE_SUCCESS', 'EXECUTE_SUCCESS']);
  });
});

test.each([
  ['route', { routes: [{ route: 'sharings.lend', kind: 'html' }] }, 'there is no route "sharings.lend"'],
  ['project', { routes: [{ route: '*', kind: 'html', project: 'nowhere' }] }, 'there is no project "nowhere"'],
  ['disk', { failNextBackup: { diskId: 'db-9' } }, 'there is no disk "db-9"'],
])('faults of a %s that is not are not taken', async (_, faults, sentence) => {
  const { sim } = await startCloud();
  expect(() => sim.setFaults(faults)).toThrow(sentence);
});

test.each([
  ['an unknown kind', { routes: [{ route: '*', kind: 'gremlins' }] }],
  ['an unknown key', { route: '*' }],
  ['a status that is no error', { routes: [{ route: '*', kind: 'status', status: 200 }] }],
  ['nothing', null],
])('faults of %s are not taken', async (_, faults) => {
  const { sim } = await startCloud();
  expect(() => sim.setFaults(faults)).toThrow(expect.objectContaining({ name: 'ZodError' }));
});
