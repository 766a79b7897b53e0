import { createHmac } from 'node:crypto';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { eventually, person, setFaults } from '../../support/slack-person.ts';
import { type PlainApp, startPlainApp } from './plain-app.ts';
import { CHANNEL, startSandbox } from './workspace-with-app.ts';

let app: PlainApp;
let sandbox: SlackSandbox;

beforeEach(async () => {
  app = await startPlainApp();
  const timing = { ackMs: 200, eventRetriesMs: [0, 20, 40] };
  sandbox = await startSandbox({ delivery: { mode: 'http', url: app.url }, signingSecret: 'hush', timing });
});

afterEach(async () => {
  await sandbox.close();
  await app.close();
});

function signature(secret: string, timestamp: unknown, body: string): string {
  return `v0=${createHmac('sha256', secret)
    .update(`v0:${String(timestamp)}:${body}`)
    .digest('hex')}`;
}

test('every request is signed over its time and raw body', async () => {
  await person(sandbox.url, 'U1').command(CHANNEL, 'grüße & more');
  const { headers = {}, body = '' } = app.received[0] ?? {};
  const timestamp = headers['x-slack-request-timestamp'];
  expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(5);
  expect(headers['x-slack-signature']).toBe(signature('hush', timestamp, body));
  expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
});

test('on command a signature is forged, or true but old', async () => {
  await setFaults(sandbox.url, { signature: { forge: 1 } });
  await person(sandbox.url, 'U1').command(CHANNEL, 'forged');
  await setFaults(sandbox.url, { signature: { stale: 1 } });
  await person(sandbox.url, 'U1').command(CHANNEL, 'stale');
  await person(sandbox.url, 'U1').command(CHANNEL, 'fine');
  const facts = app.received.map(({ headers, body }) => {
    const timestamp = headers['x-slack-request-timestamp'];
    const age = Math.round(Date.now() / 1000 - Number(timestamp));
    return [headers['x-slack-signature'] === signature('hush', timestamp, body), age > 300];
  });
  expect(facts).toEqual([
    [false, false],
    [true, true],
    [true, false],
  ]);
});

test('an event comes as JSON, again with the number and reason of the retry, and three times at most', async () => {
  app.answer(() => ({ status: 500 }));
  expect(await person(sandbox.url, 'U1').home()).toBeNull();
  await eventually(() => app.received.length === 4);
  expect(app.received.map((it) => [it.headers['x-slack-retry-num'], it.headers['x-slack-retry-reason']])).toEqual([
    [undefined, undefined],
    ['1', 'http_error'],
    ['2', 'http_error'],
    ['3', 'http_error'],
  ]);
  const { payload } = app.received[0] ?? {};
  expect(payload).toMatchObject({
    type: 'event_callback',
    event_id: expect.stringMatching(/^Ev/),
    team_id: 'T0SANDBOX',
    authorizations: [{ user_id: sandbox.botUserId }],
    event: { type: 'app_home_opened', user: 'U1', tab: 'home', channel: expect.stringMatching(/^D/) },
  });
  expect(app.received.map((it) => it.payload)).toEqual(Array.from({ length: 4 }, () => payload));
});

test('an app can ask not to be told again', async () => {
  app.answer(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }));
  await person(sandbox.url, 'U1').home();
  app.answer(() => ({}));
  await person(sandbox.url, 'U1').command(CHANNEL, 'after');
  expect(app.received.map((it) => it.headers['x-slack-retry-num'])).toEqual([undefined, undefined]);
});

test('a real Bolt app serves it: a forged request is refused, a true one acked', async () => {
  const receiver = new HTTPReceiver({ signingSecret: 'hush', logLevel: LogLevel.ERROR });
  const clientOptions = { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } };
  const boltApp = new App({ token: sandbox.tokens.bot, receiver, clientOptions, logLevel: LogLevel.ERROR });
  boltApp.command('/vbs', async ({ ack, respond }) => {
    await ack();
    await respond('done');
  });
  boltApp.event('app_home_opened', async ({ event, client }) => {
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: `hello ${event.user}` } }];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
  const server = await boltApp.start(0);
  const address = server.address();
  sandbox.setHttpTarget(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/slack/events`);
  const ann = person(sandbox.url, 'U1');

  await setFaults(sandbox.url, { signature: { forge: 1 } });
  await expect(ann.command(CHANNEL, 'help')).rejects.toMatchObject({ body: { error: 'dispatch_failed' } });
  await ann.command(CHANNEL, 'help');
  await eventually(async () => (await ann.messages(CHANNEL)).some((it) => it.text === 'done' && it.ephemeral));
  expect((await ann.home())?.blocks).toMatchObject([{ text: { text: 'hello U1' } }]);
  await boltApp.stop();
});
