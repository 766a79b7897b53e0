import { expect, test } from 'vitest';
import { VbsAborted, VbsApiError } from '../../src/vbs/errors.ts';
import type { ScriptedAnswer } from '../support/http-server.ts';
import { projectId, rejection, scriptedCloud, startOfTime, wireSharing } from './cloud.ts';

const busy: ScriptedAnswer = { status: 503, json: { error: { code: 'VolumeBackup.0900', message: 'Busy.' } } };
const found: ScriptedAnswer = { json: { shared: wireSharing('s-1') } };

test('a read is tried four times, each wait twice as long as the one before', async () => {
  const { client, calls, slept, events } = await scriptedCloud(() => busy);
  const error = await rejection(client.sharings.get('s-1'));
  expect(error).toMatchObject({ kind: 'server-error', status: 503, code: 'VolumeBackup.0900', effect: 'none' });
  expect(calls()).toHaveLength(4);
  expect(slept).toEqual([250, 500, 1000]);
  expect(events.at(-1)).toMatchObject({ operation: 'getSharing', status: 503, tries: 4 });
});

test('waits are drawn by lot between half and all of their length, and end at a ceiling', async () => {
  const { client, slept } = await scriptedCloud(() => busy, {
    options: { random: () => 0, retry: { baseMs: 1000, maxMs: 1500 } },
  });
  await rejection(client.sharings.get('s-1'));
  expect(slept).toEqual([500, 750, 750]);
});

test('more than four tries are not made, whatever the settings ask for; fewer are', async () => {
  const many = await scriptedCloud(() => busy, { options: { retry: { tries: 9 } } });
  await rejection(many.client.sharings.get('s-1'));
  expect(many.calls()).toHaveLength(4);
  const single = await scriptedCloud(() => busy, { options: { retry: { tries: 1 } } });
  await rejection(single.client.sharings.get('s-1'));
  expect(single.calls()).toHaveLength(1);
});

test('a read that is made again after a 401 has no more tries than were left, and one at least', async () => {
  for (const before of [0, 1, 3]) {
    const cloud = await scriptedCloud((_, nth) => (nth === before + 1 ? { status: 401 } : busy));
    expect(await rejection(cloud.client.sharings.get('s-1'))).toMatchObject({ status: 503 });
    // Four, and the one that was refused.
    expect(cloud.calls()).toHaveLength(5);
  }
});

test.each<[string, ScriptedAnswer]>([
  ['500', { status: 500, json: { computeFault: { code: 500, message: 'Oops.' } } }],
  ['502 with a page', { status: 502, text: '<html>Bad Gateway</html>' }],
  ['503', busy],
  ['504', { status: 504 }],
  ['408', { status: 408 }],
  ['429', { status: 429 }],
  ['a page in place of the answer', { status: 200, text: '<html>Maintenance</html>' }],
  ['JSON that was cut', { text: '{"shared": {"id": "s-' }],
  ['a connection cut before the answer', { cut: 'at once' }],
  ['a connection cut in the answer', { cut: 'in the body' }],
])('a read gets over %s', async (_, trouble) => {
  const { client, calls } = await scriptedCloud((_request, nth) => (nth === 1 ? trouble : found));
  expect(await client.sharings.get('s-1')).toMatchObject({ id: 's-1' });
  expect(calls()).toHaveLength(2);
});

test.each([400, 403, 404, 405, 409, 413, 501])('a read that is refused with %i is not repeated', async (status) => {
  const { client, calls, slept } = await scriptedCloud(() => ({ status, json: { overLimit: { code: status } } }));
  expect(await rejection(client.sharings.get('s-1'))).toMatchObject({ status });
  expect(calls()).toHaveLength(1);
  expect(slept).toEqual([]);
});

test.each<[string, number]>([
  ['7', 7000],
  [new Date(startOfTime.getTime() + 12_000).toUTCString(), 12_000],
])('Retry-After: %s is obeyed', async (header, ms) => {
  for (const status of [429, 413, 503]) {
    const limited: ScriptedAnswer = { status, headers: { 'Retry-After': header } };
    const { client, slept } = await scriptedCloud((_, nth) => (nth === 1 ? limited : found));
    await client.sharings.get('s-1');
    expect(slept).toEqual([ms]);
  }
});

test('a wait shorter than the backoff, or unreadable, leaves the backoff', async () => {
  const answers: ScriptedAnswer[] = [
    { status: 429, headers: { 'Retry-After': '0' } },
    { status: 429, headers: { 'Retry-After': 'soon' } },
    { status: 429, headers: { 'Retry-After': 'Mon, 05 Jan 2026 07:00:00 GMT' } },
  ];
  const { client, slept } = await scriptedCloud((_, nth) => answers[nth - 1] ?? found);
  await client.sharings.get('s-1');
  expect(slept).toEqual([250, 500, 1000]);
});

