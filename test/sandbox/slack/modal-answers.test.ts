import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { person, type SlackPerson } from '../../support/slack-person.ts';
import { input, modal, plain } from './modal-blocks.ts';
import { type PlainApp, startPlainApp } from './plain-app.ts';
import { call } from './web-api-client.ts';
import { CHANNEL, startSandbox } from './workspace-with-app.ts';

let app: PlainApp;
let sandbox: SlackSandbox;
let ann: SlackPerson;

const why = input('why', { type: 'plain_text_input' });

beforeEach(async () => {
  app = await startPlainApp();
  sandbox = await startSandbox({ delivery: { mode: 'http', url: app.url } });
  ann = person(sandbox.url, 'U1');
});

afterEach(async () => {
  await sandbox.close();
  await app.close();
});

async function open(view: object): Promise<void> {
  await ann.command(CHANNEL, 'help');
  const { trigger_id } = app.received.at(-1)?.payload ?? {};
  expect(await call(sandbox, 'views.open', { trigger_id, view })).toMatchObject({ ok: true });
  app.received.length = 0;
}

test('errors of the app stay at their fields, and what was entered stays too', async () => {
  await open(modal('x', [why]));
  app.answer(() => ({ body: { response_action: 'errors', errors: { why: 'Say more.' } } }));
  expect(await ann.submit({ why: { in: { value: 'no' } } })).toEqual({
    ack_ms: expect.any(Number),
    response_action: 'errors',
    errors: { why: 'Say more.' },
  });
  expect((await ann.view())?.state.values).toEqual({ why: { in: { type: 'plain_text_input', value: 'no' } } });
  app.answer(() => ({}));
  expect(await ann.submit()).toEqual({ ack_ms: expect.any(Number) });
});

test('an answer may update, push or clear', async () => {
  await open(modal('One', [why]));
  const first = await ann.view();
  app.answer(() => ({ body: { response_action: 'update', view: modal('Two', [why]) } }));
  expect(await ann.submit({ why: { in: { value: 'x' } } })).toMatchObject({ response_action: 'update' });
  const second = await ann.view();
  expect(second).toMatchObject({ id: first?.id, title: plain('Two') });
  expect(second?.hash).not.toBe(first?.hash);
  app.answer(() => ({ body: { response_action: 'push', view: modal('Three', [why]) } }));
  await ann.submit();
  expect(await ann.view()).toMatchObject({ title: plain('Three'), previous_view_id: first?.id });
  app.answer(() => ({}));
  await ann.submit({ why: { in: { value: 'x' } } });
  expect(await ann.view()).toMatchObject({ title: plain('Two') });
  app.answer(() => ({ body: { response_action: 'clear' } }));
  await ann.submit();
  expect(await ann.view()).toBeNull();
});

test('an answer may keep the external id of the view that it replaces, and take none of another', async () => {
  const named = { ...modal('One', [why]), external_id: 'form' };
  await open(named);
  app.answer(() => ({ body: { response_action: 'update', view: named } }));
  expect(await ann.submit({ why: { in: { value: 'x' } } })).toMatchObject({ response_action: 'update' });
  app.answer(() => ({ body: { response_action: 'push', view: named } }));
  await expect(ann.submit({ why: { in: { value: 'x' } } })).rejects.toThrow('duplicate_external_id');
  expect(await ann.view()).toMatchObject({ title: plain('One'), previous_view_id: null });
});

const senseless: [string, object, string][] = [
  ['errors at a block that is no input', { response_action: 'errors', errors: { rule: 'x' } }, 'no inputs: rule'],
  ['errors without an error', { response_action: 'errors', errors: {} }, 'without an error'],
  ['an error that is no sentence', { response_action: 'errors', errors: { why: ['x'] } }, 'is a sentence'],
  ['a view that cannot be shown', { response_action: 'update', view: { type: 'modal' } }, 'invalid_arguments'],
  ['an unknown action', { response_action: 'close' }, 'there is no response_action "close"'],
  ['a message', { text: 'thanks' }, 'is empty or has a response_action'],
];

test.each(senseless)('%s in an answer keeps the modal open and says that there was trouble', async (_, body, error) => {
  await open(modal('x', [why, { type: 'divider', block_id: 'rule' }]));
  app.answer(() => ({ body }));
  const refused = await ann.submit({ why: { in: { value: 'x' } } }).catch((it: unknown) => it);
  expect(refused).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining(error), notice: 'We had some trouble connecting. Try again?' },
  });
  expect(await ann.view()).not.toBeNull();
});

test('closing tells the app where it asked for it, and with clear_on_close closes all', async () => {
  const loud = { notify_on_close: true };
  await open(modal('One', [why], loud));
  app.answer(() => ({
    body: { response_action: 'push', view: modal('Two', [why], { ...loud, clear_on_close: true }) },
  }));
  await ann.submit({ why: { in: { value: 'x' } } });
  app.received.length = 0;
  app.answer(() => ({}));
  await ann.close();
  expect(await ann.view()).toBeNull();
  expect(app.received.map((it) => it.payload)).toMatchObject([
    { type: 'view_closed', is_cleared: true, view: { title: plain('Two') } },
    { type: 'view_closed', is_cleared: true, view: { title: plain('One') } },
  ]);

  await open(modal('Quiet', [why]));
  expect(await ann.close()).toEqual({ ack_ms: 0 });
  expect(app.received).toEqual([]);
});
