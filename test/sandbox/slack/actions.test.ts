import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { person, type SlackPerson, sandboxCall } from '../../support/slack-person.ts';
import { type PlainApp, startPlainApp } from './plain-app.ts';
import { call, post } from './web-api-client.ts';
import { CHANNEL, manifest, startSandbox } from './workspace-with-app.ts';

let app: PlainApp;
let sandbox: SlackSandbox;
let ann: SlackPerson;

beforeEach(async () => {
  app = await startPlainApp();
  sandbox = await startSandbox({ delivery: { mode: 'http', url: app.url } });
  ann = person(sandbox.url, 'U1');
});

afterEach(async () => {
  await sandbox.close();
  await app.close();
});

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const row = (block_id: string, ...elements: object[]) => ({ type: 'actions', block_id, elements });
const button = (action_id: string, value: string) => ({ type: 'button', action_id, value, text: plain(value) });

test('a click carries the message, the button and a fresh trigger', async () => {
  const ts = await post(sandbox, { channel: CHANNEL, text: 'card', blocks: [row('b', button('go', '7'))] });
  const [message] = await ann.messages(CHANNEL);
  expect(await ann.click({ channel: CHANNEL, ts, action_id: 'go' })).toEqual({ ack_ms: expect.any(Number) });
  expect(app.received.map((it) => it.payload)).toEqual([
    {
      type: 'block_actions',
      team: { id: 'T0SANDBOX', domain: 'vbs-sandbox' },
      user: { id: 'U1', username: 'ann.asker', name: 'ann.asker', team_id: 'T0SANDBOX' },
      api_app_id: 'A0SANDBOX',
      token: expect.any(String),
      enterprise: null,
      is_enterprise_install: false,
      trigger_id: expect.any(String),
      container: { type: 'message', message_ts: ts, channel_id: CHANNEL, is_ephemeral: false },
      channel: { id: CHANNEL, name: 'general' },
      message,
      actions: [
        {
          type: 'button',
          action_id: 'go',
          block_id: 'b',
          text: plain('7'),
          value: '7',
          action_ts: expect.stringMatching(/^\d+\.\d{6}$/),
        },
      ],
      state: { values: {} },
      response_url: expect.stringContaining('/respond/'),
    },
  ]);
});

test('what is not there cannot be clicked', async () => {
  const ts = await post(sandbox, { channel: CHANNEL, text: 'card', blocks: [row('b', button('go', '7'))] });
  const at = { channel: CHANNEL, ts };
  await expect(ann.click({ ...at, action_id: 'stop' })).rejects.toThrow('there is no stop to use; there is: b/go');
  await expect(ann.click({ ...at, action_id: 'go', block_id: 'c' })).rejects.toMatchObject({ status: 400 });
  await expect(ann.click({ ...at, action_id: 'go', value: '8' })).rejects.toMatchObject({ status: 400 });
  await expect(ann.click({ ...at, ts: '1.1', action_id: 'go' })).rejects.toMatchObject({ status: 404 });
  await expect(ann.click({ channel: CHANNEL, action_id: 'go' })).rejects.toThrow('channel and ts');
  await expect(ann.click({ action_id: 'go' })).rejects.toThrow('U1 has no modal open');
  await expect(ann.click({ action_id: 'go', home: true })).rejects.toThrow('U1 has no home tab open');
  await expect(person(sandbox.url, 'U3').click({ ...at, action_id: 'go' })).rejects.toMatchObject({ status: 403 });
  expect(app.received).toEqual([]);
});

test('an ephemeral message can be clicked by its reader alone', async () => {
  const blocks = [row('b', button('go', '7'))];
  const { message_ts: ts } = await call(sandbox, 'chat.postEphemeral', {
    channel: CHANNEL,
    user: 'U1',
    text: 'x',
    blocks,
  });
  const click = { channel: CHANNEL, ts: String(ts), action_id: 'go' };
  await expect(person(sandbox.url, 'U2').click(click)).rejects.toMatchObject({ status: 404 });
  await ann.click(click);
  expect(app.received).toHaveLength(1);
});

