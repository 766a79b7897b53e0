import { describe, expect, test } from 'vitest';
import type { Client } from './cloud.ts';
import { at, BACKUP, DISK, each, FOREIGN_BACKUP, OTHER_DISK, PAYMENTS, START, smallSeed, startCloud } from './cloud.ts';

const BACKUPS = '/v3/{p}/backups';
const V3_45 = { 'OpenStack-API-Version': 'volume 3.45' };
const INTERNAL = 'http://192.168.82.222:8776';

function owner(cloud: Awaited<ReturnType<typeof startCloud>>): Promise<Client> {
  return cloud.as('owner', PAYMENTS);
}

/** `count` backups of one disk, an hour apart, named by their numbers; 1 is the newest. */
async function manyBackups(count: number, maxPage = 1000) {
  const cloud = await startCloud({ seed: { ...smallSeed(), backups: [] }, maxPage });
  cloud.sim.plant({
    backups: Array.from({ length: count }, (_, n) => ({
      disk: n % 4 === 3 ? 'db-2' : 'db-1',
      name: `b-${n + 1}`,
      createdAt: new Date(START.getTime() - n * 3_600_000),
    })),
  });
  return { ...cloud, client: await owner(cloud) };
}

function names(body: unknown): unknown[] {
  return each(body, 'backups', 'name');
}

function next(body: unknown): string | undefined {
  const href = at(body, 'backups_links', 0, 'href');
  return typeof href === 'string' ? href : undefined;
}

describe('the list', () => {
  test('is newest first, of this project alone, whole where it fits', async () => {
    const { client } = await manyBackups(5);
    const { body } = await client.get(`${BACKUPS}/detail`);
    expect(names(body)).toEqual(['b-1', 'b-2', 'b-3', 'b-4', 'b-5']);
    expect(next(body)).toBeUndefined();
  });

  test('in summary has id, name and links only', async () => {
    const { body } = await (await owner(await startCloud())).get(`${BACKUPS}?limit=1`);
    expect(Object.keys(at(body, 'backups', 0) ?? {}).sort()).toEqual(['id', 'links', 'name']);
    expect(next(body)).toMatch(new RegExp(`^${INTERNAL}/v3/${PAYMENTS}/backups\\?limit=1&marker=${BACKUP}$`));
  });

  test('links to its next page on an internal host, repeating the query and the offset', async () => {
    const { client } = await manyBackups(6);
    const { body } = await client.get(`${BACKUPS}/detail?limit=2&offset=1&status=available`);
    const href = new URL(next(body) ?? '');
    expect(names(body)).toEqual(['b-2', 'b-3']);
    expect([href.origin, href.pathname]).toEqual([INTERNAL, `/v3/${PAYMENTS}/backups/detail`]);
    expect(Object.fromEntries(href.searchParams)).toEqual({
      limit: '2',
      offset: '1',
      status: 'available',
      marker: at(body, 'backups', 1, 'id'),
    });
    const followed = await client.get(`${BACKUPS}/detail${href.search}`);
    expect(names(followed.body), 'a row is skipped, as on the real servers').toEqual(['b-5', 'b-6']);
  });

  test('paged by marker alone has every backup once, and ends in an empty page after a full one', async () => {
    const { client } = await manyBackups(6);
    const pages = [];
    for (let query: string | undefined = '?limit=3'; query !== undefined && pages.length < 9; ) {
      const { body } = await client.get(`${BACKUPS}/detail${query}`);
      pages.push(names(body));
      const link = next(body);
      query = link === undefined ? undefined : new URL(link).search;
    }
    expect(pages).toEqual([['b-1', 'b-2', 'b-3'], ['b-4', 'b-5', 'b-6'], []]);
  });

  test('brings no more than a page, whatever is asked', async () => {
    const { client } = await manyBackups(5, 2);
    const replies = [await client.get(`${BACKUPS}/detail`), await client.get(`${BACKUPS}/detail?limit=1000`)];
    expect(replies.map(({ body }) => [names(body), next(body) !== undefined])).toEqual([
      [['b-1', 'b-2'], true],
      [['b-1', 'b-2'], true],
    ]);
  });

  test('takes no marker that was deleted or is another project’s', async () => {
    const { client, sim } = await manyBackups(5);
    const first = await client.get(`${BACKUPS}/detail?limit=2`);
    const marker = String(at(first.body, 'backups', 1, 'id'));
    sim.world.removeBackup(marker);
    sim.plant({ backups: [{ id: FOREIGN_BACKUP, disk: 'lake', createdAt: START }] });
    for (const gone of [marker, FOREIGN_BACKUP, 'nonsense']) {
      const reply = await client.get(`${BACKUPS}/detail?limit=2&marker=${gone}`);
      expect([reply.status, at(reply.body, 'itemNotFound', 'message')]).toEqual([
        404,
        `Backup ${gone} could not be found.`,
      ]);
    }
  });

  test.each([
    ['name=b-2', ['b-2']],
    ['name=b', []],
    ['status=error', []],
    [`volume_id=${OTHER_DISK}`, ['b-4']],
    [`volume_id=${DISK}&limit=2`, ['b-1', 'b-2']],
    ['sort_key=created_at&sort_dir=asc&limit=2', ['b-5', 'b-4']],
    ['unknown=1&limit=1', ['b-1']],
    ['limit=0', []],
  ])('is filtered and ordered by %s', async (query, expected) => {
    const { client } = await manyBackups(5);
    expect(names((await client.get(`${BACKUPS}/detail?${query}`)).body)).toEqual(expected);
  });

  test.each(['limit=-1', 'limit=x', 'offset=-1', 'sort_key=colour', 'sort_key=__proto__', 'sort_dir=up'])(
    'refuses %s',
    async (query) => {
      const reply = await (await owner(await startCloud())).get(`${BACKUPS}/detail?${query}`);
      expect([reply.status, Object.keys(reply.body ?? {})]).toEqual([400, ['badRequest']]);
    },
  );
});

