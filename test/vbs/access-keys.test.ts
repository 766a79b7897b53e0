import { inspect } from 'node:util';
import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { expect, test } from 'vitest';
import { VbsAuthError } from '../../src/vbs/errors.ts';
import type { AccessKeyCredentials } from '../../src/vbs/options.ts';
import type { ScriptedAnswer, SeenRequest } from '../support/http-server.ts';
import { type CloudScript, projectId, rejection, scriptedCloud, startOfTime, wireSharing } from './cloud.ts';

const credentials: AccessKeyCredentials = {
  kind: 'accessKey',
  accessKey: 'QTWAOYTTINDUT2QVKYUC',
  secretKey: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc',
};
const temporary: AccessKeyCredentials = { ...credentials, securityToken: 'gVjbi1ub3J0aC00jAAAAAABf' };
const shared = { json: { shared: [wireSharing('s-1')] } };
const expired = { status: 401, json: { error_code: 'APIGW.0301', error_msg: 'x-sdk-date is expired' } };
const minute = 60_000;

function cloud(script: CloudScript, key: AccessKeyCredentials = credentials) {
  return scriptedCloud(script, { options: { credentials: key } });
}

/** What the published signer makes of a request that came in. */
function expectedAuthorization({ method, path, query, headers, body }: SeenRequest): unknown {
  const names = ['content-type', 'x-project-id', 'x-security-token'].filter((name) => headers[name] !== undefined);
  const signed = AKSKSigner.sign(
    {
      endpoint: `http://${headers.host}${path}`,
      method,
      queryParams: Object.fromEntries(query),
      headers: {
        ...Object.fromEntries(names.map((name) => [name, headers[name]])),
        'X-Sdk-Date': headers['x-sdk-date'],
      },
      data: body === '' ? undefined : JSON.parse(body),
    },
    new BasicCredentials().withAk(credentials.accessKey).withSk(credentials.secretKey),
  );
  return Reflect.get(signed, 'Authorization');
}

/** Seconds since 1970 at which a request says it was signed. */
function signedAt(request: SeenRequest): number {
  const date = String(request.headers['x-sdk-date']);
  return Date.parse(date.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
}

/** A gateway that takes signatures of the last and the next 15 minutes by its own clock. */
function gateway(now: () => number): CloudScript {
  return (request): ScriptedAnswer => {
    const headers = { Date: new Date(now()).toUTCString() };
    return Math.abs(now() - signedAt(request)) > 15 * minute ? { ...expired, headers } : { ...shared, headers };
  };
}

test.each([
  ['a key', credentials],
  ['a temporary key', temporary],
])('what is sent with %s is signed as the published signer signs it, and asks for no token', async (_, key) => {
  const { client, server } = await cloud(() => shared, key);
  await client.sharings.page({ name: 'ä &=+', direction: 'in' }, { limit: 10, offset: 0 });
  await client.sharings.share('b-1', ['größe']);
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
    server.requests.map(expectedAuthorization),
  );
  expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
  const headers = server.requests[0]?.headers;
  expect(headers).toMatchObject({ 'x-project-id': projectId, 'x-sdk-date': '20260105T080000Z' });
  expect(headers).not.toHaveProperty('x-auth-token');
  expect(headers?.['x-security-token']).toBe(key.securityToken);
});

test.each([
  ['slow', 60],
  ['fast', -60],
])('a clock that is %s is put right by the server’s, once for all calls, writes too', async (_, minutes) => {
  const serverTime = startOfTime.getTime() + minutes * minute;
  const { client, calls } = await cloud(gateway(() => serverTime));
  await client.sharings.share('b-1', ['p-2']);
  expect(calls()).toHaveLength(2);
  await client.sharings.share('b-1', ['p-2']);
  await client.sharings.page({}, { limit: 1, offset: 0 });
  expect(calls()).toHaveLength(4);
});

test('a clock that is put right later is followed', async () => {
  const skew = { ms: 60 * minute };
  const { client, calls } = await cloud(gateway(() => startOfTime.getTime() + skew.ms));
  await client.sharings.share('b-1', ['p-2']);
  skew.ms = 0;
  await client.sharings.share('b-1', ['p-2']);
  await client.sharings.share('b-1', ['p-2']);
  expect(calls()).toHaveLength(5);
});

test('many calls at once with a wrong clock are each made again once', async () => {
  const serverTime = startOfTime.getTime() + 60 * minute;
  const { client, calls } = await cloud(gateway(() => serverTime));
  await Promise.all(Array.from({ length: 20 }, () => client.sharings.share('b-1', ['p-2'])));
  expect(calls().length).toBeLessThanOrEqual(40);
});

test('a signature that is refused at the right time is not made again, and the remedy is told', async () => {
  const { client, calls } = await cloud(
    () => ({ ...expired, headers: { Date: startOfTime.toUTCString() } }),
    temporary,
  );
  const error = await rejection(client.sharings.share('b-1', ['p-2']));
  expect(error).toBeInstanceOf(VbsAuthError);
  expect(error).toMatchObject({
    operation: 'shareBackup',
    status: 401,
    effect: 'none',
    remedy:
      'Check the credentials of payments in the settings: access key QTWAOYTTINDUT2QVKYUC, its secret key, that its security token has not ended, the project id, and that the key is enabled and its user has a role in the project.',
  });
  expect(calls()).toHaveLength(1);
});

test('a server whose clock can’t be followed is asked twice and no more', async () => {
  const { client, calls } = await cloud((_, nth) => ({
    ...expired,
    headers: { Date: new Date(startOfTime.getTime() + nth * 60 * minute).toUTCString() },
  }));
  expect(await rejection(client.sharings.share('b-1', ['p-2']))).toBeInstanceOf(VbsAuthError);
  expect(calls()).toHaveLength(2);
});

test('each try of a read is signed anew', async () => {
  const { client, server, clock } = await cloud((_, nth) => {
    clock.now = new Date(clock.now.getTime() + 10_000);
    return nth === 1 ? { status: 503 } : shared;
  });
  await client.sharings.page({}, { limit: 1, offset: 0 });
  expect(server.requests.map(({ headers }) => headers['x-sdk-date'])).toEqual(['20260105T080000Z', '20260105T080010Z']);
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
    server.requests.map(expectedAuthorization),
  );
});

test('the credentials are checked by a read', async () => {
  const { client, calls, tokenRequests } = await cloud(() => ({ json: { backup_policies: [] } }));
  await client.checkCredentials();
  expect([calls(), tokenRequests()]).toEqual([[`GET /v2/${projectId}/backuppolicy`], 0]);
});

test('neither key nor token nor signature gets into an error, though the gateway echoes them', async () => {
  const { client, server } = await cloud((request) => {
    const echo = `${temporary.secretKey} ${temporary.securityToken} ${request.headers.authorization}`;
    return { status: 401, json: { error_code: 'APIGW.0301', error_msg: echo.slice(0, 280) } };
  }, temporary);
  const shown = inspect(await rejection(client.policies.list()), { depth: Infinity, showHidden: true });
  const signature = server.requests[0]?.headers.authorization?.split('Signature=')[1] ?? 'none';
  for (const secret of [temporary.secretKey, temporary.securityToken, signature]) expect(shown).not.toContain(secret);
  expect(shown).toContain('[secret]');
});
