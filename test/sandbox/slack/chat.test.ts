import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { person } from '../../support/slack-person.ts';
import { call, post } from './web-api-client.ts';
import { CHANNEL, manifest, startSandbox } from './workspace-with-app.ts';

let sandbox: SlackSandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
});

afterEach(() => sandbox.close());

const divider = { type: 'divider', block_id: 'line' };

const refused: [string, Record<string, unknown>, string][] = [
  ['to no channel', { text: 'x' }, 'invalid_arguments'],
  ['to an unknown channel', { channel: 'C0NONE', text: 'x' }, 'channel_not_found'],
  ['to a private channel that the app is not in', { channel: 'C0HIDDEN', text: 'x' }, 'channel_not_found'],
  ['to a public channel that the app is not in', { channel: 'C0ELSEWHERE', text: 'x' }, 'not_in_channel'],
  ['to an archived channel', { channel: 'C0OLD', text: 'x' }, 'is_archived'],
  ['to someone who left', { channel: 'U4', text: 'x' }, 'channel_not_found'],
  ['without anything to say', { channel: CHANNEL }, 'no_text'],
  ['into a thread that is not there', { channel: CHANNEL, text: 'x', thread_ts: '1.000001' }, 'thread_not_found'],
  ['with blocks that are no list', { channel: CHANNEL, text: 'x', blocks: '[' }, 'invalid_blocks_format'],
  ['with too much text', { channel: CHANNEL, text: 'x'.repeat(40_001) }, 'msg_too_long'],
];

test.each(refused)('a message %s is refused', async (_, args, error) => {
  expect(await call(sandbox, 'chat.postMessage', args)).toMatchObject({ ok: false, error });
});

test('blocks that Slack would not show are refused, each fault with its place', async () => {
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '' } }];
  const answer = await call(sandbox, 'chat.postMessage', { channel: CHANNEL, text: 'x', blocks });
  expect(answer).toMatchObject({
    ok: false,
    error: 'invalid_blocks',
    response_metadata: { messages: [expect.stringContaining('[json-pointer:/blocks/0/text/text]')] },
  });
});

test('the scope chat:write.public lets the app post where it is not', async () => {
  const { bot } = manifest.oauth_config.scopes;
  const wider = await startSandbox({
    manifest: { ...manifest, oauth_config: { scopes: { bot, bot_optional: ['chat:write.public'] } } },
  });
  expect(await call(wider, 'chat.postMessage', { channel: 'C0ELSEWHERE', text: 'x' })).toMatchObject({ ok: true });
  expect(await call(wider, 'chat.postMessage', { channel: 'C0HIDDEN', text: 'x' })).toMatchObject({
    error: 'channel_not_found',
  });
  await wider.close();
});

test('a message is stored with what the author left out, and time stamps rise', async () => {
  const first = await post(sandbox, { channel: '#general', text: 'one', blocks: [{ type: 'divider' }] });
  const second = await post(sandbox, { channel: CHANNEL, text: 'two' });
  expect(second > first).toBe(true);
  expect(await person(sandbox.url, 'U1').messages(CHANNEL)).toEqual([
    {
      type: 'message',
      user: sandbox.botUserId,
      bot_id: 'B0SANDBOX',
      app_id: 'A0SANDBOX',
      team: 'T0SANDBOX',
      ts: first,
      text: 'one',
      blocks: [{ type: 'divider', block_id: expect.stringMatching(/^\w+$/) }],
    },
    expect.objectContaining({ ts: second, text: 'two' }),
  ]);
});

test('a long text that stands alone becomes several messages, one with blocks does not', async () => {
  const lengths = async () =>
    (await person(sandbox.url, 'U1').messages(CHANNEL)).map(({ text }) => String(text).length);
  await post(sandbox, { channel: CHANNEL, text: 'x'.repeat(4_040) });
  await post(sandbox, { channel: CHANNEL, text: 'x'.repeat(9_000), blocks: [{ type: 'divider' }] });
  await post(sandbox, { channel: CHANNEL, text: 'x'.repeat(8_100) });
  expect(await lengths()).toEqual([4_040, 9_000, 4_000, 4_000, 100]);
});

test('time stamps rise even if the clock stands or goes back', async () => {
  let now = 1_700_000_000_500;
  const still = await startSandbox({ now: () => new Date(now) });
  const stamps = [
    await post(still, { channel: CHANNEL, text: '1' }),
    await post(still, { channel: CHANNEL, text: '2' }),
  ];
  now -= 60_000;
  stamps.push(await post(still, { channel: CHANNEL, text: '3' }));
  expect(stamps).toEqual(['1700000000.500000', '1700000000.500001', '1700000000.500002']);
  await still.close();
});

test('a message to a user goes into the direct messages, which they alone see', async () => {
  const { channel } = await call(sandbox, 'chat.postMessage', { channel: 'U1', text: 'to you' });
  expect(channel).toMatch(/^D/);
  expect((await person(sandbox.url, 'U1').directMessages()).map((it) => it.text)).toEqual(['to you']);
  expect(await person(sandbox.url, 'U2').directMessages()).toEqual([]);
  await expect(person(sandbox.url, 'U2').messages('@U1')).rejects.toThrow('U2 does not see @U1');
  await expect(person(sandbox.url, 'U1').messages('@U2')).rejects.toThrow('U1 does not see @U2');
});

