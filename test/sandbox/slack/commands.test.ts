import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { eventually, person, sandboxCall } from '../../support/slack-person.ts';
import { type PlainApp, startPlainApp } from './plain-app.ts';
import { CHANNEL, startSandbox } from './workspace-with-app.ts';

let app: PlainApp;
let sandbox: SlackSandbox;

beforeEach(async () => {
  app = await startPlainApp();
  sandbox = await startSandbox({ delivery: { mode: 'http', url: app.url }, timing: { ackMs: 150 } });
});

afterEach(async () => {
  await sandbox.close();
  await app.close();
});

const impossible: [string, Record<string, unknown>, number, string][] = [
  ['an unknown person', { user: 'U9' }, 404, 'there is no one with the id U9 who could act'],
  ['someone who left', { user: 'U4' }, 404, 'there is no one with the id U4 who could act'],
  ['a bot', { user: 'U5' }, 404, 'there is no one with the id U5 who could act'],
  ['an unknown channel', { channel: 'C9' }, 404, 'there is no channel C9'],
  ['a channel that they are not in', { user: 'U3' }, 403, `U3 is not in ${CHANNEL}`],
  ['an archived channel', { channel: 'C0OLD' }, 400, 'C0OLD is archived'],
  ['a command that the manifest lacks', { command: '/other' }, 400, '/other is not a valid command'],
  ['a field that does not exist', { txt: 'help' }, 400, '✖ Unrecognized key: "txt"'],
];

test.each(impossible)('%s cannot run a command', async (_, change, status, error) => {
  const body = { user: 'U1', channel: CHANNEL, command: '/vbs', text: 'help', ...change };
  const refused = await sandboxCall(sandbox.url, 'POST /command', body).catch((it: unknown) => it);
  expect(refused).toMatchObject({ status, body: { error } });
  expect(app.received).toEqual([]);
});

test('the app gets what Slack would send', async () => {
  await person(sandbox.url, 'U1').command('general', '/vbs share  payments ');
  expect(app.received.map((it) => it.payload)).toEqual([
    {
      token: expect.any(String),
      team_id: 'T0SANDBOX',
      team_domain: 'vbs-sandbox',
      channel_id: CHANNEL,
      channel_name: 'general',
      user_id: 'U1',
      user_name: 'ann.asker',
      command: '/vbs',
      text: 'share  payments',
      api_app_id: 'A0SANDBOX',
      is_enterprise_install: 'false',
      response_url: expect.stringMatching(`^${sandbox.url}/respond/`),
      trigger_id: expect.any(String),
    },
  ]);
});

test('private channels and direct messages do not tell their name', async () => {
  await person(sandbox.url, 'U2').command('C0PRIVATE', 'help');
  await person(sandbox.url, 'U2').command('@U2', 'help');
  expect(app.received.map((it) => it.payload.channel_name)).toEqual(['privategroup', 'directmessage']);
});

test('no one runs a command in the direct messages of another', async () => {
  await expect(person(sandbox.url, 'U1').command('@U2', 'help')).rejects.toThrow('U1 is not in @U2');
});

const texts: [string, string, string][] = [
  ['mentions', 'for @otto.owner and <@U1>', 'for <@U2|otto.owner> and <@U1|ann.asker>'],
  ['channels', 'in #general not #nowhere', `in <#${CHANNEL}|general> not #nowhere`],
  ['control characters', 'a<b && b>c', 'a&lt;b &amp;&amp; b&gt;c'],
  ['links', 'see https://example.com/a?b=1', 'see <https://example.com/a?b=1>'],
];

test.each(texts)('with should_escape, %s arrive in Slack’s form; without it, as typed', async (_, typed, escaped) => {
  const ann = person(sandbox.url, 'U1');
  await ann.command(CHANNEL, `/vbs ${typed}`);
  await ann.command(CHANNEL, `/raw ${typed}`);
  expect(app.received.map((it) => it.payload.text)).toEqual([escaped, typed]);
});

