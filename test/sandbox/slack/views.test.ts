import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { person, type SlackPerson } from '../../support/slack-person.ts';
import { type PlainApp, startPlainApp } from './plain-app.ts';
import { call } from './web-api-client.ts';
import { CHANNEL, manifest, startSandbox } from './workspace-with-app.ts';

let app: PlainApp;
let sandbox: SlackSandbox;
let ann: SlackPerson;
let now: number;

const plain = (text: string) => ({ type: 'plain_text', text });
const next = { type: 'button', action_id: 'next', text: plain('Next') };
const modal = (title: string, more: object = {}) => ({
  type: 'modal',
  title: plain(title),
  blocks: [{ type: 'actions', block_id: 'b', elements: [next] }],
  ...more,
});

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

/** A trigger from a command of Ann's. */
async function trigger(): Promise<unknown> {
  await ann.command(CHANNEL, 'help');
  return app.received.at(-1)?.payload.trigger_id;
}

/** A trigger from a click in the modal on top. */
async function triggerInModal(): Promise<unknown> {
  await ann.click({ action_id: 'next' });
  return app.received.at(-1)?.payload.trigger_id;
}

async function open(view: object = modal('One')): Promise<string> {
  const answer = await call(sandbox, 'views.open', { trigger_id: await trigger(), view });
  return String(Object(answer.view).id);
}

test('a trigger opens one view', async () => {
  const trigger_id = await trigger();
  expect(await call(sandbox, 'views.open', { trigger_id, view: modal('One') })).toMatchObject({ ok: true });
  expect(await call(sandbox, 'views.open', { trigger_id, view: modal('Two') })).toMatchObject({
    error: 'exchanged_trigger_id',
  });
  expect((await ann.view())?.title).toEqual(plain('One'));
});

test('a trigger lasts three seconds', async () => {
  const [early, late] = [await trigger(), await trigger()];
  now += 2999;
  expect(await call(sandbox, 'views.open', { trigger_id: early, view: modal('In time') })).toMatchObject({ ok: true });
  now += 1;
  expect(await call(sandbox, 'views.open', { trigger_id: late, view: modal('Late') })).toEqual({
    ok: false,
    error: 'expired_trigger_id',
  });
});

test('a trigger that Slack did not give is refused', async () => {
  expect(await call(sandbox, 'views.open', { trigger_id: '1.2', view: modal('x') })).toMatchObject({
    error: 'invalid_trigger_id',
  });
  expect(await call(sandbox, 'views.open', { view: modal('x') })).toMatchObject({ error: 'invalid_arguments' });
});

test('a view that Slack would not show is refused, and the trigger kept', async () => {
  const trigger_id = await trigger();
  const refused = await call(sandbox, 'views.open', { trigger_id, view: modal('a title that is far too long') });
  expect(refused).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: { messages: [expect.stringContaining('json-pointer:/view/title')] },
  });
  const huge = modal('x', {
    private_metadata: '',
    blocks: Array.from({ length: 90 }, () => section('x'.repeat(2990))),
  });
  expect(await call(sandbox, 'views.open', { trigger_id, view: huge })).toEqual({ ok: false, error: 'view_too_large' });
  expect(await call(sandbox, 'views.open', { trigger_id, view: '{' })).toMatchObject({ error: 'invalid_arguments' });
  expect(await call(sandbox, 'views.open', { trigger_id, view: modal('fine') })).toMatchObject({ ok: true });
});

const section = (text: string) => ({ type: 'section', text: plain(text) });

