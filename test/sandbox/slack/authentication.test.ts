import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { call } from './web-api-client.ts';
import { CHANNEL, manifest, startSandbox } from './workspace-with-app.ts';

let sandbox: SlackSandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
});

afterEach(() => sandbox.close());

test('a call without a token is not authed', async () => {
  expect(await call(sandbox, 'auth.test', { as: '' })).toEqual({ ok: false, error: 'not_authed' });
});

test('a token of another workspace is refused', async () => {
  expect(await call(sandbox, 'auth.test', { as: 'xoxb-other' })).toEqual({ ok: false, error: 'invalid_auth' });
});

test('the app-level token opens connections and nothing else', async () => {
  const as = sandbox.tokens.app;
  expect(await call(sandbox, 'apps.connections.open', { as })).toEqual({
    ok: true,
    url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=\w+&app_id=A0SANDBOX$/),
  });
  expect(await call(sandbox, 'chat.postMessage', { as, channel: CHANNEL, text: 'x' })).toEqual({
    ok: false,
    error: 'not_allowed_token_type',
  });
});

test('the bot token opens no connections', async () => {
  expect(await call(sandbox, 'apps.connections.open')).toEqual({ ok: false, error: 'not_allowed_token_type' });
});

test('a token may come as an argument of a form', async () => {
  const response = await fetch(`${sandbox.apiUrl}auth.test`, {
    method: 'POST',
    body: new URLSearchParams({ token: sandbox.tokens.bot }),
  });
  expect(await response.json()).toEqual({
    ok: true,
    url: `${sandbox.url}/`,
    team: 'VBS sandbox',
    user: 'vbs',
    team_id: 'T0SANDBOX',
    user_id: sandbox.botUserId,
    bot_id: 'B0SANDBOX',
    is_enterprise_install: false,
  });
});

test('every answer tells the scopes of the token and those of the method', async () => {
  const response = await fetch(`${sandbox.apiUrl}users.list`, {
    headers: { authorization: `Bearer ${sandbox.tokens.bot}` },
  });
  expect(response.headers.get('x-oauth-scopes')?.split(',')).toContain('channels:history');
  expect(response.headers.get('x-accepted-oauth-scopes')).toBe('users:read');
});

test('a method that does not exist is named in the answer', async () => {
  expect(await call(sandbox, 'chat.post')).toEqual({ ok: false, error: 'unknown_method', req_method: 'chat.post' });
  expect(await call(sandbox, 'toString')).toMatchObject({ error: 'unknown_method' });
});

test('a body that is no JSON is refused', async () => {
  const response = await fetch(`${sandbox.apiUrl}auth.test`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${sandbox.tokens.bot}` },
    body: '{"a":',
  });
  expect([response.status, await response.json()]).toEqual([200, { ok: false, error: 'invalid_json' }]);
});

const scopes: [string, string, Record<string, unknown>][] = [
  ['chat.postMessage', 'chat:write', { channel: CHANNEL, text: 'x' }],
  ['chat.postEphemeral', 'chat:write', { channel: CHANNEL, user: 'U1', text: 'x' }],
  ['conversations.open', 'im:write', { users: 'U1' }],
  ['conversations.info', 'channels:read', { channel: CHANNEL }],
  ['conversations.info', 'groups:read', { channel: 'C0PRIVATE' }],
  ['conversations.members', 'channels:read', { channel: CHANNEL }],
  ['conversations.history', 'channels:history', { channel: CHANNEL }],
  ['conversations.history', 'groups:history', { channel: 'C0PRIVATE' }],
  ['users.info', 'users:read', { user: 'U1' }],
  ['users.list', 'users:read', {}],
  ['usergroups.list', 'usergroups:read', {}],
  ['usergroups.users.list', 'usergroups:read', { usergroup: 'S1' }],
  ['files.getUploadURLExternal', 'files:write', { filename: 'a', length: 1 }],
];

test.each(scopes)('%s needs %s in the manifest', async (method, scope, args) => {
  const { bot, bot_optional } = manifest.oauth_config.scopes;
  const without = (list: string[]) => list.filter((it) => it !== scope);
  const poorer = await startSandbox({
    manifest: { ...manifest, oauth_config: { scopes: { bot: without(bot), bot_optional: without(bot_optional) } } },
  });
  try {
    expect(await call(sandbox, method, args)).toMatchObject({ ok: true });
    expect(await call(poorer, method, args)).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: scope,
      provided: [...without(bot), ...without(bot_optional)].join(','),
    });
  } finally {
    await poorer.close();
  }
});

test('a video is embedded by an app with that scope alone, wherever it stands', async () => {
  const video = {
    type: 'video',
    alt_text: 'a film',
    title: { type: 'plain_text', text: 'Film' },
    video_url: 'https://example.com/v',
    thumbnail_url: 'https://example.com/t.png',
  };
  const container = { type: 'container', title: video.title, child_blocks: [video] };
  const { bot, bot_optional } = manifest.oauth_config.scopes;
  const richer = await startSandbox({
    manifest: { ...manifest, oauth_config: { scopes: { bot: [...bot, 'links.embed:write'], bot_optional } } },
  });
  try {
    for (const blocks of [[video], [container]]) {
      const args = { channel: CHANNEL, text: 'Film', blocks };
      expect(await call(richer, 'chat.postMessage', args)).toMatchObject({ ok: true });
      expect(await call(sandbox, 'chat.postMessage', args)).toMatchObject({
        error: 'missing_scope',
        needed: 'links.embed:write',
      });
    }
    const home = { user_id: 'U1', view: { type: 'home', blocks: [video] } };
    expect(await call(richer, 'views.publish', home)).toMatchObject({ ok: true });
    expect(await call(sandbox, 'views.publish', home)).toMatchObject({ error: 'missing_scope' });
  } finally {
    await richer.close();
  }
});

test('an app whose manifest has no Socket Mode gets no connection', async () => {
  const http = await startSandbox({
    manifest: { ...manifest, settings: { ...manifest.settings, socket_mode_enabled: false } },
  });
  expect(await call(http, 'apps.connections.open', { as: http.tokens.app })).toEqual({
    ok: false,
    error: 'no_permission',
  });
  await http.close();
});