test('a reply hangs on its parent, which counts it', async () => {
  const parent = await post(sandbox, { channel: CHANNEL, text: 'card' });
  const reply = await post(sandbox, { channel: CHANNEL, text: 'story', thread_ts: parent });
  const nested = await call(sandbox, 'chat.postMessage', { channel: CHANNEL, text: 'x', thread_ts: reply });
  expect(nested).toMatchObject({ error: 'thread_not_found' });
  expect(await person(sandbox.url, 'U1').messages(CHANNEL)).toMatchObject([
    { ts: parent, thread_ts: parent, reply_count: 1, latest_reply: reply },
    { ts: reply, thread_ts: parent },
  ]);
  await call(sandbox, 'chat.delete', { channel: CHANNEL, ts: reply });
  expect(await person(sandbox.url, 'U1').messages(CHANNEL)).toMatchObject([{ ts: parent, reply_count: 0 }]);
});

test('an update keeps the blocks it does not name and removes them for an empty list', async () => {
  const ts = await post(sandbox, { channel: CHANNEL, text: 'one', blocks: [divider] });
  await call(sandbox, 'chat.update', { channel: CHANNEL, ts, text: 'two' });
  const ann = person(sandbox.url, 'U1');
  expect(await ann.messages(CHANNEL)).toMatchObject([{ ts, text: 'two', blocks: [divider] }]);
  await call(sandbox, 'chat.update', { channel: CHANNEL, ts, text: 'three', blocks: [] });
  expect(await ann.messages(CHANNEL)).toMatchObject([{ ts, text: 'three', blocks: [] }]);
});

test('only what is there and the app’s own can be changed', async () => {
  const unknown = { channel: CHANNEL, ts: '1.000001', text: 'x' };
  expect(await call(sandbox, 'chat.update', unknown)).toMatchObject({ error: 'message_not_found' });
  expect(await call(sandbox, 'chat.delete', unknown)).toMatchObject({ error: 'message_not_found' });
  expect(await call(sandbox, 'chat.update', { ...unknown, channel: 'C9' })).toMatchObject({
    error: 'channel_not_found',
  });
  const ts = await post(sandbox, { channel: CHANNEL, text: 'x' });
  expect(await call(sandbox, 'chat.update', { channel: CHANNEL, ts })).toMatchObject({ error: 'no_text' });
});

test('deleting a message leaves its thread under a tombstone', async () => {
  const alone = await post(sandbox, { channel: CHANNEL, text: 'alone' });
  const parent = await post(sandbox, { channel: CHANNEL, text: 'parent' });
  const reply = await post(sandbox, { channel: CHANNEL, text: 'reply', thread_ts: parent });
  await call(sandbox, 'chat.delete', { channel: CHANNEL, ts: alone });
  await call(sandbox, 'chat.delete', { channel: CHANNEL, ts: parent });
  expect(await person(sandbox.url, 'U1').messages(CHANNEL)).toMatchObject([
    { ts: parent, subtype: 'tombstone', user: 'USLACKBOT' },
    { ts: reply },
  ]);
  expect(await call(sandbox, 'chat.update', { channel: CHANNEL, ts: parent, text: 'x' })).toMatchObject({
    error: 'cant_update_message',
  });
  expect(await call(sandbox, 'chat.delete', { channel: CHANNEL, ts: parent })).toMatchObject({
    error: 'cant_delete_message',
  });
});

test('an ephemeral message is seen by its one reader and found by no method', async () => {
  const to = (user: string) => call(sandbox, 'chat.postEphemeral', { channel: CHANNEL, user, text: 'psst' });
  expect(await to('U3')).toEqual({ ok: false, error: 'user_not_in_channel' });
  const { message_ts: ts } = await to('U1');
  expect(await person(sandbox.url, 'U1').messages(CHANNEL)).toMatchObject([{ ts, text: 'psst', ephemeral: true }]);
  expect(await person(sandbox.url, 'U2').messages(CHANNEL)).toEqual([]);
  expect(await call(sandbox, 'chat.update', { channel: CHANNEL, ts, text: 'x' })).toMatchObject({
    error: 'message_not_found',
  });
});

test('a permalink leads to a message, and to a reply in its thread', async () => {
  const ts = await post(sandbox, { channel: CHANNEL, text: 'card' });
  const reply = await post(sandbox, { channel: CHANNEL, text: 'reply', thread_ts: ts });
  const link = async (message_ts: string) =>
    (await call(sandbox, 'chat.getPermalink', { channel: CHANNEL, message_ts })).permalink;
  expect(await link(ts)).toBe(`${sandbox.url}/archives/${CHANNEL}/p${ts.replace('.', '')}`);
  expect(await link(reply)).toBe(
    `${sandbox.url}/archives/${CHANNEL}/p${reply.replace('.', '')}?thread_ts=${ts}&cid=${CHANNEL}`,
  );
  expect(await call(sandbox, 'chat.getPermalink', { channel: CHANNEL, message_ts: '1.1' })).toMatchObject({
    error: 'message_not_found',
  });
});
