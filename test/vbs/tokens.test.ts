import { expect, test } from 'vitest';
import { VbsAborted, VbsApiError, VbsAuthError, VbsSchemaError } from '../../src/vbs/errors.ts';
import { gate, password, projectId, rejection, scriptedCloud, tokenAnswer, wireSharing } from './cloud.ts';

const found = { json: { shared: wireSharing('s-1') } };
const policies = { json: { backup_policies: [] } };
const unauthorized = { status: 401, json: { error: { code: 401, message: 'Expired.', title: 'Unauthorized' } } };
const hour = 3_600_000;

test('a token is asked for as Keystone v3 has it, and sent with the call', async () => {
  const { client, server } = await scriptedCloud(() => policies);
  await client.policies.list();
  const [request, call] = server.requests;
  expect(JSON.parse(request?.body ?? '')).toEqual({
    auth: {
      identity: {
        methods: ['password'],
        password: { user: { name: 'bot', password, domain: { name: 'acme' } } },
      },
      scope: { project: { id: projectId } },
    },
  });
  expect(request?.headers).not.toHaveProperty('x-auth-token');
  expect(call?.headers).toMatchObject({ 'x-auth-token': 'token-1', accept: 'application/json' });
});

test('fifty calls at once ask for one token', async () => {
  const { client, tokenRequests, calls } = await scriptedCloud(() => found);
  await Promise.all(Array.from({ length: 50 }, () => client.sharings.get('s-1')));
  expect([tokenRequests(), calls().length]).toEqual([1, 50]);
});

test('fifty calls whose token was revoked ask for one more, and none of them fails', async () => {
  const { client, tokenRequests } = await scriptedCloud((request) =>
    request.headers['x-auth-token'] === 'token-1' ? unauthorized : found,
  );
  await client.checkCredentials();
  await Promise.all(Array.from({ length: 50 }, () => client.sharings.get('s-1')));
  expect(tokenRequests()).toBe(2);
});

test('a token is kept to nearly its end, and renewed before it', async () => {
  const { client, tokenRequests, clock, server } = await scriptedCloud(() => policies, {
    token: (nth, { now }) => tokenAnswer(`token-${nth}`, new Date(now.getTime() + hour)),
  });
  const begin = clock.now.getTime();
  await client.policies.list();
  clock.now = new Date(begin + 0.9 * hour);
  await client.policies.list();
  expect(tokenRequests()).toBe(1);
  clock.now = new Date(begin + 0.95 * hour);
  await client.policies.list();
  expect(tokenRequests()).toBe(2);
  expect(server.requests.at(-1)?.headers['x-auth-token']).toBe('token-2');
});

test('while a token is renewed, the one that still holds serves all others', async () => {
  const asked = gate();
  const answered = gate();
  const { client, clock, server } = await scriptedCloud(() => policies, {
    token: async (nth, { now }) => {
      if (nth === 2) {
        asked.open();
        await answered.opened;
      }
      return tokenAnswer(`token-${nth}`, new Date(now.getTime() + hour));
    },
  });
  await client.policies.list();
  clock.now = new Date(clock.now.getTime() + 0.95 * hour);
  const first = client.policies.list();
  await asked.opened;
  await client.policies.list();
  expect(server.requests.at(-1)?.headers['x-auth-token']).toBe('token-1');
  answered.open();
  await first;
  expect(server.requests.at(-1)?.headers['x-auth-token']).toBe('token-2');
});

test('a token that lasts a minute is not taken for one that lasts a day', async () => {
  const { client, tokenRequests, clock } = await scriptedCloud(() => policies, {
    token: (nth, { now }) => tokenAnswer(`token-${nth}`, new Date(now.getTime() + 60_000)),
  });
  await client.policies.list();
  clock.now = new Date(clock.now.getTime() + 59_000);
  await client.policies.list();
  expect(tokenRequests()).toBe(2);
});

test('a clock that goes wrong does not ask for a token with each call', async () => {
  const { client, tokenRequests } = await scriptedCloud(() => policies, {
    token: (nth, { now }) => tokenAnswer(`token-${nth}`, new Date(now.getTime() - hour)),
  });
  for (let call = 0; call < 10; call++) await client.policies.list();
  expect(tokenRequests()).toBe(1);
});

test('a write that was refused with 401 did nothing, and is made again with a new token', async () => {
  const { client, calls, server } = await scriptedCloud((request) =>
    request.headers['x-auth-token'] === 'token-1' ? unauthorized : { json: { shared: [wireSharing('s-1')] } },
  );
  await client.sharings.share('b-1', ['p-2']);
  expect(calls()).toHaveLength(2);
  expect(server.requests.map((request) => request.headers['x-auth-token'])).toEqual([
    undefined,
    'token-1',
    undefined,
    'token-2',
  ]);
});

test('a token may be longer than the headers that Node takes by itself', async () => {
  const { client, tokenRequests } = await scriptedCloud(() => policies, {
    token: (_, { now }) => tokenAnswer('x'.repeat(40_000), new Date(now.getTime() + hour)),
  });
  await client.checkCredentials();
  expect(tokenRequests()).toBe(1);
});

