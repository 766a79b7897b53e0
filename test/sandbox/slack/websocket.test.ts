import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acceptWebSocket, type WebSocketConnection } from '../../../src/sandbox/slack/websocket.ts';
import { eventually } from '../../support/slack-person.ts';

let server: Server;
let port: number;
let seen: { texts: string[]; ended: number };
let connection: WebSocketConnection | undefined;
const clients: Socket[] = [];

beforeEach(async () => {
  // Its own record for each test: a connection of the one before may end late.
  const record: typeof seen = { texts: [], ended: 0 };
  seen = record;
  connection = undefined;
  server = createServer();
  server.on('upgrade', (request, socket) => {
    connection = acceptWebSocket(request, socket, {
      onText: (text) => record.texts.push(text),
      onEnd: () => {
        record.ended += 1;
      },
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  connection?.drop();
  await new Promise((resolve) => server.close(resolve));
});

/** A client of bare bytes, its handshake done, and all that the server sent it since. */
async function rawClient(): Promise<{ socket: Socket; sent: () => Buffer }> {
  const socket = connect(port, '127.0.0.1');
  clients.push(socket);
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
  });
  socket.write(
    'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  const end = await eventually(() => {
    const at = bytes.indexOf('\r\n\r\n');
    return at < 0 ? undefined : at + 4;
  });
  expect(bytes.subarray(0, end).toString()).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  return { socket, sent: () => bytes.subarray(end) };
}

function frame(opcode: number, payload: string | Buffer, { fin = true }: { fin?: boolean } = {}): Buffer {
  const mask = Buffer.from([1, 2, 3, 4]);
  const data = Buffer.from(payload).map((byte, i) => byte ^ (mask[i % 4] ?? 0));
  const length = data.length < 126 ? [0x80 | data.length] : [0x80 | 126, data.length >> 8, data.length & 0xff];
  return Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | opcode, ...length]), mask, data]);
}

const closed = (code: number) => Buffer.from([0x88, 2, code >> 8, code & 0xff]);

test('a request that is no handshake is refused', async () => {
  const socket = connect(port, '127.0.0.1');
  clients.push(socket);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  await eventually(() => answer.includes('400 Bad Request'), { what: 'a refusal' });
});

const violations: [string, Buffer, number][] = [
  ['an unmasked frame', Buffer.from([0x81, 1, 0x61]), 1002],
  ['a reserved bit', Buffer.from([0xc1, 0x80, 0, 0, 0, 0]), 1002],
  ['a continuation of nothing', frame(0x0, 'x'), 1002],
  ['a message within a message', Buffer.concat([frame(0x1, 'a', { fin: false }), frame(0x1, 'b')]), 1002],
  ['a fragmented ping', frame(0x9, 'x', { fin: false }), 1002],
  ['a long ping', frame(0x9, 'x'.repeat(126)), 1002],
  ['a binary message', frame(0x2, 'x'), 1003],
  ['text that is not UTF-8', frame(0x1, Buffer.from([0xff, 0xfe])), 1007],
  ['a frame beyond all measure', Buffer.from([0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0]), 1009],
];

test.each(violations)('%s ends the connection, with the code that says why', async (_, bytes, code) => {
  const { socket, sent } = await rawClient();
  socket.write(Buffer.concat([bytes, frame(0x1, 'never read')]));
  await eventually(() => sent().length >= 4);
  expect(sent()).toEqual(closed(code));
  await eventually(() => seen.ended === 1);
  expect(seen.texts).toEqual([]);
});

test('fragments make one message, with a ping answered in between', async () => {
  const { socket, sent } = await rawClient();
  socket.write(Buffer.concat([frame(0x1, 'one ', { fin: false }), frame(0x9, 'hey'), frame(0x0, 'message')]));
  await eventually(() => seen.texts.length > 0);
  expect(seen.texts).toEqual(['one message']);
  expect(sent()).toEqual(Buffer.concat([Buffer.from([0x8a, 3]), Buffer.from('hey')]));
});

test('a frame may come byte by byte', async () => {
  const { socket } = await rawClient();
  socket.setNoDelay(true);
  for (const byte of frame(0x1, 'ä'.repeat(100))) socket.write(Buffer.from([byte]));
  await eventually(() => seen.texts.length > 0);
  expect(seen.texts).toEqual(['ä'.repeat(100)]);
});

test('a close is answered with its code', async () => {
  const { socket, sent } = await rawClient();
  socket.write(frame(0x8, Buffer.from([0x03, 0xe9])));
  await eventually(() => sent().length >= 4 && seen.ended === 1);
  expect(sent()).toEqual(closed(1001));
});

test('a connection that breaks ends once', async () => {
  const { socket } = await rawClient();
  socket.resetAndDestroy();
  await eventually(() => seen.ended === 1);
  connection?.sendText('into the void');
  connection?.close();
  expect(seen.ended).toBe(1);
});

test('messages of all lengths pass both ways, with the client that apps use', async () => {
  const client = new WebSocket(`ws://127.0.0.1:${port}/`);
  const got: string[] = [];
  client.addEventListener('message', (event) => got.push(String(event.data)));
  await new Promise((resolve) => client.addEventListener('open', resolve));
  const all = [0, 1, 125, 126, 65_535, 65_536, 300_000].map((length) => 'x'.repeat(length));
  for (const text of all) {
    client.send(text);
    connection?.sendText(text);
  }
  await eventually(() => seen.texts.length === all.length && got.length === all.length);
  expect(seen.texts.map((it) => it.length)).toEqual(all.map((it) => it.length));
  expect(got).toEqual(all);
  client.close(1000);
  await eventually(() => seen.ended === 1);
});
