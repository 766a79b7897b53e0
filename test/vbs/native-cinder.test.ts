import { expect, onTestFinished, test } from 'vitest';
import { createVbsClient, type VbsClient } from '../../src/vbs/client.ts';
import { VbsApiError } from '../../src/vbs/errors.ts';
import { startHttpServer } from '../support/http-server.ts';
import { all, projectId, rejection } from './cloud.ts';
import { type Cinder, openStack, row, volume } from './openstack.ts';

async function cloud(
  cinder: Cinder = {},
  project = projectId,
): Promise<{ client: VbsClient; calls: () => string[]; slept: number[] }> {
  const server = await startHttpServer(openStack(cinder));
  const slept: number[] = [];
  const client = createVbsClient({
    project: { id: project, name: 'payments' },
    endpoints: { iam: server.url, vbs: server.url },
    credentials: { kind: 'password', user: 'bot', password: 'secret', domain: 'Default' },
    sleep: async (ms) => {
      slept.push(ms);
    },
  });
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  const calls = () =>
    server.requests
      .filter(({ path }) => path !== '/v3/auth/tokens')
      .map(({ method, path, query }) => `${method} ${path.split('/').slice(3).join('/')} ${query.toString()}`.trim());
  return { client, calls, slept };
}

test('the request id is read under its other name, and a number as code is none', async () => {
  const { client } = await cloud();
  const error = await rejection(client.backups.get('b-0'));
  expect(error).toBeInstanceOf(VbsApiError);
  expect(error).toMatchObject({
    message: expect.stringMatching(/→ 404: Backup b-0 could not be found\.$/),
    kind: 'not-found',
    code: '404',
    requestId: expect.stringMatching(/^req-/),
  });
});

test('the path of another project is refused as one of rights, with what to check', async () => {
  const { client } = await cloud({}, '0'.repeat(32));
  expect(await rejection(client.backups.get('b-1'))).toMatchObject({
    kind: 'forbidden',
    status: 400,
    apiMessage: 'Malformed request url',
    remedy: 'Check the project’s id in the settings.',
  });
});

test('a quota that is used up is no rate to wait for', async () => {
  const { client, calls, slept } = await cloud({ quotaUsed: true });
  const error = await rejection(client.backups.createNative({ volumeId: volume, name: 'x' }));
  expect(error).toMatchObject({ kind: 'quota-exceeded', status: 413, effect: 'none' });
  expect([calls().length, slept]).toEqual([1, []]);
});

test('a backup is created without what Cinder refuses', async () => {
  const { client } = await cloud();
  const backup = { volumeId: volume, name: 'x', description: 'y', incremental: true, force: true, container: 'z' };
  expect(await client.backups.createNative(backup)).toEqual({
    requestId: expect.stringMatching(/^req-/),
    backupId: 'b-new',
  });
});

test('a deletion that answers a type and no body is done, and a restore tells the disk', async () => {
  const rows = [row(1)];
  const { client } = await cloud({ rows });
  const id = rows[0]?.id ?? '';
  const requestId = expect.stringMatching(/^req-/);
  expect(await client.backups.delete(id)).toEqual({ requestId });
  expect(await client.backups.restoreNative(id, volume)).toEqual({ requestId, volumeName: 'db' });
});

test('a backup whose project is not told, and one that could not be deleted, are read', async () => {
  const rows = [row(1, { status: 'error_deleting' })];
  const { client } = await cloud({ rows });
  expect(await client.backups.get(rows[0]?.id ?? '')).toMatchObject({ status: 'error_deleting', projectId: undefined });
});

test('a list that is full to the brim ends with the empty page', async () => {
  const rows = Array.from({ length: 4 }, (_, index) => row(index));
  const { client, calls } = await cloud({ rows });
  expect((await all(client.backups.list({}, { pageSize: 2 }))).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  expect(calls()).toEqual([
    'GET backups/detail limit=2',
    `GET backups/detail limit=2&marker=${rows[1]?.id}`,
    `GET backups/detail limit=2&marker=${rows[3]?.id}`,
  ]);
});

test('no list asks for an order, which Cinder may refuse by name', async () => {
  const { client, calls } = await cloud({ rows: [row(1)] });
  await all(client.backups.list({ name: 'backup-1' }));
  await all(client.backups.summaries());
  expect(calls().join()).not.toContain('sort');
});

test.each(['refused', 'ignored'] as const)('fuzzy filters that are %s are kept all the same', async (fuzzyFilters) => {
  const rows = Array.from({ length: 30 }, (_, index) =>
    row(index, index % 2 === 0 ? { status: 'error' } : { volume: 'other' }),
  );
  const { client, calls } = await cloud({ rows, fuzzyFilters });
  const names = async (list: AsyncIterable<{ name: string | undefined }>) => (await all(list)).map(({ name }) => name);
  const byName = { nameContains: 'kup-2' };
  const expected = ['2', ...Array.from({ length: 10 }, (_, index) => `2${index}`)].map((nth) => `backup-${nth}`);
  expect(await names(client.backups.list(byName, { pageSize: 10 }))).toEqual(expected);
  expect(await names(client.backups.summaries(byName))).toEqual(expected);
  expect(await names(client.backups.list({ ...byName, statusContains: 'err', volumeIdContains: '5aa' }))).toEqual(
    expected.filter((_, index) => [0, 1, 3, 5, 7, 9].includes(index)),
  );
  expect(await names(client.backups.list({ status: 'error', volumeId: 'other' }))).toEqual([]);
  // Refused once, they are not tried with each page.
  const withFilter = calls().filter((call) => call.includes('name%7E'));
  expect(withFilter.length).toBe(fuzzyFilters === 'refused' ? 3 : 6);
});

test('how many backups there are is unknown where the server does not count', async () => {
  const { client } = await cloud({ rows: [row(1)] });
  expect(await client.backups.count()).toBeUndefined();
});
