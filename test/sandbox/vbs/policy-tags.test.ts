import { describe, expect, test } from 'vitest';
import { refusal } from './changing-backups.ts';
import { ANALYTICS, each, PAYMENTS, POLICY, UNKNOWN } from './cloud.ts';
import { POLICIES, policyCloud } from './policy-cloud.ts';

const TAGS = `${POLICIES}/${POLICY}/tags`;
const BY_TAG = `${POLICIES}/resource_instances/action`;

async function tagCloud(tags: [string, string][] = []) {
  const cloud = await policyCloud();
  const plant = (name: string, given: [string, string][]) =>
    cloud.sim.plant({
      policies: [
        { name, project: 'payments', startTimes: ['03:00'], tags: given.map(([key, value]) => ({ key, value })) },
      ],
    });
  for (const [key, value] of tags) await cloud.client.post(TAGS, { tag: { key, value } });
  const list = async () => (await cloud.client.get(TAGS)).body;
  return { ...cloud, list, plant };
}

const tagged = (...tags: [string, string][]) => ({ tags: tags.map(([key, value]) => ({ key, value })) });

describe('the tags of a policy', () => {
  test('are added, changed by adding again, listed and removed', async () => {
    const { client, list } = await tagCloud();
    const reply = await client.post(TAGS, { tag: { key: 'team', value: 'a' } });
    expect([reply.status, reply.text]).toEqual([204, '']);
    await client.post(TAGS, { tag: { key: 'empty', value: '' } });
    await client.post(TAGS, { tag: { key: 'team', value: 'b' } });
    expect(await list()).toEqual(tagged(['team', 'b'], ['empty', '']));
    const removed = await client.delete(`${TAGS}/team`);
    expect([removed.status, removed.text]).toEqual([204, '']);
    expect(await list()).toEqual(tagged(['empty', '']));
  });

  test.each(['nothing', '..%2f', 'a%20b'])('without the key %s have none to remove', async (key) => {
    const { client } = await tagCloud([['team', 'a']]);
    expect(refusal(await client.delete(`${TAGS}/${key}`))).toEqual([404, 'AutoBackup.0216']);
  });

  test.each([
    [{}, '0001'],
    [{ tag: {} }, '0214'],
    [{ tag: { key: '', value: 'v' } }, '0214'],
    [{ tag: { key: 'k'.repeat(37), value: 'v' } }, '0214'],
    [{ tag: { key: 'é', value: 'v' } }, '0214'],
    [{ tag: { key: 'k' } }, '0214'],
    [{ tag: { key: 'k', value: 'v'.repeat(44) } }, '0214'],
    [{ tag: { key: 'k', value: 'a b' } }, '0214'],
    [{ tag: { key: 'k', value: '<' } }, '0221'],
  ])('take no tag like %j', async (body, code) => {
    const { client, list } = await tagCloud();
    expect(refusal(await client.post(TAGS, body))).toEqual([400, `AutoBackup.${code}`]);
    expect(await list()).toEqual({ tags: [] });
  });

  test('are ten at most, in each way of adding', async () => {
    const { client, list } = await tagCloud(Array.from({ length: 10 }, (_, n) => [`k${n}`, '']));
    const tag = { key: 'k', value: 'v' };
    expect(refusal(await client.post(TAGS, { tag }))).toEqual([400, 'AutoBackup.0215']);
    for (const action of ['create', 'update'])
      expect(refusal(await client.post(`${TAGS}/action`, { action, tags: [tag] }))).toEqual([400, 'AutoBackup.0215']);
    expect((await client.post(TAGS, { tag: { key: 'k0', value: 'v' } })).status).toBe(204);
    expect(each(await list(), 'tags', 'key')).toHaveLength(10);
  });

  test('are made, changed and removed many at once', async () => {
    const { client, list } = await tagCloud([['team', 'a']]);
    const batch = async (action: string, ...tags: [string, string][]) =>
      (await client.post(`${TAGS}/action`, { action, ...tagged(...tags) })).status;
    expect(await batch('create', ['team', 'b'], ['stage', 'test'])).toBe(204);
    expect(await list()).toEqual(tagged(['team', 'a'], ['stage', 'test']));
    expect(await batch('update', ['team', 'b'], ['cost', '7'])).toBe(204);
    expect(await list()).toEqual(tagged(['team', 'b'], ['stage', 'test'], ['cost', '7']));
    expect(await batch('delete', ['team', 'other'], ['stage', 'test'], ['nothing', ''])).toBe(204);
    await client.post(`${TAGS}/action`, { action: 'delete', tags: [{ key: 'cost' }] });
    expect(await list()).toEqual(tagged(['team', 'b']));
  });

  test.each([
    ['an action that is none', { action: 'Create', tags: [] }, '0222'],
    ['a tag twice', { action: 'create', ...tagged(['k', '1'], ['k', '2']) }, '0214'],
    ['a tag without a value', { action: 'update', tags: [{ key: 'k' }] }, '0214'],
    ['a removal without a key', { action: 'delete', tags: [{ key: '' }] }, '0214'],
    ['a removal of more than 127', { action: 'delete', tags: [{ key: 'k'.repeat(128) }] }, '0214'],
  ])('are not touched by %s', async (_, body, code) => {
    const { client, list } = await tagCloud([['team', 'a']]);
    expect(refusal(await client.post(`${TAGS}/action`, body))).toEqual([400, `AutoBackup.${code}`]);
    expect(await list()).toEqual(tagged(['team', 'a']));
  });

  test('of all policies are listed with their values, each once', async () => {
    const { client, plant } = await tagCloud([['team', 'b']]);
    plant('second', [
      ['team', 'a'],
      ['stage', 'test'],
    ]);
    plant('third', [['team', 'a']]);
    expect((await client.get(`${POLICIES}/tags`)).body).toEqual({
      tags: [
        { key: 'stage', values: ['test'] },
        { key: 'team', values: ['a', 'b'] },
      ],
    });
  });

  test('belong to the project, and a reader only reads them', async () => {
    const { as, client } = await tagCloud([['team', 'a']]);
    const [guest, reader] = [await as('guest', ANALYTICS), await as('reader', PAYMENTS)];
    expect((await guest.get(`${POLICIES}/tags`)).body).toEqual({ tags: [] });
    expect(refusal(await guest.get(TAGS))).toEqual([404, 'AutoBackup.1100']);
    expect(refusal(await client.get(`${POLICIES}/${UNKNOWN}/tags`))).toEqual([404, 'AutoBackup.1100']);
    expect((await reader.get(TAGS)).status).toBe(200);
    expect(refusal(await reader.delete(`${TAGS}/team`))).toEqual([403, 'AutoBackup.0213']);
  });
});

