import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { person, type SlackPerson } from '../../support/slack-person.ts';
import { type PlainApp, startPlainApp } from './plain-app.ts';
import { call, post } from './web-api-client.ts';
import { CHANNEL, startSandbox } from './workspace-with-app.ts';

let app: PlainApp;
let sandbox: SlackSandbox;
let ann: SlackPerson;
let now: number;

const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
const blocks = [{ type: 'actions', block_id: 'b', elements: [button] }];

beforeEach(async () => {
  app = await startPlainApp();
  now = Date.now();
  sandbox = await startSandbox({ delivery: { mode: 'http', url: app.url }, now: () => new Date(now) });
  ann = person(sandbox.url, 'U1');
});

afterEach(async () => {
  await sandbox.close();
  await app.close();
});

function lastResponseUrl(): string {
  return String(app.received.at(-1)?.payload.response_url);
}

async function respond(body: unknown, url = lastResponseUrl()): Promise<[number, unknown]> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const text = await response.text();
  return [response.status, text.startsWith('{') ? JSON.parse(text) : text];
}

test('an answer to a command is private, unless it says otherwise', async () => {
  await ann.command(CHANNEL, 'help');
  expect(await respond({ text: 'yours' })).toEqual([200, 'ok']);
  expect(await respond({ text: 'all', response_type: 'in_channel' })).toEqual([200, 'ok']);
  expect((await ann.messages(CHANNEL)).map((it) => [it.text, it.ephemeral])).toEqual([
    ['yours', true],
    ['all', undefined],
  ]);
});

test('five answers, no more', async () => {
  await ann.command(CHANNEL, 'help');
  for (let i = 0; i < 5; i += 1) expect((await respond({ text: `${i}` }))[0]).toBe(200);
  expect(await respond({ text: '6' })).toEqual([404, { ok: false, error: 'used_url' }]);
  expect(await ann.messages(CHANNEL)).toHaveLength(5);
});

test('half an hour, no longer', async () => {
  await ann.command(CHANNEL, 'help');
  now += 30 * 60_000 - 1;
  expect((await respond({ text: 'just in time' }))[0]).toBe(200);
  now += 1;
  expect(await respond({ text: 'late' })).toEqual([404, { ok: false, error: 'expired_url' }]);
});

test('an unknown URL, no JSON, nothing to say and blocks that cannot be shown are refused', async () => {
  await ann.command(CHANNEL, 'help');
  expect((await respond({ text: 'x' }, `${sandbox.url}/respond/guess`))[0]).toBe(404);
  expect(await respond([])).toMatchObject([400, { error: 'invalid_payload' }]);
  expect(await respond({})).toMatchObject([400, { error: 'no_text' }]);
  expect(await respond({ text: 'x', blocks: [{ type: 'nonsense' }] })).toMatchObject([
    400,
    { error: 'invalid_blocks', response_metadata: { messages: [expect.any(String)] } },
  ]);
});

test('a command has no original to delete', async () => {
  await ann.command(CHANNEL, 'help');
  expect(await respond({ delete_original: true })).toMatchObject([400, { ok: false }]);
});

test('after a click the message can be replaced, and deleted', async () => {
  const ts = await post(sandbox, { channel: CHANNEL, text: 'card', blocks });
  await ann.click({ channel: CHANNEL, ts, action_id: 'go' });
  await respond({ replace_original: true, text: 'done' });
  const [replaced] = await ann.messages(CHANNEL);
  expect(replaced).toMatchObject({ ts, text: 'done' });
  expect(replaced).not.toHaveProperty('blocks');
  await respond({ delete_original: true });
  expect(await ann.messages(CHANNEL)).toEqual([]);
});

test('an ephemeral message is replaced where it stands, though its payload does not carry it', async () => {
  await call(sandbox, 'chat.postEphemeral', { channel: CHANNEL, user: 'U1', text: 'sure?', blocks });
  await post(sandbox, { channel: CHANNEL, text: 'between' });
  const ts = (await ann.messages(CHANNEL))[0]?.ts ?? '';
  await ann.click({ channel: CHANNEL, ts, action_id: 'go' });
  const { payload } = app.received.at(-1) ?? {};
  expect(payload).toMatchObject({ container: { message_ts: ts, is_ephemeral: true } });
  expect(payload).not.toHaveProperty('message');
  await respond({ replace_original: true, text: 'done' });
  expect(await ann.messages(CHANNEL)).toMatchObject([{ ts, text: 'done', ephemeral: true }, { text: 'between' }]);
  await respond({ delete_original: true });
  expect(await ann.messages(CHANNEL)).toMatchObject([{ text: 'between' }]);
});
