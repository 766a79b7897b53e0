import { WebSocket } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { eventually, person, sandboxCall, setFaults } from '../../support/slack-person.ts';
import { call } from './web-api-client.ts';
import { CHANNEL, startSandbox } from './workspace-with-app.ts';

type Json = Record<string, unknown>;

let sandbox: SlackSandbox;
let clients: WebSocket[];

beforeEach(async () => {
  clients = [];
  sandbox = await startSandbox({ timing: { ackMs: 200, eventRetriesMs: [0, 50] } });
});

afterEach(async () => {
  for (const client of clients) client.close();
  await sandbox.close();
});

/** A bare client of Socket Mode: what it got, and its acks by hand unless it acks by itself. */
interface Client {
  readonly got: Json[];
  readonly envelopes: Json[];
  readonly socket: WebSocket;
  closed: boolean;
  ack(envelope: Json | undefined, payload?: Json): void;
}

async function ticket(): Promise<string> {
  const { url } = await call(sandbox, 'apps.connections.open', { as: sandbox.tokens.app });
  return String(url);
}

async function connect({ acks = true }: { acks?: boolean } = {}): Promise<Client> {
  const socket = new WebSocket(await ticket());
  clients.push(socket);
  const got: Json[] = [];
  const client: Client = {
    got,
    get envelopes() {
      return got.filter((it) => 'envelope_id' in it);
    },
    socket,
    closed: false,
    ack: (envelope, payload = {}) => socket.send(JSON.stringify({ envelope_id: envelope?.envelope_id, payload })),
  };
  socket.addEventListener('close', () => {
    client.closed = true;
  });
  socket.addEventListener('message', (event) => {
    const message: Json = JSON.parse(String(event.data));
    got.push(message);
    if (acks && 'envelope_id' in message) client.ack(message);
  });
  await eventually(() => got.length > 0);
  return client;
}

async function connected(): Promise<unknown> {
  return Object(await sandboxCall(sandbox.url, 'GET /state')).bot.connected;
}

test('a connection begins with hello, and its ticket is good for one', async () => {
  expect(await connected()).toBe(false);
  const url = await ticket();
  const first = new WebSocket(url);
  clients.push(first);
  const hello = await new Promise<unknown>((resolve) => {
    first.addEventListener('message', (event) => resolve(JSON.parse(String(event.data))));
  });
  expect(hello).toEqual({
    type: 'hello',
    num_connections: 1,
    debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
    connection_info: { app_id: 'A0SANDBOX' },
  });
  expect(await connected()).toBe(true);
  const second = new WebSocket(url);
  await new Promise((resolve) => second.addEventListener('error', resolve));
  expect(sandbox.connections()).toBe(1);
});

test('ten connections and no eleventh', async () => {
  for (let i = 1; i <= 10; i += 1) {
    expect((await connect()).got[0]).toMatchObject({ type: 'hello', num_connections: i });
  }
  expect(await call(sandbox, 'apps.connections.open', { as: sandbox.tokens.app })).toEqual({
    ok: false,
    error: 'too_many_websockets',
  });
});

test('of more tickets than places, those that come too late open nothing', async () => {
  const tickets = await Promise.all(Array.from({ length: 11 }, ticket));
  const opened: boolean[] = [];
  for (const url of tickets) {
    const socket = new WebSocket(url);
    clients.push(socket);
    opened.push(
      await new Promise((resolve) => {
        socket.addEventListener('open', () => resolve(true));
        socket.addEventListener('error', () => resolve(false));
      }),
    );
  }
  expect(opened).toEqual([...Array.from({ length: 10 }, () => true), false]);
});

test('each envelope goes to one connection, in turn', async () => {
  const both = [await connect(), await connect()];
  for (let i = 0; i < 6; i += 1) await person(sandbox.url, 'U1').command(CHANNEL, `${i}`);
  expect(both.map((it) => it.envelopes.length)).toEqual([3, 3]);
  const ids = both.flatMap((it) => it.envelopes.map((envelope) => envelope.envelope_id));
  expect(new Set(ids).size).toBe(6);
});

test('an envelope is shaped as Slack’s, and the ack’s payload is the answer', async () => {
  const client = await connect({ acks: false });
  const answer = person(sandbox.url, 'U1').command(CHANNEL, 'help');
  const [envelope] = await eventually(() => client.envelopes.length > 0 && client.envelopes);
  expect(envelope).toEqual({
    envelope_id: expect.stringMatching(/^[\da-f-]{36}$/),
    type: 'slash_commands',
    accepts_response_payload: true,
    payload: expect.objectContaining({ command: '/vbs', text: 'help' }),
  });
  client.ack({ envelope_id: 'another' }, { text: 'not this' });
  client.ack(envelope, { text: 'this' });
  client.ack(envelope, { text: 'twice' });
  expect(await answer).toMatchObject({ response: { text: 'this' } });
});