test('one action id in several blocks must be told apart by block or value', async () => {
  const blocks = [row('b1', button('go', '1')), row('b2', button('go', '2'))];
  const at = { channel: CHANNEL, ts: await post(sandbox, { channel: CHANNEL, text: 'list', blocks }), action_id: 'go' };
  await expect(ann.click(at)).rejects.toThrow('go is there 2 times: say which block_id');
  await ann.click({ ...at, value: '2' });
  await ann.click({ ...at, block_id: 'b1' });
  expect(app.received.map((it) => it.payload.actions)).toMatchObject([[{ block_id: 'b2' }], [{ value: '1' }]]);
});

test('a select takes what it offers, by value, and its message remembers the choice of each person', async () => {
  const select = {
    type: 'static_select',
    action_id: 'pick',
    options: [option('a'), option('b')],
    initial_option: option('a'),
  };
  const blocks = [row('b', select, button('go', '7'))];
  const at = { channel: CHANNEL, ts: await post(sandbox, { channel: CHANNEL, text: 'x', blocks }) };
  await expect(ann.click({ ...at, action_id: 'pick', value: 'c' })).rejects.toThrow('it offers: a, b');
  await ann.click({ ...at, action_id: 'pick', selected_option: { value: 'b' } });
  expect(app.received.at(-1)?.payload.actions).toEqual([
    {
      type: 'static_select',
      action_id: 'pick',
      block_id: 'b',
      initial_option: option('a'),
      selected_option: option('b'),
      action_ts: expect.any(String),
    },
  ]);
  const state = async (who: string) => {
    await person(sandbox.url, who).click({ ...at, action_id: 'go' });
    return app.received.at(-1)?.payload.state;
  };
  const chosen = (value: string) => ({
    values: { b: { pick: { type: 'static_select', selected_option: option(value) } } },
  });
  expect(await state('U1')).toEqual(chosen('b'));
  expect(await state('U2')).toEqual(chosen('a'));
});

test('an overflow menu takes what it offers', async () => {
  const menu = { type: 'overflow', action_id: 'more', options: [option('a'), option('b')] };
  const blocks = [{ type: 'section', block_id: 's', text: plain('x'), accessory: menu }];
  const at = { channel: CHANNEL, ts: await post(sandbox, { channel: CHANNEL, text: 'x', blocks }), action_id: 'more' };
  await expect(ann.click({ ...at, value: 'z' })).rejects.toThrow('more does not offer "z"');
  await ann.click({ ...at, value: 'b' });
  expect(app.received.at(-1)?.payload.actions).toMatchObject([{ type: 'overflow', selected_option: option('b') }]);
});

test('pickers take people, channels, dates and times that there are', async () => {
  const elements = [
    { type: 'users_select', action_id: 'user' },
    { type: 'channels_select', action_id: 'channel' },
    { type: 'datepicker', action_id: 'date' },
    { type: 'timepicker', action_id: 'time' },
  ];
  const at = {
    channel: CHANNEL,
    ts: await post(sandbox, { channel: CHANNEL, text: 'x', blocks: [row('b', ...elements)] }),
  };
  await expect(ann.click({ ...at, action_id: 'user', selected_user: 'U4' })).rejects.toThrow('there is no user U4');
  await expect(ann.click({ ...at, action_id: 'channel', value: 'C9' })).rejects.toThrow('there is no channel C9');
  await expect(ann.click({ ...at, action_id: 'date', selected_date: 'today' })).rejects.toThrow('does not take');
  await expect(ann.click({ ...at, action_id: 'time', selected_time: '24:00' })).rejects.toThrow('does not take');
  await ann.click({ ...at, action_id: 'user', selected_user: 'U2' });
  await ann.click({ ...at, action_id: 'date', selected_date: '2026-11-27' });
  expect(app.received.at(-1)?.payload.state).toEqual({
    values: {
      b: {
        user: { type: 'users_select', selected_user: 'U2' },
        channel: { type: 'channels_select', selected_channel: null },
        date: { type: 'datepicker', selected_date: '2026-11-27' },
        time: { type: 'timepicker', selected_time: null },
      },
    },
  });
});