describe('the microversion', () => {
  test('3.45 brings the count and the fuzzy filters, and is answered', async () => {
    const { client } = await manyBackups(11);
    const reply = await client.get(`${BACKUPS}/detail?name~=B-1&with_count=True&limit=2`, V3_45);
    expect([names(reply.body), at(reply.body, 'count')]).toEqual([['b-1', 'b-10'], 3]);
    expect(reply.headers.get('OpenStack-API-Version')).toBe('volume 3.45');
    const others = [
      await client.get(`${BACKUPS}/detail?status~=avail&with_count=true`, V3_45),
      await client.get(`${BACKUPS}/detail?volume_id~=0002&with_count=1`, V3_45),
    ];
    expect(others.map(({ body }) => at(body, 'count'))).toEqual([11, 2]);
  });

  test('left out, both are dropped without a word; v2 never has them', async () => {
    const { client } = await manyBackups(3);
    const query = 'detail?name~=b-1&with_count=True';
    const replies = [
      await client.get(`${BACKUPS}/${query}`),
      await client.get(`${BACKUPS}/${query}`, { 'OpenStack-API-Version': 'compute 2.90' }),
      await client.get(`/v2/{p}/backups/${query}`, V3_45),
    ];
    expect(replies.map(({ body }) => [names(body).length, at(body, 'count')])).toEqual(Array(3).fill([3, undefined]));
    expect(replies[0]?.headers.get('OpenStack-API-Version')).toBe('volume 3.0');
  });

  test('that is none is refused, and one that is too new is not acceptable', async () => {
    const client = await owner(await startCloud());
    const ask = (version: string) => client.get(`${BACKUPS}/detail`, { 'OpenStack-API-Version': version });
    const replies = [await ask('volume three'), await ask('volume 3.999'), await ask('volume latest')];
    expect(replies.map(({ status }) => status)).toEqual([400, 406, 200]);
  });

  test('counts nothing by a word that is neither yes nor no', async () => {
    const client = await owner(await startCloud());
    expect((await client.get(`${BACKUPS}/detail?with_count=perhaps`, V3_45)).status).toBe(400);
  });
});
