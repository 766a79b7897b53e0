import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { person, sandboxCall, setFaults } from '../../support/slack-person.ts';
import { call, post } from './web-api-client.ts';
import { CHANNEL, startSandbox } from './workspace-with-app.ts';

let sandbox: SlackSandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
});

afterEach(() => sandbox.close());

const authTest = () =>
  fetch(`${sandbox.apiUrl}auth.test`, { headers: { authorization: `Bearer ${sandbox.tokens.bot}` } });
const texts = async () => (await person(sandbox.url, 'U1').messages(CHANNEL)).map((it) => it.text);

test('a fault strikes its method, as often as was said', async () => {
  await setFaults(sandbox.url, { slack: { 'auth.test': { kind: 'http', status: 503, times: 2 } } });
  expect(await call(sandbox, 'users.info', { user: 'U1' })).toMatchObject({ ok: true });
  const statuses = [(await authTest()).status, (await authTest()).status, (await authTest()).status];
  expect(statuses).toEqual([503, 503, 200]);
});

test('faults of one method come one after the other, before those of all methods', async () => {
  await setFaults(sandbox.url, {
    slack: {
      'auth.test': [
        { kind: 'error', error: 'internal_error' },
        { kind: 'error', error: 'fatal_error' },
      ],
      '*': { kind: 'error', error: 'service_unavailable', times: 'until_cleared' },
    },
  });
  const errors: unknown[] = [];
  for (let i = 0; i < 4; i += 1) errors.push((await call(sandbox, 'auth.test')).error);
  expect(errors).toEqual(['internal_error', 'fatal_error', 'service_unavailable', 'service_unavailable']);
  await setFaults(sandbox.url, { clear: true });
  expect(await call(sandbox, 'auth.test')).toMatchObject({ ok: true });
});

test('a rate limit tells when to come again', async () => {
  await setFaults(sandbox.url, { slack: { 'auth.test': { kind: 'rate_limit', retry_after: 7 } } });
  const response = await authTest();
  expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
    429,
    '7',
    { ok: false, error: 'ratelimited' },
  ]);
});

test('a slow call works all the same', async () => {
  await setFaults(sandbox.url, { slack: { 'auth.test': { kind: 'latency', ms: 120 } } });
  const started = performance.now();
  expect((await authTest()).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThanOrEqual(115);
});

test('a connection can be cut before the work, or after it', async () => {
  const attempt = (text: string) => post(sandbox, { channel: CHANNEL, text }).catch(() => 'lost');
  await setFaults(sandbox.url, { slack: { 'chat.postMessage': [{ kind: 'cut_before' }, { kind: 'cut_after' }] } });
  expect(await attempt('not done')).toBe('lost');
  expect(await attempt('done')).toBe('lost');
  expect(await texts()).toEqual(['done']);
});

test('faults that do not exist are refused, and nothing is set', async () => {
  const set = (body: unknown) => sandboxCall(sandbox.url, 'POST /faults', body);
  await expect(set({ slak: {} })).rejects.toThrow('Unrecognized key: "slak"');
  await expect(set({ slack: { 'auth.test': { kind: 'odd' } } })).rejects.toMatchObject({ status: 400 });
  await expect(set({ slack: { 'chat.postMesage': { kind: 'http' } } })).rejects.toThrow('no method chat.postMesage');
  await expect(set({ vbs: { anything: 1 } })).rejects.toThrow('no simulator is attached');
  expect((await authTest()).status).toBe(200);
});

test('the simulator’s share is passed on, and its answer back', async () => {
  const taken: unknown[] = [];
  const both = await startSandbox({
    onFaults: {
      vbs: (faults) => {
        taken.push(faults);
        if (taken.length > 1) throw new Error('unknown route');
        return { set: 1 };
      },
    },
  });
  expect(await sandboxCall(both.url, 'POST /faults', { vbs: { latency: 5 } })).toEqual({ ok: true, vbs: { set: 1 } });
  await expect(sandboxCall(both.url, 'POST /faults', { vbs: {} })).rejects.toThrow('vbs: unknown route');
  expect(taken).toEqual([{ latency: 5 }, {}]);
  await both.close();
});

test('faults that the simulator does not know are told in words', async () => {
  const vbs = (faults: unknown) => z.strictObject({ routes: z.array(z.string()) }).parse(faults);
  const both = await startSandbox({ onFaults: { vbs } });
  await expect(sandboxCall(both.url, 'POST /faults', { vbs: { routes: 1, rotues: [] } })).rejects.toMatchObject({
    status: 400,
    body: {
      error: 'vbs:\n✖ Unrecognized key: "rotues"\n✖ Invalid input: expected array, received number\n  → at routes',
    },
  });
  await both.close();
});

test('with rate limits on, a channel takes a burst and then a message a second', async () => {
  let now = Date.now();
  const strict = await startSandbox({ rateLimits: true, now: () => new Date(now) });
  const send = async (channel = CHANNEL) => (await call(strict, 'chat.postMessage', { channel, text: 'x' })).error;
  const burst = [await send(), await send(), await send(), await send(), await send()];
  expect(burst).toEqual([undefined, undefined, undefined, undefined, 'ratelimited']);
  expect(await send('C0PRIVATE')).toBeUndefined();
  now += 1000;
  expect([await send(), await send()]).toEqual([undefined, 'ratelimited']);
  await strict.close();
});

test('with rate limits on, a method has its tier, and a minute restores it', async () => {
  let now = Date.now();
  const strict = await startSandbox({ now: () => new Date(now) });
  const list = async () => (await call(strict, 'users.list')).ok;
  for (let i = 0; i < 25; i += 1) expect(await list()).toBe(true);
  await setFaults(strict.url, { rate_limits: true });
  const answers: boolean[] = [];
  for (let i = 0; i < 22; i += 1) answers.push(await list());
  expect(answers.filter((ok) => ok)).toHaveLength(20);
  now += 60_000;
  expect(await list()).toBe(true);
  await strict.close();
});

test('the log tells what went both ways, and no token', async () => {
  await call(sandbox, 'chat.postMessage', { channel: CHANNEL, text: 'x', token: sandbox.tokens.bot });
  await call(sandbox, 'apps.connections.open', { as: sandbox.tokens.app });
  await setFaults(sandbox.url, { slack: { 'auth.test': { kind: 'error', error: 'fatal_error' } } });
  await call(sandbox, 'auth.test');
  await person(sandbox.url, 'U1')
    .command(CHANNEL, 'help')
    .catch(() => undefined);
  const log = await sandboxCall(sandbox.url, 'GET /log');
  expect(log).toMatchObject([
    {
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      direction: 'from_app',
      kind: 'web_api',
      method: 'chat.postMessage',
      request: { channel: CHANNEL, text: 'x', token: '[redacted]' },
      response: { ok: true },
      status: 200,
      ms: expect.any(Number),
    },
    { method: 'apps.connections.open', response: { url: expect.stringContaining('ticket=[redacted]') } },
    { method: 'auth.test', response: { ok: false, error: 'fatal_error' } },
    { direction: 'to_app', kind: 'slash_commands', type: '/vbs', error: 'connection_failed' },
  ]);
  expect(JSON.stringify(log)).not.toContain(sandbox.tokens.bot);
});

test('routes of one’s own come first', async () => {
  const extended = await startSandbox({
    extraRoutes: (request, response) => {
      if (request.url !== '/') return false;
      response.end('a page');
      return true;
    },
  });
  expect(await (await fetch(extended.url)).text()).toBe('a page');
  expect((await fetch(`${extended.url}/other`)).status).toBe(404);
  await extended.close();
});
