import type { ModalView } from '@slack/types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { eventually, person } from '../../support/slack-person.ts';
import { CHANNEL, connectApp, startSandbox } from './workspace-with-app.ts';

let sandbox: SlackSandbox;
let disconnect: () => Promise<void>;

const ask: ModalView = {
  type: 'modal',
  callback_id: 'ask',
  title: { type: 'plain_text', text: 'Ask' },
  submit: { type: 'plain_text', text: 'Send' },
  private_metadata: 'from the command',
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: { type: 'plain_text', text: 'Why' },
      element: { type: 'plain_text_input', action_id: 'text' },
    },
  ],
};

beforeAll(async () => {
  sandbox = await startSandbox();
  disconnect = await connectApp(sandbox, (app) => {
    app.command('/vbs', async ({ command, ack, client }) => {
      await ack({ text: `You said ${command.text}` });
      await client.views.open({ trigger_id: command.trigger_id, view: ask });
    });
    app.view('ask', async ({ ack, view, client, body }) => {
      await ack();
      const why = view.state.values.why?.text?.value;
      await client.chat.postMessage({
        channel: CHANNEL,
        text: `${body.user.id} asks: ${why}`,
        blocks: [
          {
            type: 'actions',
            block_id: 'decide',
            elements: [
              { type: 'button', action_id: 'approve', text: { type: 'plain_text', text: 'Approve' }, value: '7' },
            ],
          },
        ],
      });
    });
    app.action('approve', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions' || !body.message) return;
      await client.chat.update({
        channel: CHANNEL,
        ts: body.message.ts,
        text: `approved by ${body.user.id}`,
        blocks: [],
      });
    });
  });
});

afterAll(async () => {
  await disconnect();
  await sandbox.close();
});

test('a command opens a modal, its submission posts a message, and a click there updates it', async () => {
  const ann = person(sandbox.url, 'U1');
  const otto = person(sandbox.url, 'U2');

  const acked = await ann.command(CHANNEL, '/vbs share');
  expect(acked.response).toEqual({ text: 'You said share' });
  const view = await eventually(() => ann.view());
  expect(view).toMatchObject({ callback_id: 'ask', private_metadata: 'from the command' });

  expect(await ann.submit({ why: { text: { value: 'to reproduce a bug' } } })).toEqual({ ack_ms: expect.any(Number) });
  expect(await ann.view()).toBeNull();
  const card = await eventually(async () => (await otto.messages(CHANNEL)).find((it) => it.text.startsWith('U1 asks')));
  expect(card.text).toBe('U1 asks: to reproduce a bug');

  await otto.click({ channel: CHANNEL, ts: card.ts, action_id: 'approve' });
  const done = await eventually(async () => (await ann.messages(CHANNEL)).find((it) => it.text === 'approved by U2'));
  expect(done.blocks).toEqual([]);
  await expect(otto.click({ channel: CHANNEL, ts: card.ts, action_id: 'approve' })).rejects.toThrow(
    'there is no approve',
  );
});