test('the body of the ack is seen by the one who typed, or by all', async () => {
  const ann = person(sandbox.url, 'U1');
  app.answer(() => ({ body: 'only you' }));
  expect(await ann.command(CHANNEL, 'help')).toEqual({ ack_ms: expect.any(Number), response: { text: 'only you' } });
  app.answer(() => ({ body: { response_type: 'in_channel', text: 'everyone' } }));
  await ann.command(CHANNEL, 'help');
  expect(await ann.messages(CHANNEL)).toMatchObject([{ text: 'only you', ephemeral: true }, { text: 'everyone' }]);
  expect(await person(sandbox.url, 'U2').messages(CHANNEL)).toMatchObject([{ text: 'everyone' }]);
});

test('an answer that Slack cannot show is an error that the person sees', async () => {
  const ann = person(sandbox.url, 'U1');
  app.answer(() => ({ body: { blocks: [{ type: 'nonsense' }] } }));
  await expect(ann.command(CHANNEL, 'help')).rejects.toThrow('invalid_blocks');
  expect(await ann.messages(CHANNEL)).toMatchObject([
    { user: 'USLACKBOT', ephemeral: true, text: '/vbs failed with the error "invalid_blocks"' },
  ]);
});

test('an ack that comes late shows a time-out, and what it says is lost', async () => {
  const ann = person(sandbox.url, 'U1');
  app.answer(() => ({ body: 'too late', delayMs: 250 }));
  const refused = await ann.command(CHANNEL, 'help').catch((it: unknown) => it);
  expect(refused).toMatchObject({ status: 408, body: { error: 'operation_timeout' } });
  const late = await eventually(() => sandbox.log().find((it) => it.ms !== undefined));
  expect(late).toMatchObject({ kind: 'slash_commands', error: 'operation_timeout', response: { text: 'too late' } });
  expect(late.ms).toBeGreaterThanOrEqual(245);
  expect((await ann.messages(CHANNEL)).map((it) => it.text)).toEqual([
    '/vbs failed with the error "operation_timeout"',
  ]);
});

test('an app that answers an error, or is not there, is told to the person', async () => {
  const ann = person(sandbox.url, 'U1');
  app.answer(() => ({ status: 500 }));
  await expect(ann.command(CHANNEL, 'help')).rejects.toMatchObject({ status: 424, body: { error: 'dispatch_failed' } });
  sandbox.setHttpTarget('http://127.0.0.1:1/nothing');
  await expect(ann.command(CHANNEL, 'help')).rejects.toMatchObject({ status: 424, body: { error: 'dispatch_failed' } });
  expect((await ann.messages(CHANNEL)).map((it) => it.text)).toEqual([
    '/vbs failed with the error "dispatch_failed"',
    '/vbs failed because the app did not respond',
  ]);
});

test('messages are read by someone, somewhere', async () => {
  await expect(sandboxCall(sandbox.url, `GET /messages?channel=${CHANNEL}`)).rejects.toMatchObject({ status: 400 });
  await expect(sandboxCall(sandbox.url, 'GET /messages?as=U1')).rejects.toMatchObject({ status: 400 });
  await expect(sandboxCall(sandbox.url, 'GET /messages?channel=C0PRIVATE&as=U1')).rejects.toMatchObject({
    status: 403,
  });
});

test('a call that /_sandbox does not know is an error', async () => {
  await expect(sandboxCall(sandbox.url, 'GET /nothing')).rejects.toMatchObject({ status: 404 });
  await expect(sandboxCall(sandbox.url, 'GET /command')).rejects.toMatchObject({ status: 404 });
});

test.each([
  ['no JSON', '{"user": ', 400, 'the body is not JSON'],
  ['too much', JSON.stringify({ user: 'U1', text: 'x'.repeat(1024 * 1024) }), 413, 'a body of more than 1048576 bytes'],
])('a body that is %s is refused, and says so', async (_, body, status, error) => {
  const answer = await fetch(`${sandbox.url}/_sandbox/command`, { method: 'POST', body });
  expect({ status: answer.status, body: await answer.json() }).toEqual({ status, body: { error } });
});

test('who looks or acts is to be said', async () => {
  await expect(sandboxCall(sandbox.url, 'GET /view')).rejects.toThrow('say who acts: the id of a user');
});
