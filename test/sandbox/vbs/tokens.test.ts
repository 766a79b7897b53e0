import { describe, expect, test } from 'vitest';
import { ANALYTICS, at, BACKUP, client, PAYMENTS, passwordRequest, sendRaw, startCloud, tokenFor } from './cloud.ts';

const DETAIL = '/v3/{p}/backups/detail';

async function askToken(body: unknown) {
  const { sim } = await startCloud();
  return sendRaw(sim, '/v3/auth/tokens', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('a token', () => {
  test('comes in a header, and its end in microseconds in the body', async () => {
    const { sim } = await startCloud({ tokenLifetimeSeconds: 3600 });
    const body = JSON.stringify(passwordRequest('owner', PAYMENTS));
    const reply = await sendRaw(sim, '/v3/auth/tokens', { method: 'POST', body });
    expect(reply.status).toBe(201);
    expect(reply.headers.get('X-Subject-Token')).toMatch(/^gAAAAA[\w-]{100,}$/);
    expect(reply.text).not.toContain(reply.headers.get('X-Subject-Token'));
    expect(reply.body).toMatchObject({
      token: {
        methods: ['password'],
        issued_at: '2026-03-10T12:00:00.000000Z',
        expires_at: '2026-03-10T13:00:00.000000Z',
        project: { id: PAYMENTS, name: 'payments' },
        user: { name: 'owner', domain: { name: 'Default' } },
        roles: [{ name: 'vbs_admin' }],
      },
    });
  });

  test('opens its project until its end by the clock, and not a millisecond longer', async () => {
    const { clock, as } = await startCloud({ tokenLifetimeSeconds: 3600 });
    const owner = await as('owner', PAYMENTS);
    clock.advance(3_599_999);
    expect((await owner.get(DETAIL)).status).toBe(200);
    clock.advance(1);
    expect((await owner.get(DETAIL)).status).toBe(401);
  });

  test('ends at once when all are revoked', async () => {
    const { sim, as } = await startCloud();
    const owner = await as('owner', PAYMENTS);
    sim.revokeTokens();
    expect((await owner.get(DETAIL)).status).toBe(401);
  });

  test('without a scope is issued and opens no project', async () => {
    const { sim } = await startCloud();
    const { auth } = passwordRequest('owner', PAYMENTS);
    const body = JSON.stringify({ auth: { identity: auth.identity } });
    const reply = await sendRaw(sim, '/v3/auth/tokens', { method: 'POST', body });
    const token = reply.headers.get('X-Subject-Token') ?? '';
    expect(at(reply.body, 'token', 'project')).toBeUndefined();
    expect((await client(sim, PAYMENTS, token).get(DETAIL)).status).toBe(403);
  });
});

describe('no token is given', () => {
  const refused = {
    error: { code: 401, message: 'The request you have made requires authentication.', title: 'Unauthorized' },
  };

  test.each([
    ['for a wrong password', passwordRequest('owner', PAYMENTS, 'wrong')],
    ['to nobody', passwordRequest('nobody', PAYMENTS, 'x')],
    ['for a project in which the user has no role', passwordRequest('owner', ANALYTICS)],
    ['for a project that is not', passwordRequest('owner', 'f'.repeat(32))],
    ['for a way in that is no password', { auth: { identity: { methods: ['totp'] } } }],
    [
      'for a user of another domain',
      {
        auth: {
          identity: {
            methods: ['password'],
            password: { user: { name: 'owner', password: 'pw-owner', domain: { name: 'Other' } } },
          },
        },
      },
    ],
  ])('%s', async (_, body) => {
    const reply = await askToken(body);
    expect([reply.status, reply.body]).toEqual([401, refused]);
    expect(reply.headers.get('X-Subject-Token')).toBeNull();
  });

  test.each([
    ['an empty body', ''],
    ['a body that is no JSON', '{"auth"'],
    ['a body without an identity', { auth: {} }],
  ])('for %s, which is a bad request in Keystone’s shape', async (_, body) => {
    const reply = await askToken(body);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ error: { code: 400, title: 'Bad Request' } });
  });
});