test('a wait that is too long is told to the caller at once', async () => {
  const { client, calls, slept } = await scriptedCloud(() => ({ status: 429, headers: { 'Retry-After': '31' } }));
  expect(await rejection(client.sharings.get('s-1'))).toMatchObject({ kind: 'rate-limited', retryAfterMs: 31_000 });
  expect(calls()).toHaveLength(1);
  expect(slept).toEqual([]);
});

test.each<[string, ScriptedAnswer, object]>([
  [
    '429',
    { status: 429, headers: { 'Retry-After': '3' } },
    { kind: 'rate-limited', retryAfterMs: 3000, effect: 'none' },
  ],
  ['a rate limit by 413', { status: 413, headers: { 'Retry-After': '3' } }, { kind: 'rate-limited', effect: 'none' }],
  ['a quota', { status: 413, json: { overLimit: { code: 413 } } }, { kind: 'quota-exceeded', effect: 'none' }],
  ['404', { status: 404 }, { kind: 'not-found', effect: 'none' }],
  ['409', { status: 409 }, { kind: 'conflict', effect: 'none' }],
  ['408', { status: 408 }, { kind: 'bad-request', effect: 'unknown' }],
  ['500', { status: 500 }, { kind: 'server-error', effect: 'unknown' }],
  ['a gateway’s page', { status: 502, text: '<html>' }, { kind: 'server-error', effect: 'unknown' }],
  ['a redirection', { status: 302, headers: { Location: 'http://127.0.0.1:1/' } }, { effect: 'unknown' }],
  ['a page in place of the answer', { text: '<html>' }, { kind: 'unreadable', status: 200, effect: 'unknown' }],
  ['JSON that was cut', { text: '{"shared": [{"id' }, { kind: 'unreadable', status: 200, effect: 'unknown' }],
  ['an answer without what it should hold', { json: { shared: [{}] } }, { field: 'shared[0].id', effect: 'unknown' }],
  ['a connection cut before the answer', { cut: 'at once' }, { name: 'VbsNetworkError', effect: 'unknown' }],
  ['a connection cut in the answer', { cut: 'in the body' }, { name: 'VbsNetworkError', effect: 'unknown' }],
])('a write is sent once: %s', async (_, trouble, expected) => {
  const { client, calls, slept } = await scriptedCloud(() => trouble);
  expect(await rejection(client.sharings.share('b-1', ['p-2']))).toMatchObject(expected);
  expect(calls()).toEqual([`POST /v2/${projectId}/os-vendor-backup-sharing`]);
  expect(slept).toEqual([]);
});

test.each(['cancel', 'cancelAll'] as const)('%s is a write, and not repeated either', async (method) => {
  const { client, calls } = await scriptedCloud(() => ({ status: 503 }));
  expect(await rejection(client.sharings[method]('x-1'))).toMatchObject({ effect: 'unknown' });
  expect(calls()).toHaveLength(1);
});

test('executing a policy is a write, and not repeated either', async () => {
  const { client, calls } = await scriptedCloud(() => ({ status: 504 }));
  expect(await rejection(client.policies.execute('p-1'))).toMatchObject({ effect: 'unknown' });
  expect(calls()).toHaveLength(1);
});

test('a caller who gives up between two tries is not kept waiting', async () => {
  const giveUp = new AbortController();
  const { client, calls } = await scriptedCloud(() => busy, {
    options: {
      sleep: async (_, signal) => {
        giveUp.abort(new Error('enough'));
        signal?.throwIfAborted();
      },
    },
  });
  const error = await rejection(client.sharings.get('s-1', { signal: giveUp.signal }));
  expect(error).toBeInstanceOf(VbsAborted);
  expect(error).toMatchObject({ effect: 'none', operation: 'getSharing', cause: new Error('enough') });
  expect(calls()).toHaveLength(1);
});

test('what a call took is told once, without ids, also when that goes wrong', async () => {
  const told: unknown[] = [];
  const { client } = await scriptedCloud(
    (_, nth) => ({ ...(nth === 1 ? busy : found), headers: { 'X-Request-Id': 'r' } }),
    {
      options: {
        onExchange: ({ ms, ...event }) => {
          told.push({ ...event, took: ms > 0 });
          throw new Error('no metrics today');
        },
      },
    },
  );
  await client.sharings.get('s-1');
  expect(told).toEqual([
    {
      operation: 'getToken',
      method: 'POST',
      route: '/v3/auth/tokens',
      status: 201,
      tries: 1,
      requestId: undefined,
      took: true,
    },
    {
      operation: 'getSharing',
      method: 'GET',
      route: '/v2/{project_id}/os-vendor-backup-sharing/{sharing_id}',
      status: 200,
      tries: 2,
      requestId: 'r',
      took: true,
    },
  ]);
});

test('a refusal is an error with a stack, and says so of itself', async () => {
  const { client } = await scriptedCloud(() => ({ status: 404 }));
  const error = await rejection(client.sharings.get('s-1'));
  expect(error).toBeInstanceOf(VbsApiError);
  expect(String(error)).toMatch(/^VbsApiError: get a sharing of payments: GET .* → 404$/);
});
