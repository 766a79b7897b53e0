import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { describe, expect, test } from 'vitest';
import { ANALYTICS, at, DISK, PAYMENTS, sendRaw, smallSeed, startCloud } from './cloud.ts';

const KEY = { accessKey: 'AKOWNER', secretKey: 'secret of the owner' };
const TEMPORARY = { accessKey: 'AKTEMP', secretKey: 'secret for an hour', securityToken: 'token-for-an-hour' };
const READER = { accessKey: 'AKREADER', secretKey: 'secret of the reader' };

interface Key {
  accessKey: string;
  secretKey: string;
  securityToken?: string;
}

interface Asked {
  method?: string;
  path?: string;
  query?: Record<string, string | string[]>;
  body?: unknown;
  key?: Key;
  headers?: Record<string, string>;
  /** What is sent other than what was signed. */
  sent?: { path?: string; body?: string; headers?: Record<string, string | null> };
}

async function signedCloud() {
  const seed = smallSeed();
  const keys = new Map([
    ['owner', [KEY, TEMPORARY]],
    ['reader', [READER]],
  ]);
  const users = (seed.users ?? []).map((user) => ({ ...user, accessKeys: keys.get(user.name) ?? [] }));
  const cloud = await startCloud({ seed: { ...seed, users } });
  const send = (asked: Asked = {}) => {
    const key: Key = asked.key ?? KEY;
    const { method = 'GET', path = `/v2/${PAYMENTS}/backuppolicy`, query = {}, body, sent = {} } = asked;
    const given = {
      'X-Sdk-Date': '20260310T120000Z',
      'X-Project-Id': PAYMENTS,
      ...(key.securityToken === undefined ? {} : { 'X-Security-Token': key.securityToken }),
      ...asked.headers,
    };
    const endpoint = `${cloud.sim.url}${path}`;
    const request = {
      endpoint,
      method,
      url: path,
      headers: { ...given },
      queryParams: structuredClone(query),
      data: body,
    };
    const credential = new BasicCredentials().withAk(key.accessKey).withSk(key.secretKey);
    const signed = new Map<string, string>(Object.entries(AKSKSigner.sign(request, credential)));
    signed.delete('host');
    for (const [name, value] of Object.entries(sent.headers ?? {}))
      if (value === null) signed.delete(name);
      else signed.set(name, value);
    const text = sent.body ?? (body === undefined ? undefined : JSON.stringify(body));
    return sendRaw(cloud.sim, sent.path ?? `${path}${queryText(query)}`, {
      method,
      headers: Object.fromEntries(signed),
      ...(text === undefined ? {} : { body: text }),
    });
  };
  return { ...cloud, send };
}

function queryText(query: Record<string, string | string[]>): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

describe('a request that the published signer signed', () => {
  test.each<[string, Asked]>([
    ['reads', {}],
    [
      'reads with a query, in any order',
      { path: `/v3/${PAYMENTS}/backups/detail`, query: { name: 'é +&=', limit: '3' } },
    ],
    ['reads with empty and repeated keys', { query: { b: ['2', '1'], a: '', c: "!'()*~" } }],
    ['changes with a body that is not plain', shareOf('x-é-✓')],
    ['comes with a temporary key', { key: TEMPORARY }],
    ['is a quarter of an hour old', { headers: { 'X-Sdk-Date': '20260310T114500Z' } }],
    ['is a quarter of an hour ahead', { headers: { 'X-Sdk-Date': '20260310T121500Z' } }],
  ])('%s', async (_, asked) => {
    const { send } = await signedCloud();
    expect((await send(asked)).status).toBe(200);
  });

  test('reads as a reader, who may change nothing', async () => {
    const { send } = await signedCloud();
    expect((await send({ key: READER })).status).toBe(200);
    const reply = await send({ key: READER, ...shareOf('x') });
    expect([reply.status, at(reply.body, 'error', 'code')]).toEqual([403, 'VolumeBackup.0042']);
  });
});

function shareOf(note: string): Asked {
  const backup = { volume_id: DISK, name: 'signed', description: note };
  return { method: 'POST', path: `/v2/${PAYMENTS}/cloudbackups`, body: { backup } };
}