test('without a connection a command fails before the person’s eyes', async () => {
  const ann = person(sandbox.url, 'U1');
  await expect(ann.command(CHANNEL, 'help')).rejects.toMatchObject({ status: 424, body: { error: 'dispatch_failed' } });
  expect((await ann.messages(CHANNEL)).map((it) => it.text)).toEqual(['/vbs failed because the app did not respond']);
});

test('a late ack is a time-out', async () => {
  const client = await connect({ acks: false });
  const ann = person(sandbox.url, 'U1');
  await expect(ann.command(CHANNEL, 'help')).rejects.toMatchObject({ status: 408 });
  client.ack(client.envelopes[0], { text: 'late' });
  await eventually(() => sandbox.log().some((it) => it.error === 'operation_timeout' && it.ms !== undefined));
  expect((await ann.messages(CHANNEL)).map((it) => it.text)).toEqual([
    '/vbs failed with the error "operation_timeout"',
  ]);
});

test('a connection that goes before its ack fails what it was given', async () => {
  const client = await connect({ acks: false });
  const answer = person(sandbox.url, 'U1').command(CHANNEL, 'help');
  const failed = expect(answer).rejects.toMatchObject({ body: { error: 'dispatch_failed' } });
  await eventually(() => client.envelopes.length > 0);
  await setFaults(sandbox.url, { socket: { drop: true } });
  await failed;
  await eventually(() => client.closed);
});

test('a connection told to leave gets nothing new, but may still ack', async () => {
  const old = await connect({ acks: false });
  const pending = person(sandbox.url, 'U1').command(CHANNEL, 'before');
  const [envelope] = await eventually(() => old.envelopes.length > 0 && old.envelopes);
  const fresh = await connect();
  await setFaults(sandbox.url, { socket: { disconnect: true, connections: 1 } });
  expect(await eventually(() => old.got.find((it) => it.type === 'disconnect'))).toEqual({
    type: 'disconnect',
    reason: 'refresh_requested',
    debug_info: { host: 'sandbox' },
  });
  for (const text of ['a', 'b']) await person(sandbox.url, 'U1').command(CHANNEL, text);
  expect([old.envelopes.length, fresh.envelopes.length]).toEqual([1, 2]);
  old.ack(envelope, { text: 'still' });
  expect(await pending).toMatchObject({ response: { text: 'still' } });
});

test('the reason of a disconnect can be chosen', async () => {
  const client = await connect();
  await setFaults(sandbox.url, { socket: { disconnect: 'warning' } });
  expect(await eventually(() => client.got.find((it) => it.type === 'disconnect'))).toMatchObject({
    reason: 'warning',
  });
});

test('opening a connection can be refused a number of times', async () => {
  await setFaults(sandbox.url, { socket: { refuse_open: 1 } });
  const open = () => call(sandbox, 'apps.connections.open', { as: sandbox.tokens.app });
  expect(await open()).toEqual({ ok: false, error: 'internal_error' });
  expect(await open()).toMatchObject({ ok: true });
});

test('on command a delivery comes twice, with the same payload', async () => {
  const both = [await connect(), await connect()];
  await setFaults(sandbox.url, { redeliver: 1 });
  await person(sandbox.url, 'U1').command(CHANNEL, 'once');
  await person(sandbox.url, 'U1').command(CHANNEL, 'again');
  const all = await eventually(() => {
    const envelopes = both.flatMap((it) => it.envelopes);
    return envelopes.length === 3 && envelopes;
  });
  const [first, second] = all.filter((it) => Object(it.payload).text === 'once');
  expect(second?.payload).toEqual(first?.payload);
  expect(second?.envelope_id).not.toBe(first?.envelope_id);
});

test('an event that is not acked comes again, at once and later, until it is', async () => {
  const client = await connect({ acks: false });
  const home = person(sandbox.url, 'U1').home();
  const tries = () => client.envelopes.map((it) => [it.retry_attempt, it.retry_reason]);
  await eventually(() => tries().length === 2);
  client.ack(client.envelopes.at(-1));
  expect(await home).toBeNull();
  expect(tries()).toEqual([
    [0, ''],
    [1, 'timeout'],
  ]);
  const [first, second] = client.envelopes;
  expect(first).toMatchObject({ type: 'events_api', accepts_response_payload: false });
  expect(second?.payload).toEqual(first?.payload);
});
