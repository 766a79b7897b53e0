import { expect, onTestFinished, test } from 'vitest';
import { createLogins, type Logins } from '../../src/vbs/auth/logins.ts';
import { createVbsClient, type VbsClient } from '../../src/vbs/client.ts';
import { VbsApiError, VbsAuthError } from '../../src/vbs/errors.ts';
import { type ScriptedAnswer, startHttpServer } from '../support/http-server.ts';
import { rejection, scriptedCloud, startOfTime, tokenAnswer } from './cloud.ts';

const policies = { json: { backup_policies: [] } };
const wrongPassword = {
  status: 401,
  headers: { 'X-Request-Id': 'req-login' },
  json: { error: { code: 401, message: 'The username or password is wrong.', title: 'Unauthorized' } },
};
const minute = 60_000;
const afterMinutes = (minutes: number) => new Date(startOfTime.getTime() + minutes * minute);

test('a login that the cloud refuses is tried again after 1, 2, 4, … up to 30 minutes, however often it is asked', async () => {
  const { client, clock, tokenRequests, calls } = await scriptedCloud(() => policies, { token: () => wrongPassword });
  const triedAt: number[] = [];
  for (let minutes = 0; minutes <= 100; minutes += 0.5) {
    clock.now = afterMinutes(minutes);
    const before = tokenRequests();
    await rejection(client.policies.list());
    await rejection(client.checkCredentials());
    if (tokenRequests() > before) triedAt.push(minutes);
  }
  expect(triedAt).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
  expect([tokenRequests(), calls()]).toEqual([8, []]);
});

test('meanwhile a call fails at once as the login did, and tells when the next is tried', async () => {
  const { client, clock, tokenRequests, events } = await scriptedCloud(() => policies, { token: () => wrongPassword });
  const first = await rejection(client.policies.list());
  clock.now = afterMinutes(0.9);
  const second = await rejection(client.sharings.share('b-1', ['p-2']));
  for (const error of [first, second]) {
    expect(error).toBeInstanceOf(VbsAuthError);
    expect(error).toMatchObject({
      operation: 'getToken',
      status: 401,
      effect: 'none',
      requestId: 'req-login',
      remedy: expect.stringMatching(/^Check the credentials of payments /),
      nextTryAt: afterMinutes(1),
      message: expect.stringMatching(/The next login is tried after 2026-01-05T08:01:00\.000Z\.$/),
      cause: expect.any(VbsApiError),
    });
  }
  expect([tokenRequests(), events.filter(({ operation }) => operation === 'getToken').length]).toEqual([1, 1]);
});

test('fifty calls at once try one login', async () => {
  const { client, tokenRequests } = await scriptedCloud(() => policies, { token: () => wrongPassword });
  await Promise.all(Array.from({ length: 50 }, () => rejection(client.policies.list())));
  expect(tokenRequests()).toBe(1);
});

test('after a login that goes well the waits begin anew', async () => {
  const { client, clock, tokenRequests } = await scriptedCloud(() => ({ status: 401 }), {
    token: (nth, { now }) => (nth === 3 ? tokenAnswer('t', new Date(now.getTime() + minute)) : wrongPassword),
  });
  for (const minutes of [0, 1, 3, 3.5]) {
    clock.now = afterMinutes(minutes);
    await rejection(client.policies.list());
  }
  clock.now = afterMinutes(4.5);
  expect(await rejection(client.policies.list())).toMatchObject({ nextTryAt: afterMinutes(6.5) });
  expect(tokenRequests()).toBe(5);
});

test.each([
  ['that fails', { status: 503 }],
  ['that limits the rate', { status: 429 }],
  ['that is not there', { status: 404 }],
  ['that cuts the connection', { cut: 'at once' } as const],
])('an identity service %s holds nothing back', async (_, answer) => {
  const { client, tokenRequests } = await scriptedCloud(() => policies, { token: () => answer });
  await rejection(client.policies.list());
  const before = tokenRequests();
  await rejection(client.policies.list());
  expect(tokenRequests()).toBe(2 * before);
});

