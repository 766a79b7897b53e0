import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { sandboxCall } from '../../support/slack-person.ts';
import { call, post } from './web-api-client.ts';
import { CHANNEL, startSandbox } from './workspace-with-app.ts';

let sandbox: SlackSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(() => sandbox.close());

test('the state tells people with their roles, channels with their members, and the app apart', async () => {
  expect(await sandboxCall(sandbox.url, 'GET /state')).toEqual({
    users: [
      { id: 'U1', name: 'Ann Asker', role: 'requester' },
      { id: 'U2', name: 'Otto Owner', role: 'approver of payments' },
      { id: 'U3', name: 'Nobody', role: 'nobody' },
    ],
    channels: [
      { id: CHANNEL, name: 'general', members: ['U1', 'U2'] },
      { id: 'C0PRIVATE', name: 'secret', members: ['U2'] },
      { id: 'C0ELSEWHERE', name: 'elsewhere', members: ['U1'] },
      { id: 'C0HIDDEN', name: 'hidden', members: ['U1'] },
      { id: 'C0OLD', name: 'old', members: ['U1', 'U2'] },
    ],
    bot: { user_id: sandbox.botUserId, connected: false },
  });
});

test('users are known by id', async () => {
  expect(await call(sandbox, 'users.info', { user: 'U9' })).toEqual({ ok: false, error: 'user_not_found' });
  expect(await call(sandbox, 'users.info', { user: 'U1' })).toMatchObject({
    ok: true,
    user: { id: 'U1', name: 'ann.asker', real_name: 'Ann Asker', deleted: false, is_bot: false },
  });
  expect(await call(sandbox, 'users.info', { user: 'U4' })).toMatchObject({ user: { deleted: true } });
});

test('lists come in pages, which end', async () => {
  const client = new WebClient(sandbox.tokens.bot, { slackApiUrl: sandbox.apiUrl });
  const pages: unknown[][] = [];
  for await (const page of client.paginate('users.list', { limit: 3 })) {
    pages.push('members' in page && Array.isArray(page.members) ? page.members.map((it: { id: string }) => it.id) : []);
  }
  expect(pages).toEqual([['U1', 'U2', 'U3'], ['U4', 'U5', sandbox.botUserId], ['USLACKBOT']]);
});

test('a cursor that Slack did not give is refused', async () => {
  expect(await call(sandbox, 'users.list', { cursor: 'zzz' })).toMatchObject({ error: 'invalid_cursor' });
  expect(await call(sandbox, 'users.list', { limit: -1 })).toMatchObject({ error: 'invalid_limit' });
});

test('user groups tell their members who are still there', async () => {
  expect(await call(sandbox, 'usergroups.list', { include_users: true })).toMatchObject({
    usergroups: [{ id: 'S1', handle: 'owners', name: 'Owners', users: ['U2', 'U4'] }],
  });
  expect(await call(sandbox, 'usergroups.users.list', { usergroup: 'S1' })).toEqual({ ok: true, users: ['U2'] });
  expect(await call(sandbox, 'usergroups.users.list', { usergroup: 'S9' })).toMatchObject({ error: 'no_such_subteam' });
});

test('a channel tells whether the app is in it; a private one without it does not exist', async () => {
  const info = (channel: string) => call(sandbox, 'conversations.info', { channel });
  expect(await info(CHANNEL)).toMatchObject({ channel: { name: 'general', is_member: true, is_private: false } });
  expect(await info('C0ELSEWHERE')).toMatchObject({ channel: { is_member: false } });
  expect(await info('C0OLD')).toMatchObject({ channel: { is_archived: true } });
  expect(await info('C0HIDDEN')).toMatchObject({ error: 'channel_not_found' });
  expect(await info('C0NONE')).toMatchObject({ error: 'channel_not_found' });
});

test('the members of a channel include the app', async () => {
  expect(await call(sandbox, 'conversations.members', { channel: CHANNEL })).toEqual({
    ok: true,
    members: ['U1', 'U2', sandbox.botUserId],
    response_metadata: { next_cursor: '' },
  });
});

test('only channels that the app can know are listed', async () => {
  const { channels } = await call(sandbox, 'conversations.list', {
    types: 'public_channel,private_channel',
    exclude_archived: true,
  });
  expect(channels).toMatchObject([{ id: CHANNEL }, { id: 'C0PRIVATE' }, { id: 'C0ELSEWHERE' }]);
});