test('the answer is the view as payloads carry it', async () => {
  const view = modal('One', { callback_id: 'ask', private_metadata: '{"a":1}', external_id: 'e1' });
  expect(await call(sandbox, 'views.open', { trigger_id: await trigger(), view })).toEqual({
    ok: true,
    view: {
      id: expect.stringMatching(/^V/),
      team_id: 'T0SANDBOX',
      type: 'modal',
      blocks: [{ type: 'actions', block_id: 'b', elements: [next] }],
      private_metadata: '{"a":1}',
      callback_id: 'ask',
      state: { values: {} },
      hash: expect.any(String),
      title: plain('One'),
      clear_on_close: false,
      notify_on_close: false,
      close: null,
      submit: null,
      previous_view_id: null,
      root_view_id: expect.stringMatching(/^V/),
      app_id: 'A0SANDBOX',
      external_id: 'e1',
      app_installed_team_id: 'T0SANDBOX',
      bot_id: 'B0SANDBOX',
    },
  });
});

test('three views are stacked and no more, each pushed from the one below', async () => {
  const root = await open();
  const push = async () => call(sandbox, 'views.push', { trigger_id: await triggerInModal(), view: modal('Above') });
  const second = await push();
  expect(second).toMatchObject({ view: { root_view_id: root, previous_view_id: root } });
  expect(await push()).toMatchObject({ view: { root_view_id: root, previous_view_id: Object(second.view).id } });
  expect(await push()).toEqual({ ok: false, error: 'push_limit_reached' });
});

test('nothing is pushed where no modal is open', async () => {
  const view = modal('Above');
  expect(await call(sandbox, 'views.push', { trigger_id: await trigger(), view })).toMatchObject({
    error: 'not_found',
  });
  await open();
  const trigger_id = await triggerInModal();
  await ann.close();
  expect(await call(sandbox, 'views.push', { trigger_id, view })).toMatchObject({ error: 'not_found' });
});

test('a view is updated by id or external id, unless it changed in between or is gone', async () => {
  const view_id = await open(modal('One', { external_id: 'e1' }));
  const first = (await ann.view())?.hash;
  const update = (args: object) =>
    call(sandbox, 'views.update', { view: modal('Two', { external_id: 'e1' }), ...args });
  expect(await update({ view_id, hash: first })).toMatchObject({ ok: true, view: { id: view_id } });
  expect(await update({ view_id, hash: first })).toEqual({ ok: false, error: 'hash_conflict' });
  expect(await update({ external_id: 'e1' })).toMatchObject({ ok: true, view: { id: view_id } });
  expect(await update({})).toMatchObject({ error: 'invalid_arguments' });
  expect(await update({ view_id: 'V0' })).toMatchObject({ error: 'not_found' });
  await ann.close();
  expect(await update({ view_id })).toMatchObject({ error: 'not_found' });
});

test('an external id belongs to one open view', async () => {
  await open(modal('One', { external_id: 'e1' }));
  const view = modal('Two', { external_id: 'e1' });
  expect(await call(sandbox, 'views.open', { trigger_id: await trigger(), view })).toMatchObject({
    error: 'duplicate_external_id',
  });
});

test('the home tab is published to people, with the hash guarding races', async () => {
  const view = { type: 'home', blocks: [section('hello')] };
  const publish = (args: object) => call(sandbox, 'views.publish', { user_id: 'U1', view, ...args });
  expect(await publish({ user_id: 'U9' })).toMatchObject({ error: 'invalid_arguments' });
  expect(await publish({ view: modal('x') })).toMatchObject({ error: 'invalid_arguments' });
  const first = await publish({});
  const hash = Object(first.view).hash;
  expect(await publish({ hash })).toMatchObject({ ok: true, view: { id: Object(first.view).id } });
  expect(await publish({ hash })).toEqual({ ok: false, error: 'hash_conflict' });
});

test('an app without a home tab in its manifest publishes nothing', async () => {
  const features = { ...manifest.features, app_home: { home_tab_enabled: false } };
  const homeless = await startSandbox({ manifest: { ...manifest, features } });
  const view = { type: 'home', blocks: [section('hello')] };
  expect(await call(homeless, 'views.publish', { user_id: 'U1', view })).toEqual({ ok: false, error: 'not_enabled' });
  await expect(person(homeless.url, 'U1').home()).rejects.toThrow('home tab');
  await homeless.close();
});