test('a second 401 names the project and the remedy', async () => {
  const { client, calls, tokenRequests } = await scriptedCloud(() => unauthorized);
  const error = await rejection(client.sharings.share('b-1', ['p-2']));
  expect(error).toBeInstanceOf(VbsAuthError);
  expect(error).toMatchObject({
    operation: 'shareBackup',
    project: 'payments',
    effect: 'none',
    remedy: expect.stringContaining('Check the credentials of payments in the settings'),
    cause: expect.any(VbsApiError),
  });
  expect([calls().length, tokenRequests()]).toEqual([2, 2]);
});

test('a late 401 of an old token does not throw away the new one', async () => {
  const late = gate();
  const { client, tokenRequests } = await scriptedCloud(async (request, nth) => {
    if (request.headers['x-auth-token'] !== 'token-1') return found;
    if (nth === 1) await late.opened;
    return unauthorized;
  });
  await client.checkCredentials();
  const slow = client.sharings.get('s-1');
  await client.sharings.get('s-2');
  late.open();
  await slow;
  await client.sharings.get('s-3');
  expect(tokenRequests()).toBe(2);
});

test('a token request gets over failures of the server and of the network', async () => {
  const { client, tokenRequests, slept } = await scriptedCloud(() => policies, {
    token: (nth, { now }) => {
      if (nth === 1) return { status: 503 };
      if (nth === 2) return { cut: 'at once' };
      return tokenAnswer('token-3', new Date(now.getTime() + hour));
    },
  });
  await client.policies.list();
  expect([tokenRequests(), slept]).toEqual([3, [250, 500]]);
});

test('a token request that fails to the end is not begun anew by the call that waited for it', async () => {
  const { client, tokenRequests, calls } = await scriptedCloud(() => policies, { token: () => ({ status: 503 }) });
  expect(await rejection(client.sharings.share('b-1', ['p-2']))).toMatchObject({
    operation: 'getToken',
    status: 503,
    effect: 'none',
  });
  expect([tokenRequests(), calls()]).toEqual([4, []]);
});

test('after a failure the next call asks again', async () => {
  const { client } = await scriptedCloud(() => policies, {
    token: (nth, { now }) => (nth <= 4 ? { status: 503 } : tokenAnswer('token', new Date(now.getTime() + hour))),
  });
  await rejection(client.policies.list());
  expect(await client.policies.list()).toEqual([]);
});

test.each([400, 401, 403, 404])('credentials refused with %i are not tried again', async (status) => {
  const { client, tokenRequests } = await scriptedCloud(() => policies, { token: () => ({ status }) });
  const error = await rejection(client.checkCredentials());
  expect(error).toBeInstanceOf(VbsAuthError);
  expect(error).toMatchObject({
    // Where nothing is, the address is what to look at first.
    remedy: expect.stringMatching(status === 404 ? /^Check endpoints\.iam of payments / : /^Check the credentials of /),
  });
  expect(tokenRequests()).toBe(1);
});

test('while the identity service is down, a token that still holds is used', async () => {
  const { client, clock, tokenRequests } = await scriptedCloud(() => policies, {
    token: (nth, { now }) =>
      nth === 1 ? tokenAnswer('token-1', new Date(now.getTime() + hour)) : { status: 503, text: 'down' },
  });
  const begin = clock.now.getTime();
  await client.policies.list();
  clock.now = new Date(begin + 0.95 * hour);
  expect(await client.policies.list()).toEqual([]);
  expect(tokenRequests()).toBe(5);
  expect(await client.policies.list()).toEqual([]);
  expect(tokenRequests()).toBe(5);
  clock.now = new Date(begin + hour);
  expect(await rejection(client.policies.list())).toMatchObject({ operation: 'getToken', status: 503 });
});

test.each([
  ['X-Subject-Token', { status: 201, json: { token: { expires_at: '2026-02-01T00:00:00Z' } } }],
  ['token.expires_at', { status: 201, headers: { 'X-Subject-Token': 't' }, json: { token: {} } }],
  ['token.expires_at', { status: 201, headers: { 'X-Subject-Token': 't' }, json: { token: { expires_at: 'never' } } }],
])('a token answer without %s says so', async (field, answer) => {
  const { client } = await scriptedCloud(() => policies, { token: () => answer });
  const error = await rejection(client.policies.list());
  expect(error).toBeInstanceOf(VbsSchemaError);
  expect(error).toMatchObject({
    field,
    operation: 'getToken',
    effect: 'none',
    message: expect.stringMatching(new RegExp(`→ 201, but in the answer ${field} is (missing|no time)$`)),
  });
});

test('one who gives up waiting for a token leaves it to the others', async () => {
  const asked = gate();
  const answered = gate();
  const { client, tokenRequests } = await scriptedCloud(() => policies, {
    token: async (nth, { now }) => {
      asked.open();
      await answered.opened;
      return tokenAnswer(`token-${nth}`, new Date(now.getTime() + hour));
    },
  });
  const giveUp = new AbortController();
  const impatient = [
    rejection(client.policies.list({ signal: giveUp.signal })),
    rejection(client.checkCredentials({ signal: giveUp.signal })),
  ];
  const patient = client.policies.list();
  await asked.opened;
  giveUp.abort(new Error('enough'));
  for (const error of await Promise.all(impatient)) {
    expect(error).toBeInstanceOf(VbsAborted);
    expect(error).toMatchObject({ effect: 'none', cause: new Error('enough') });
  }
  answered.open();
  expect(await patient).toEqual([]);
  expect(tokenRequests()).toBe(1);
});