describe('policies by tag', () => {
  const wanted = (key: string, ...values: string[]) => ({ key, values });

  async function byTag() {
    const cloud = await tagCloud([['team', 'a']]);
    cloud.plant('second', [
      ['team', 'b'],
      ['stage', 'test'],
    ]);
    cloud.plant('third', [['stage', 'live']]);
    const ask = (body: object) => cloud.client.post(BY_TAG, { action: 'filter', ...body });
    return { ...cloud, ask };
  }

  test.each([
    [{}, ['nightly', 'second', 'third']],
    [{ tags: [wanted('team', 'a', 'b')] }, ['nightly', 'second']],
    [{ tags: [wanted('team', 'a', 'b'), wanted('stage')] }, ['second']],
    [{ tags: [] }, ['nightly', 'second', 'third']],
    [{ tags_any: [wanted('team', 'a'), wanted('stage', 'live')] }, ['nightly', 'third']],
    [{ not_tags: [wanted('team'), wanted('stage')] }, ['nightly', 'third']],
    [{ not_tags_any: [wanted('team', 'a'), wanted('stage', 'live')] }, ['second']],
    [{ matches: [{ key: 'resource_name', value: 'IR' }] }, ['third']],
    [{ matches: [{ key: 'resource_name', value: 'n' }], not_tags: [wanted('team', 'a')] }, ['second']],
  ])('are found for %j', async (body, names) => {
    const { ask } = await byTag();
    expect(each((await ask(body)).body, 'resources', 'resource_name')).toEqual(names);
  });

  test('come a page at a time with their tags and the number of all', async () => {
    const { ask } = await byTag();
    const reply = await ask({ limit: '1', offset: '1' });
    expect([reply.status, reply.body]).toEqual([
      200,
      {
        total_count: 3,
        resources: [
          {
            resource_id: expect.any(String),
            resource_name: 'second',
            resource_detail: null,
            ...tagged(['team', 'b'], ['stage', 'test']),
          },
        ],
      },
    ]);
  });

  test('are counted', async () => {
    const { ask } = await byTag();
    const reply = await ask({ action: 'count', tags: [wanted('team')] });
    expect([reply.status, reply.body]).toEqual([200, { total_count: 2, resources: [] }]);
  });

  test.each([
    [{ action: 'find' }, '0222'],
    [{ action: 'count', limit: '10' }, '0008'],
    [{ limit: 10 }, '0008'],
    [{ limit: '0' }, '0008'],
    [{ limit: '1001' }, '0008'],
    [{ offset: '-1' }, '0008'],
    [{ offset: 0 }, '0008'],
    [{ tags_any: [] }, '0214'],
    [{ not_tags: [] }, '0214'],
    [{ not_tags_any: [] }, '0214'],
    [{ tags: [wanted('k'), wanted('k')] }, '0214'],
    [{ tags: [wanted('k', 'v', 'v')] }, '0214'],
    [{ tags: [{ key: 'k' }] }, '0214'],
    [{ tags: [wanted('')] }, '0214'],
    [{ tags: Array.from({ length: 11 }, (_, n) => wanted(`k${n}`)) }, '0214'],
    [{ tags: [wanted('k', ...Array.from({ length: 11 }, (_, n) => `v${n}`))] }, '0214'],
    [{ matches: [{ key: 'resource_id', value: 'x' }] }, '0008'],
  ])('are not sought by %j', async (body, code) => {
    const { ask } = await byTag();
    expect(refusal(await ask(body))).toEqual([400, `AutoBackup.${code}`]);
  });
});
