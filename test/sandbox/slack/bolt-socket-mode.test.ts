import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { eventually, person, type SlackPerson, setFaults } from '../../support/slack-person.ts';
import { post } from './web-api-client.ts';
import { CHANNEL, connectApp, startSandbox } from './workspace-with-app.ts';

let sandbox: SlackSandbox;
let ann: SlackPerson;
let disconnect: () => Promise<void>;

const ask: ModalView = {
  type: 'modal',
  callback_id: 'ask',
  title: { type: 'plain_text', text: 'Ask' },
  submit: { type: 'plain_text', text: 'Send' },
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'backup',
      label: { type: 'plain_text', text: 'Backup' },
      element: { type: 'external_select', action_id: 'find', min_query_length: 0 },
    },
  ],
};

beforeEach(async () => {
  sandbox = await startSandbox();
  ann = person(sandbox.url, 'U1');
});

afterEach(async () => {
  await disconnect();
  await sandbox.close();
});

async function connect(prepare: (app: App) => void): Promise<void> {
  disconnect = await connectApp(sandbox, prepare);
}

test('options, errors at a field, and closing reach their listeners', async () => {
  const closed: string[] = [];
  await connect((app) => {
    app.command('/vbs', async ({ ack, client, command }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: ask });
    });
    app.options('find', async ({ ack, options }) => {
      await ack({ options: [{ text: { type: 'plain_text', text: `found ${options.value}` }, value: 'b1' }] });
    });
    app.view('ask', async ({ ack }) => {
      await ack({ response_action: 'errors', errors: { backup: 'It is gone.' } });
    });
    app.view({ callback_id: 'ask', type: 'view_closed' }, async ({ ack, body }) => {
      await ack();
      closed.push(body.user.id);
    });
  });
  await ann.command(CHANNEL, 'share');
  await eventually(() => ann.view());
  expect((await ann.options({ action_id: 'find', query: 'db' })).options).toMatchObject([{ value: 'b1' }]);
  expect(await ann.submit({ backup: { find: { selected_option: { value: 'b1' } } } })).toMatchObject({
    errors: { backup: 'It is gone.' },
  });
  await ann.close();
  expect(closed).toEqual(['U1']);
});

test('shortcuts and the home tab reach theirs', async () => {
  const seen: string[] = [];
  await connect((app) => {
    app.shortcut('anywhere', async ({ ack, shortcut }) => {
      await ack();
      seen.push(shortcut.type);
    });
    app.shortcut('on_message', async ({ ack, shortcut }) => {
      await ack();
      if (shortcut.type === 'message_action') seen.push(`${shortcut.type} ${shortcut.message.text}`);
    });
    app.event('app_home_opened', async ({ event, client }) => {
      const text = `opened by ${event.user}, ${event.view ? 'again' : 'first'}`;
      const blocks = [{ type: 'section' as const, text: { type: 'plain_text' as const, text } }];
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
    });
  });
  await ann.shortcut('anywhere');
  await ann.shortcut('on_message', { channel: CHANNEL, ts: await post(sandbox, { channel: CHANNEL, text: 'db' }) });
  expect(seen).toEqual(['shortcut', 'message_action db']);
  expect((await ann.home())?.blocks).toMatchObject([{ text: { text: 'opened by U1, first' } }]);
  expect((await ann.home())?.blocks).toMatchObject([{ text: { text: 'opened by U1, again' } }]);
});

test.each([
  ['cut', { drop: true }],
  ['told to leave', { disconnect: true }],
])('an app whose connection was %s comes back by itself', async (_, socket) => {
  await connect((app) => {
    app.command('/vbs', ({ ack }) => ack('here'));
  });
  await setFaults(sandbox.url, { socket });
  await expect(ann.command(CHANNEL, 'help')).rejects.toMatchObject({ body: { error: 'dispatch_failed' } });
  await eventually(() => sandbox.connections() === 1);
  expect(await ann.command(CHANNEL, 'help')).toMatchObject({ response: { text: 'here' } });
});

test('of a command delivered twice, only one opens its modal', async () => {
  const outcomes: string[] = [];
  await connect((app) => {
    app.command('/vbs', async ({ ack, client, command }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: ask }).then(
        () => outcomes.push('opened'),
        (error: Error) => outcomes.push(error.message),
      );
    });
  });
  await setFaults(sandbox.url, { redeliver: 1 });
  await ann.command(CHANNEL, 'share');
  await eventually(() => outcomes.length === 2);
  expect(outcomes.toSorted()).toEqual(['An API error occurred: exchanged_trigger_id', 'opened']);
});

test('unless told otherwise, three seconds are what an app has', async () => {
  const answers: (() => Promise<void>)[] = [];
  await connect((app) => {
    app.command('/vbs', async ({ ack }) => {
      answers.push(() => ack('late'));
    });
  });
  const started = performance.now();
  await expect(ann.command(CHANNEL, 'help')).rejects.toMatchObject({ body: { error: 'operation_timeout' } });
  expect(performance.now() - started).toBeGreaterThanOrEqual(2990);
  await answers[0]?.();
  expect((await ann.messages(CHANNEL)).map((it) => it.text)).toEqual([
    '/vbs failed with the error "operation_timeout"',
  ]);
});