test('direct messages are opened once', async () => {
  const open = (users: string) => call(sandbox, 'conversations.open', { users });
  const { channel } = await open('U2');
  expect(await open('U2')).toEqual({ ok: true, channel, no_op: true, already_open: true });
  expect(await open('')).toMatchObject({ error: 'users_list_not_supplied' });
  expect(await open('U9')).toMatchObject({ error: 'user_not_found' });
  expect(await open('U4')).toMatchObject({ error: 'user_disabled' });
  expect(await open('U5')).toMatchObject({ error: 'cannot_dm_bot' });
  expect(await open('U1,U2')).toMatchObject({ error: 'missing_scope', needed: 'mpim:write' });
});

test('history goes back from the newest, within bounds, metadata only on demand', async () => {
  const { channel } = await call(sandbox, 'conversations.open', { users: 'U1' });
  const id = String(Object(channel).id);
  const metadata = { event_type: 'card', event_payload: { card: '7' } };
  const stamps: string[] = [];
  for (const text of ['a', 'b', 'c']) stamps.push(await post(sandbox, { channel: id, text, metadata }));
  const [a, b, c] = stamps;
  await post(sandbox, { channel: id, text: 'reply', thread_ts: a });

  const history = async (args: object) => {
    const { messages } = await call(sandbox, 'conversations.history', { channel: id, ...args });
    return Array.isArray(messages) ? messages.map((it: { ts: string }) => it.ts) : [];
  };
  expect(await history({})).toEqual([c, b, a]);
  expect(await history({ oldest: a })).toEqual([c, b]);
  expect(await history({ oldest: a, latest: b, inclusive: true })).toEqual([b, a]);
  const first = await call(sandbox, 'conversations.history', { channel: id, limit: 2 });
  expect(first).toMatchObject({ has_more: true });
  expect(await history({ limit: 2, cursor: Object(first.response_metadata).next_cursor })).toEqual([a]);

  const one = { channel: id, latest: c, limit: 1, inclusive: true };
  expect((await call(sandbox, 'conversations.history', one)).messages).not.toMatchObject([{ metadata }]);
  expect((await call(sandbox, 'conversations.history', { ...one, include_all_metadata: true })).messages).toMatchObject(
    [{ metadata }],
  );
  expect((await call(sandbox, 'conversations.replies', { channel: id, ts: a })).messages).toMatchObject([
    { ts: a },
    { text: 'reply' },
  ]);
  expect(await call(sandbox, 'conversations.replies', { channel: id, ts: '1.1' })).toMatchObject({
    error: 'thread_not_found',
  });
});

test('history is for members alone', async () => {
  expect(await call(sandbox, 'conversations.history', { channel: 'C0ELSEWHERE' })).toMatchObject({
    error: 'not_in_channel',
  });
  expect(await call(sandbox, 'conversations.history', { channel: 'C0HIDDEN' })).toMatchObject({
    error: 'channel_not_found',
  });
});

test('a file goes up in three steps, by the real client, and can be had back', async () => {
  const client = new WebClient(sandbox.tokens.bot, { slackApiUrl: sandbox.apiUrl });
  await client.filesUploadV2({
    file: Buffer.from('a;b\n'),
    filename: 'audit.csv',
    channel_id: CHANNEL,
    initial_comment: 'here',
  });
  const { messages } = await call(sandbox, 'conversations.history', { channel: CHANNEL, limit: 1 });
  const [message] = Array.isArray(messages) ? messages : [];
  expect(message).toMatchObject({ text: 'here', files: [{ name: 'audit.csv', size: 4 }] });
  expect(await (await fetch(message.files[0].url_private)).text()).toBe('a;b\n');
});

test('an upload without bytes, of another length, or shared where the app may not write is refused', async () => {
  const ask = () => call(sandbox, 'files.getUploadURLExternal', { filename: 'a.txt', length: 3 });
  const { upload_url: url, file_id: id } = await ask();
  const complete = (channel_id: string) =>
    call(sandbox, 'files.completeUploadExternal', { files: [{ id }], channel_id });
  expect(await complete(CHANNEL)).toMatchObject({ error: 'file_upload_incomplete' });
  expect((await fetch(String(url), { method: 'POST', body: 'four' })).status).toBe(400);
  expect((await fetch(String(url), { method: 'POST', body: 'abc' })).status).toBe(200);
  expect(await complete('C0ELSEWHERE')).toMatchObject({ error: 'not_in_channel' });
  expect(await complete('C0OLD')).toMatchObject({ error: 'is_archived' });
  expect(await complete(CHANNEL)).toMatchObject({ ok: true });
  expect(await complete(CHANNEL)).toMatchObject({ error: 'file_not_found' });
});