describe('a call is refused', () => {
  const paths = {
    native: `/v3/${PAYMENTS}/backups/${BACKUP}`,
    sharing: `/v2/${PAYMENTS}/os-vendor-backup-sharing/count`,
    policy: `/v2/${PAYMENTS}/backuppolicy`,
    job: `/v1/${PAYMENTS}/jobs/${BACKUP}`,
  };

  test('without a token, each service in its own shape', async () => {
    const { sim } = await startCloud();
    const replies = await Promise.all(Object.values(paths).map((path) => sendRaw(sim, path)));
    expect(replies.map(({ status, body }) => [status, body])).toEqual([
      [401, { unauthorized: { code: 401, message: 'The request you have made requires authentication.' } }],
      [401, { error: { code: 'VolumeBackup.0041', message: expect.any(String) } }],
      [401, { error: { code: 'AutoBackup.0002', message: expect.any(String) } }],
      [401, { error_code: 'APIG.0301', error_msg: expect.any(String), request_id: expect.any(String) }],
    ]);
  });

  test('with a token that nobody issued', async () => {
    const { sim } = await startCloud();
    const stranger = client(sim, PAYMENTS, 'gAAAAAnobody');
    const replies = await Promise.all(Object.values(paths).map((path) => stranger.get(path)));
    expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(at(replies[2]?.body, 'error', 'code')).toBe('AutoBackup.0003');
  });

  test('with the token of one project on the path of another', async () => {
    const { as } = await startCloud();
    const guest = await as('guest', ANALYTICS);
    const replies = await Promise.all(Object.values(paths).map((path) => guest.get(path)));
    expect(replies.map(({ status, body }) => [status, body])).toEqual([
      [403, { forbidden: { code: 403, message: expect.stringContaining('VolumeBackup.0042') } }],
      [403, { error: { code: 'VolumeBackup.0042', message: expect.any(String) } }],
      [403, { error: { code: 'AutoBackup.0213', message: expect.any(String) } }],
      [403, { error_code: 'VolumeBackup.0042', error_msg: expect.any(String), request_id: expect.any(String) }],
    ]);
  });

  test('on a path whose project id is none', async () => {
    const { as } = await startCloud();
    const owner = await as('owner', PAYMENTS);
    expect((await owner.get('/v2/not-an-id/os-vendor-backup-sharing/count')).status).toBe(400);
  });

  test('to a reader who would change something, while reading is allowed', async () => {
    const { as } = await startCloud();
    const reader = await as('reader', PAYMENTS);
    const shared = { backup_id: BACKUP, to_project_ids: [ANALYTICS] };
    const replies = [
      await reader.post('/v2/{p}/os-vendor-backup-sharing', { shared }),
      await reader.delete(`/v2/{p}/os-vendor-backup-sharing/${BACKUP}?is_backup_id=true`),
      await reader.delete(`/v3/{p}/backups/${BACKUP}`),
      await reader.post(`/v2/{p}/backuppolicy/${BACKUP}/action`),
      await reader.get('/v2/{p}/os-vendor-backup-sharing/count'),
    ];
    expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403, 200]);
  });

  test('where the path or the method is unknown', async () => {
    const { as } = await startCloud();
    const owner = await as('owner', PAYMENTS);
    const nowhere = await owner.get('/v2/{p}/nothing/here');
    expect([nowhere.status, at(nowhere.body, 'error_code')]).toEqual([404, 'APIG.0101']);
    const wrong = await owner.post('/v2/{p}/os-vendor-backup-sharing/count', {});
    expect([wrong.status, wrong.headers.get('Allow')]).toEqual([405, 'GET, DELETE']);
  });
});

test('a body of more than a megabyte is too large', async () => {
  expect((await askToken('x'.repeat(1_000_001))).status).toBe(413);
});

test('every answer names its request, natives in the header of OpenStack', async () => {
  const { sim, as } = await startCloud();
  const owner = await as('owner', PAYMENTS);
  const native = await owner.get(DETAIL);
  const sharing = await owner.get('/v2/{p}/os-vendor-backup-sharing/detail');
  const refused = await sendRaw(sim, '/v2/x');
  const ids = [
    native.headers.get('X-Openstack-Request-Id'),
    sharing.headers.get('X-Request-Id'),
    refused.headers.get('X-Request-Id'),
  ];
  expect(ids).toEqual(Array(3).fill(expect.stringMatching(/^req-[0-9a-f-]{36}$/)));
  expect(new Set(ids).size).toBe(3);
});

test('the log has every call with its outcome, and neither tokens nor passwords', async () => {
  const { sim, as } = await startCloud();
  const token = await tokenFor(sim, 'owner', PAYMENTS);
  await (await as('owner', PAYMENTS)).get('/v3/{p}/backups/detail?limit=1');
  const log = sim.log();
  expect(log.map(({ method, path, status, route, at: time }) => ({ method, path, status, route, time }))).toEqual([
    ...Array(2).fill({
      method: 'POST',
      path: '/v3/auth/tokens',
      status: 201,
      route: 'tokens.create',
      time: '2026-03-10T12:00:00.000Z',
    }),
    {
      method: 'GET',
      path: `/v3/${PAYMENTS}/backups/detail?limit=1`,
      status: 200,
      route: 'backups.list',
      time: '2026-03-10T12:00:00.000Z',
    },
  ]);
  expect(JSON.stringify(log)).not.toMatch(new RegExp(`${token.slice(0, 20)}|pw-owner`));
});