test('buttons in attachments can be clicked too', async () => {
  const attachments = [{ blocks: [{ type: 'actions', elements: [button('go', '7')] }] }];
  const ts = await post(sandbox, { channel: CHANNEL, text: 'x', attachments });
  await ann.click({ channel: CHANNEL, ts, action_id: 'go' });
  expect(app.received[0]?.payload.actions).toMatchObject([{ block_id: expect.stringMatching(/^\w{5}$/), value: '7' }]);
});

test('external options are asked for before one can be chosen', async () => {
  const select = { type: 'external_select', action_id: 'find', min_query_length: 2 };
  const at = {
    channel: CHANNEL,
    ts: await post(sandbox, { channel: CHANNEL, text: 'x', blocks: [row('b', select)] }),
    action_id: 'find',
  };
  app.answer(() => ({ body: { options: [option('db')] } }));
  await expect(ann.click({ ...at, value: 'db' })).rejects.toThrow('it offers: nothing yet');
  await expect(ann.options({ ...at, query: 'd' })).rejects.toThrow('find asks from 2 characters on');
  expect(await ann.options({ ...at, query: 'db' })).toEqual({ ack_ms: expect.any(Number), options: [option('db')] });
  expect(app.received.at(-1)?.payload).toMatchObject({
    type: 'block_suggestion',
    action_id: 'find',
    block_id: 'b',
    value: 'db',
    container: { type: 'message', message_ts: at.ts },
    channel: { id: CHANNEL },
  });
  await ann.click({ ...at, value: 'db' });
  expect(app.received.at(-1)?.payload.actions).toMatchObject([{ selected_option: option('db') }]);
});

test('more than a hundred options are an answer that Slack does not show; none are fine', async () => {
  const select = { type: 'external_select', action_id: 'find', min_query_length: 0 };
  const ts = await post(sandbox, { channel: CHANNEL, text: 'x', blocks: [row('b', select)] });
  const ask = () => ann.options({ channel: CHANNEL, ts, action_id: 'find', query: '' });
  app.answer(() => ({ body: { options: Array.from({ length: 101 }, (_, i) => option(`o${i}`)) } }));
  await expect(ask()).rejects.toThrow('Slack shows no result');
  app.answer(() => ({ body: { options: [] } }));
  expect(await ask()).toMatchObject({ options: [] });
  app.answer(() => ({}));
  await expect(ask()).rejects.toThrow('Slack shows no result');
});

test('shortcuts of the manifest run, a message’s with its message', async () => {
  const ts = await post(sandbox, { channel: CHANNEL, text: 'db-nightly' });
  await expect(ann.shortcut('other')).rejects.toThrow('the manifest has no shortcut other');
  await expect(ann.shortcut('on_message')).rejects.toThrow('a message shortcut needs channel and ts');
  await ann.shortcut('anywhere');
  await ann.shortcut('on_message', { channel: CHANNEL, ts });
  expect(app.received.map((it) => it.payload)).toMatchObject([
    { type: 'shortcut', callback_id: 'anywhere', trigger_id: expect.any(String), action_ts: expect.any(String) },
    { type: 'message_action', callback_id: 'on_message', message_ts: ts, message: { ts, text: 'db-nightly' } },
  ]);
});

test('an app without interactivity in its manifest gets none', async () => {
  const mute = await startSandbox({
    delivery: { mode: 'http', url: app.url },
    manifest: { ...manifest, settings: { ...manifest.settings, interactivity: { is_enabled: false } } },
  });
  const ts = await post(mute, { channel: CHANNEL, text: 'x', blocks: [row('b', button('go', '7'))] });
  const click = { user: 'U1', channel: CHANNEL, ts, action_id: 'go' };
  await expect(sandboxCall(mute.url, 'POST /action', click)).rejects.toThrow('interactivity');
  await mute.close();
});
