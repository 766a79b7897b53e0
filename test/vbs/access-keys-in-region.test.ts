import { expect, test } from 'vitest';
import type { AccessKeyCredentials, VbsClientOptions } from '../../src/vbs/options.ts';
import { all, rejection } from './cloud.ts';
import { ids, key, type Region, region, temporaryKey } from './contract/region.ts';

const hour = 3_600_000;

/** A cloud whose time is that of its answers' `Date`. */
function regionOf(credentials: AccessKeyCredentials, options: Partial<VbsClientOptions> = {}): Promise<Region> {
  return region('v3', { ...options, credentials }, new Date());
}

test.each([
  ['a key', key],
  ['a temporary key', temporaryKey],
])('reads and writes are signed so that the cloud takes them: %s', async (_, credentials) => {
  const { sim, client } = await regionOf(credentials);
  await client.checkCredentials();
  expect(await all(client.backups.list({ nameContains: 'release' }))).toHaveLength(2);
  await client.sharings.share(ids.backup, [ids.analytics]);
  await client.policyTags.add(ids.nightly, { key: 'team', value: 'billing' });
  await client.policyTags.remove(ids.nightly, 'team');
  expect(await all(client.policies.byTag({ tagsAny: [{ key: 'env', values: ['prod', 'test'] }] }))).toHaveLength(2);
  expect(sim.log().map(({ status }) => status)).not.toContain(401);
  expect(sim.log().map(({ route }) => route)).not.toContain('tokens.create');
});

test('odd characters in paths and queries are signed as the cloud reads them', async () => {
  const { client } = await regionOf(key);
  for (const odd of ['a b', "it's", 'ä+ö', '(x)*!~', '100%', '%2f', 'a/b']) {
    expect(await rejection(client.policyTags.remove(ids.nightly, odd))).toMatchObject({ status: 404 });
    expect(await all(client.backups.list({ name: odd }))).toEqual([]);
  }
});

test('a clock that is wrong is put right by the cloud’s', async () => {
  const { sim, client } = await regionOf(key, { now: () => new Date(Date.now() - hour) });
  await client.policyTags.add(ids.nightly, { key: 'team', value: 'billing' });
  await client.policies.list();
  expect(sim.log().map(({ route, status }) => `${route} ${status}`)).toEqual([
    'tags.add 401',
    'tags.add 204',
    'policies.list 200',
  ]);
});

test.each([
  ['another secret', { ...key, secretKey: 'wrong' }],
  ['an unknown key', { ...key, accessKey: 'UNKNOWN' }],
  ['a temporary key without its token', { ...temporaryKey, securityToken: undefined }],
])('%s is refused once, with the remedy', async (_, credentials) => {
  const { sim, client } = await regionOf(credentials);
  expect(await rejection(client.checkCredentials())).toMatchObject({
    name: 'VbsAuthError',
    remedy: expect.stringContaining(`access key ${credentials.accessKey}`),
  });
  expect(sim.log()).toHaveLength(1);
});