describe('a request that is signed otherwise', () => {
  test.each<[string, Asked, string]>([
    ['by another secret', { key: { ...KEY, secretKey: 'wrong' } }, 'verify aksk signature fail'],
    ['by a key that nobody has', { key: { ...KEY, accessKey: 'AKNOBODY' } }, 'there is no such access key'],
    ['more than a quarter of an hour ago', { headers: { 'X-Sdk-Date': '20260310T114459Z' } }, 'more than 15 minutes'],
    [
      'for later than in a quarter of an hour',
      { headers: { 'X-Sdk-Date': '20260310T121501Z' } },
      'more than 15 minutes',
    ],
    ['of another query', { query: { limit: '1' }, sent: { path: `/v2/${PAYMENTS}/backuppolicy?limit=2` } }, 'verify'],
    ['of another path', { sent: { path: `/v2/${PAYMENTS}/backuppolicy/tags` } }, 'verify'],
    ['of another body', { ...shareOf('x'), sent: { body: JSON.stringify(shareOf('y').body) } }, 'verify'],
    ['of another date', { sent: { headers: { 'X-Sdk-Date': '20260310T120001Z' } } }, 'verify'],
    ['with a date that is none', { sent: { headers: { 'X-Sdk-Date': '20261310T120000Z' } } }, 'not of the form'],
    [
      'with a header that is not sent',
      { headers: { 'X-Extra': '1' }, sent: { headers: { 'X-Extra': null } } },
      'verify',
    ],
    ['without a project', { sent: { headers: { 'X-Project-Id': '' } } }, 'verify'],
    ['with a security token of a permanent key', { key: { ...KEY, securityToken: 'x' } }, 'X-Security-Token'],
    ['with another security token', { key: { ...TEMPORARY, securityToken: 'x' } }, 'X-Security-Token'],
    [
      'without its security token',
      { key: { ...KEY, accessKey: 'AKTEMP', secretKey: TEMPORARY.secretKey } },
      'X-Security-Token',
    ],
    ['in a header of another form', { sent: { headers: { Authorization: 'SDK-HMAC-SHA256 Access=AKOWNER' } } }, 'form'],
    [
      'with headers out of order',
      {
        sent: {
          headers: {
            Authorization: `SDK-HMAC-SHA256 Access=A, SignedHeaders=x-sdk-date;host, Signature=${'0'.repeat(64)}`,
          },
        },
      },
      'form',
    ],
    [
      'without its date',
      {
        sent: {
          headers: { Authorization: `SDK-HMAC-SHA256 Access=A, SignedHeaders=host, Signature=${'0'.repeat(64)}` },
        },
      },
      'X-Sdk-Date is not signed',
    ],
  ])('%s is refused by the gateway', async (_, asked, why) => {
    const { send } = await signedCloud();
    const reply = await send(asked);
    expect([reply.status, reply.body]).toEqual([
      401,
      {
        error_code: 'APIG.0301',
        error_msg: expect.stringMatching(new RegExp(`^Incorrect IAM authentication information: .*${why}`)),
        request_id: reply.headers.get('X-Request-Id'),
      },
    ]);
  });

  test('for another project than the path’s, or one where the user has no role, is refused by the service', async () => {
    const { send } = await signedCloud();
    const elsewhere = { 'X-Project-Id': ANALYTICS };
    const replies = [
      await send({ headers: elsewhere }),
      await send({ headers: elsewhere, path: `/v2/${ANALYTICS}/backuppolicy` }),
    ];
    expect(replies.map(({ status, body }) => [status, at(body, 'error', 'code')])).toEqual(
      Array(2).fill([403, 'AutoBackup.0213']),
    );
  });

  test('is refused beside a good token too', async () => {
    const { as, send } = await signedCloud();
    const { token } = await as('owner', PAYMENTS);
    const reply = await send({ key: { ...KEY, secretKey: 'wrong' }, headers: { 'X-Auth-Token': token } });
    expect(reply.status).toBe(401);
  });
});

test('a path is signed as the text that it stands for, however it is encoded', async () => {
  const { send } = await signedCloud();
  const signed = `/v3/${PAYMENTS}/backups/a!b`;
  const sent = [signed, `/v3/${PAYMENTS}/backups/a%21%62`, `/v3/${PAYMENTS}/backups/a!c`];
  const statuses = [];
  for (const path of sent) statuses.push((await send({ path: signed, sent: { path } })).status);
  expect(statuses).toEqual([404, 404, 401]);
});

test('two users cannot have the same access key', async () => {
  const { sim } = await signedCloud();
  const user = { name: 'second', password: 'x', roles: {}, accessKeys: [KEY] };
  expect(() => sim.plant({ users: [user] })).toThrow('two users have the access key AKOWNER');
});
