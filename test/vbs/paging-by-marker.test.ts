import { expect, test } from 'vitest';
import type { SeenRequest } from '../support/http-server.ts';
import { all, projectId, rejection, scriptedCloud, wireBackup } from './cloud.ts';

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `b${index}`);
}

const next = [{ rel: 'next', href: 'http://169.254.169.254/v2/internal/backups/detail?limit=3&offset=3&marker=b2' }];

/** A server that pages `ids` by marker, as Cinder does. */
function pager(ids: readonly string[], gone: (marker: string) => object) {
  return (request: SeenRequest) => {
    const marker = request.query.get('marker');
    const limit = Number(request.query.get('limit'));
    const at = marker === null ? -1 : ids.indexOf(marker);
    if (marker !== null && at < 0) return gone(marker);
    const page = ids.slice(at + 1, at + 1 + limit);
    return {
      json: { backups: page.map((id) => wireBackup(id)), ...(page.length === limit ? { backups_links: next } : {}) },
    };
  };
}

const notFound = (marker: string) => ({ status: 404, json: { itemNotFound: { code: 404, message: `No ${marker}` } } });

async function idsOf(backups: AsyncIterable<{ id: string }>): Promise<string[]> {
  return (await all(backups)).map((backup) => backup.id);
}

test.each([0, 1, 2, 3, 4, 6, 7])('%i backups come whole and in order', async (size) => {
  const { client } = await scriptedCloud(pager(names(size), notFound));
  expect(await idsOf(client.backups.list({}, { pageSize: 3 }))).toEqual(names(size));
});

test('pages are asked for by marker alone, at the configured host, with the filter', async () => {
  const { client, calls } = await scriptedCloud(pager(names(4), notFound));
  await idsOf(client.backups.list({ status: 'available', volumeId: 'v 1', name: 'a&b' }, { pageSize: 3 }));
  const path = `GET /v3/${projectId}/backups/detail`;
  const filter = 'name=a%26b&status=available&volume_id=v+1&limit=3';
  expect(calls()).toEqual([`${path}?${filter}`, `${path}?${filter}&marker=b2`]);
});

test('a page of a thousand is the most that is asked for', async () => {
  const { client, calls } = await scriptedCloud(pager([], notFound));
  await idsOf(client.backups.list({}, { pageSize: 5000 }));
  expect(calls()[0]).toMatch(/limit=1000$/);
});

test('a server’s own limit, lower than what is asked for, loses nothing', async () => {
  const rows = names(7);
  const { client } = await scriptedCloud((request) => {
    const at = rows.indexOf(request.query.get('marker') ?? '');
    const page = rows.slice(at + 1, at + 3);
    return { json: { backups: page.map((id) => wireBackup(id)), backups_links: next } };
  });
  expect(await idsOf(client.backups.list())).toEqual(rows);
});

test.each([
  ['an empty page', []],
  ['the same page', ['b0', 'b1', 'b2']],
  ['the same marker', ['b2']],
  ['an earlier page', ['b0']],
])('%s with a next link ends the list', async (_, second) => {
  const { client, calls } = await scriptedCloud((_request, nth) => ({
    json: {
      backups: (nth === 1 ? names(3) : second).map((id) => wireBackup(id)),
      backups_links: next,
    },
  }));
  expect(await idsOf(client.backups.list({}, { pageSize: 3 }))).toEqual(names(3));
  expect(calls()).toHaveLength(2);
});

test.each<[string, (marker: string) => object]>([
  ['404', notFound],
  ['400 that says marker', () => ({ status: 400, json: { badRequest: { code: 400, message: 'Invalid Marker' } } })],
  ['400 that names it', (marker) => ({ status: 400, json: { badRequest: { code: 400, message: `[${marker}]?` } } })],
])('a marker that was deleted meanwhile (%s) is replaced by an earlier row', async (_, gone) => {
  const rows = names(12);
  const answer = pager(rows, gone);
  const { client } = await scriptedCloud((request, nth) => {
    // Before the third page, the last three rows given are deleted.
    if (nth === 3) rows.splice(5, 3);
    return answer(request);
  });
  expect(await idsOf(client.backups.list({}, { pageSize: 4 }))).toEqual(names(12));
});

test('when all rows given so far were deleted, the list goes on with what is left', async () => {
  const rows = names(10);
  const answer = pager(rows, notFound);
  const { client } = await scriptedCloud((request, nth) => {
    if (nth === 2) rows.splice(0, 4);
    return answer(request);
  });
  expect(await idsOf(client.backups.list({}, { pageSize: 4 }))).toEqual(names(10));
});

test('rows that came in front meanwhile keep no others from being read after a step back to the start', async () => {
  const rows = names(10);
  const answer = pager(rows, notFound);
  const { client } = await scriptedCloud((request, nth) => {
    // Before the fourth page; the steps back try just the rows that are gone, and then the start.
    if (nth === 4) rows.splice(0, 6, 'new-1', 'new-2', 'b0', 'b1', 'b3');
    return answer(request);
  });
  const read = await idsOf(client.backups.list({}, { pageSize: 2 }));
  expect(read).toEqual(['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'new-1', 'new-2', 'b6', 'b7', 'b8', 'b9']);
});

test('a thousand rows deleted at once cost a dozen requests more, not a thousand', async () => {
  const rows = names(3000);
  const answer = pager(rows, notFound);
  const { client, calls } = await scriptedCloud((request, nth) => {
    if (nth === 3) rows.splice(1000, 1000);
    return answer(request);
  });
  expect(await idsOf(client.backups.list())).toEqual(names(3000));
  expect(calls().length).toBeLessThan(20);
});

test('a server that knows no marker is not asked for ever', async () => {
  const { client, calls } = await scriptedCloud((request) =>
    request.query.has('marker')
      ? notFound('any')
      : { json: { backups: names(3).map((id) => wireBackup(id)), backups_links: next } },
  );
  expect(await idsOf(client.backups.list({}, { pageSize: 3 })).catch(() => 'failed')).toEqual('failed');
  expect(calls().length).toBeLessThan(200);
});

test('another refusal in the middle of a list is told', async () => {
  const { client } = await scriptedCloud((_, nth) =>
    nth === 1
      ? { json: { backups: names(3).map((id) => wireBackup(id)), backups_links: next } }
      : { status: 400, json: { badRequest: { code: 400, message: 'Malformed request url' } } },
  );
  expect(await rejection(idsOf(client.backups.list({}, { pageSize: 3 })))).toMatchObject({ status: 400 });
});

test('a list that is not there at all is told', async () => {
  const { client } = await scriptedCloud(() => notFound('project'));
  expect(await rejection(idsOf(client.backups.list()))).toMatchObject({ kind: 'not-found' });
});