test('a renewal that is refused leaves the token that still holds, until its end or a 401', async () => {
  const revoked = new Set<string>();
  const { client, clock, tokenRequests } = await scriptedCloud(
    ({ headers }) => (revoked.has(String(headers['x-auth-token'])) ? { status: 401 } : policies),
    { token: (nth, { now }) => (nth === 1 ? tokenAnswer('t', new Date(now.getTime() + 60 * minute)) : wrongPassword) },
  );
  await client.policies.list();
  clock.now = afterMinutes(56);
  expect(await client.policies.list()).toEqual([]);
  expect(await client.policies.list()).toEqual([]);
  expect(tokenRequests()).toBe(2);
  revoked.add('t');
  expect(await rejection(client.policies.list())).toMatchObject({ name: 'VbsAuthError', nextTryAt: afterMinutes(57) });
  expect(tokenRequests()).toBe(2);
});

test('a clock that is put back does not keep the bot out', async () => {
  const { client, clock, tokenRequests } = await scriptedCloud(() => policies, {
    token: (nth, { now }) => (nth === 1 ? wrongPassword : tokenAnswer('t', new Date(now.getTime() + 60 * minute))),
  });
  await rejection(client.policies.list());
  clock.now = afterMinutes(-24 * 60);
  expect(await client.policies.list()).toEqual([]);
  expect(tokenRequests()).toBe(2);
});

/** Clients of several projects with one user; `login` answers for a project's id. */
async function projectsOfOneUser(ids: readonly string[], login: (id: string) => ScriptedAnswer) {
  const clock = { now: startOfTime };
  const tried: string[] = [];
  const server = await startHttpServer(({ path, body }) => {
    if (path !== '/v3/auth/tokens') return policies;
    const id: string = JSON.parse(body).auth.scope.project.id;
    tried.push(id);
    return login(id);
  });
  const clientWith = (id: string, logins: Logins): VbsClient =>
    createVbsClient({
      project: { id, name: id },
      endpoints: { iam: server.url, vbs: server.url },
      credentials: { kind: 'password', user: 'bot', password: 'secret', domain: 'acme' },
      logins,
      now: () => clock.now,
    });
  const logins = createLogins();
  const clients = new Map(ids.map((id) => [id, clientWith(id, logins)]));
  onTestFinished(async () => {
    await Promise.all([...clients.values()].map((client) => client.close()));
    await server.close();
  });
  const sweep = async (minutes: number) => {
    clock.now = afterMinutes(minutes);
    const work = [...clients].map(([id, client]) =>
      client.policies.list().then(
        () => id,
        () => undefined,
      ),
    );
    return (await Promise.all(work)).filter((id) => id !== undefined);
  };
  return { sweep, tried, clock };
}

test('projects of one user share its tries, in turn', async () => {
  const { sweep, tried } = await projectsOfOneUser(['p-1', 'p-2', 'p-3'], () => wrongPassword);
  for (let minutes = 0; minutes <= 15; minutes += 0.5) await sweep(minutes);
  expect(tried).toEqual(['p-1', 'p-2', 'p-1', 'p-2', 'p-1']);
});

test('a project that is refused where others were let in before holds none of them back', async () => {
  const { sweep, tried, clock } = await projectsOfOneUser(['p-1', 'p-3', 'no-role'], (id) =>
    id === 'no-role' ? wrongPassword : tokenAnswer(id, new Date(clock.now.getTime() + 60 * minute)),
  );
  for (let minutes = 0; minutes <= 300; minutes++) expect(await sweep(minutes)).toEqual(['p-1', 'p-3']);
  expect(tried.filter((id) => id === 'no-role').length).toBeLessThan(20);
});

test('a project in which the user has no role holds the others back for a minute at most', async () => {
  const { sweep, tried, clock } = await projectsOfOneUser(['no-role', 'p-2', 'p-3'], (id) =>
    id === 'no-role' ? wrongPassword : tokenAnswer(id, new Date(clock.now.getTime() + 60 * minute)),
  );
  expect(await sweep(0)).toEqual([]);
  expect(await sweep(1)).toEqual(['p-2', 'p-3']);
  for (let minutes = 2; minutes <= 120; minutes++) expect(await sweep(minutes)).toEqual(['p-2', 'p-3']);
  expect(tried.filter((id) => id === 'no-role').length).toBeLessThan(10);
});
