import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Server side of RFC 6455, as much as Socket Mode needs: text messages, ping, pong and close; no extensions. */

const HANDSHAKE_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const CLOSE_GRACE_MS = 2000;

const OPCODE = { continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa } as const;

/** Close codes of RFC 6455, section 7.4.1. */
const CLOSE = { normal: 1000, protocolError: 1002, unsupported: 1003, notUtf8: 1007, tooBig: 1009 } as const;

interface Frame {
  readonly fin: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
}

class ProtocolError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
  }
}

/** One accepted connection. */
export interface WebSocketConnection {
  sendText(text: string): void;
  ping(): void;
  /** Starts the closing handshake; the connection is cut if the client does not answer it in time. */
  close(code?: number): void;
  /** Cuts the connection without a word. */
  drop(): void;
}

export interface WebSocketHandlers {
  onText(text: string): void;
  /** Called once, however the connection ended. */
  onEnd(): void;
}

/** Answers an upgrade request. Undefined, with the request refused, where it is no proper handshake. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  handlers: WebSocketHandlers,
): WebSocketConnection | undefined {
  socket.on('error', () => socket.destroy());
  const key = request.headers['sec-websocket-key'];
  const upgrades = request.headers.upgrade?.toLowerCase() === 'websocket';
  if (key === undefined || !upgrades || request.headers['sec-websocket-version'] !== '13') {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    return undefined;
  }
  const accept = createHash('sha1')
    .update(key + HANDSHAKE_GUID)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  return new Connection(socket, handlers);
}

class Connection implements WebSocketConnection {
  readonly #socket: Duplex;
  readonly #handlers: WebSocketHandlers;
  #unread: Buffer = Buffer.alloc(0);
  #fragments: Buffer[] = [];
  #closing = false;
  #deaf = false;
  #ended = false;

  constructor(socket: Duplex, handlers: WebSocketHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('close', () => this.#end());
    socket.on('end', () => socket.end());
  }

  sendText(text: string): void {
    this.#send(OPCODE.text, Buffer.from(text));
  }

  ping(): void {
    this.#send(OPCODE.ping, Buffer.alloc(0));
  }

  close(code: number = CLOSE.normal): void {
    if (this.#closing) return;
    const status = Buffer.alloc(2);
    status.writeUInt16BE(code);
    this.#send(OPCODE.close, status);
    this.#closing = true;
    setTimeout(() => this.#socket.destroy(), CLOSE_GRACE_MS).unref();
  }

  drop(): void {
    this.#socket.destroy();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#handlers.onEnd();
  }

  #read(chunk: Buffer): void {
    if (this.#deaf) return;
    this.#unread = Buffer.concat([this.#unread, chunk]);
    try {
      for (let read = readFrame(this.#unread); read; read = readFrame(this.#unread)) {
        this.#unread = this.#unread.subarray(read.size);
        this.#take(read.frame);
      }
    } catch (error) {
      this.#deaf = true;
      this.close(error instanceof ProtocolError ? error.code : CLOSE.protocolError);
      this.#socket.end();
    }
  }

  #take(frame: Frame): void {
    switch (frame.opcode) {
      case OPCODE.ping:
        this.#send(OPCODE.pong, frame.payload);
        return;
      case OPCODE.pong:
        return;
      case OPCODE.close:
        this.close(frame.payload.length >= 2 ? frame.payload.readUInt16BE(0) : CLOSE.normal);
        this.#socket.end();
        return;
      case OPCODE.text:
        if (this.#fragments.length > 0) throw new ProtocolError(CLOSE.protocolError, 'a message within a message');
        this.#collect(frame);
        return;
      case OPCODE.continuation:
        if (this.#fragments.length === 0) throw new ProtocolError(CLOSE.protocolError, 'nothing to continue');
        this.#collect(frame);
        return;
      default:
        throw new ProtocolError(CLOSE.unsupported, `opcode ${frame.opcode}`);
    }
  }

  #collect(frame: Frame): void {
    this.#fragments.push(frame.payload);
    const size = this.#fragments.reduce((sum, part) => sum + part.length, 0);
    if (size > MAX_MESSAGE_BYTES) throw new ProtocolError(CLOSE.tooBig, `${size} bytes`);
    if (!frame.fin) return;
    const message = Buffer.concat(this.#fragments);
    this.#fragments = [];
    this.#handlers.onText(decoded(message));
  }

  #send(opcode: number, payload: Buffer): void {
    if (this.#closing || !this.#socket.writable) return;
    this.#socket.write(Buffer.concat([header(opcode, payload.length), payload]));
  }
}

function decoded(message: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(message);
  } catch {
    throw new ProtocolError(CLOSE.notUtf8, 'the text is not UTF-8');
  }
}

/** A final, unmasked frame's header: a server never masks and ours never fragments. */
function header(opcode: number, length: number): Buffer {
  const first = 0x80 | opcode;
  if (length < 126) return Buffer.from([first, length]);
  if (length < 65_536) return Buffer.from([first, 126, length >> 8, length & 0xff]);
  const long = Buffer.alloc(10);
  long[0] = first;
  long[1] = 127;
  long.writeBigUInt64BE(BigInt(length), 2);
  return long;
}

/** The first frame, and how many bytes it took; undefined while bytes are missing. */
function readFrame(bytes: Buffer): { frame: Frame; size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const first = bytes.readUInt8(0);
  const second = bytes.readUInt8(1);
  const fin = (first & 0x80) !== 0;
  const opcode = first & 0x0f;
  if ((first & 0x70) !== 0) throw new ProtocolError(CLOSE.protocolError, 'no extension was agreed');
  if ((second & 0x80) === 0) throw new ProtocolError(CLOSE.protocolError, 'a client must mask');
  if (opcode >= OPCODE.close && (!fin || (second & 0x7f) > 125)) {
    throw new ProtocolError(CLOSE.protocolError, 'a control frame is short and whole');
  }
  const measured = payloadLength(bytes, second & 0x7f);
  if (!measured) return undefined;
  const start = measured.offset + 4;
  if (bytes.length < start + measured.length) return undefined;
  const mask = bytes.subarray(measured.offset, start);
  const payload = Buffer.from(bytes.subarray(start, start + measured.length));
  for (let i = 0; i < payload.length; i += 1) payload[i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return { frame: { fin, opcode, payload }, size: start + measured.length };
}

function payloadLength(bytes: Buffer, short: number): { length: number; offset: number } | undefined {
  if (short < 126) return { length: short, offset: 2 };
  if (short === 126) return bytes.length < 4 ? undefined : { length: bytes.readUInt16BE(2), offset: 4 };
  if (bytes.length < 10) return undefined;
  const length = bytes.readBigUInt64BE(2);
  if (length > BigInt(MAX_MESSAGE_BYTES)) throw new ProtocolError(CLOSE.tooBig, `${length} bytes`);
  return { length: Number(length), offset: 10 };
}
