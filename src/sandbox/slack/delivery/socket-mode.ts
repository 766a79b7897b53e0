import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { DisconnectReason } from '../faults.ts';
import { APP } from '../identity.ts';
import { newSecret } from '../ids.ts';
import { type Json, parsed, record, text } from '../json.ts';
import type { Traffic } from '../traffic.ts';
import { acceptWebSocket, type WebSocketConnection } from '../websocket.ts';
import { type Envelope, type Transport, Undelivered } from './transport.ts';

/** Slack's limit of connections an app. */
const MAX_CONNECTIONS = 10;
const TICKET_LIFETIME_MS = 30_000;
const PING_EVERY_MS = 10_000;
/** After `refresh_requested` Slack cuts the connection by itself, if the client does not. */
const REFRESH_GRACE_MS = 10_000;
const GOING_AWAY = 1001;
const LEAVE_MS = 200;
const APPROXIMATE_CONNECTION_SECONDS = 18_060;

interface Pending {
  resolve(payload: Json): void;
  reject(error: Undelivered): void;
}

interface Connection {
  readonly number: number;
  readonly socket: WebSocketConnection;
  readonly pending: Map<string, Pending>;
  /** False once it was told to disconnect: it may still ack, but gets nothing new. */
  live: boolean;
}

/** The connections of Socket Mode: each envelope goes to one of them, in turn. */
export class SocketMode implements Transport {
  readonly #traffic: Traffic;
  readonly #tickets = new Map<string, number>();
  readonly #connections = new Set<Connection>();
  readonly #pings: NodeJS.Timeout;
  #opened = 0;
  #turn = 0;

  constructor(traffic: Traffic) {
    this.#traffic = traffic;
    this.#pings = setInterval(() => {
      for (const connection of this.#connections) connection.socket.ping();
    }, PING_EVERY_MS).unref();
  }

  get connected(): boolean {
    return this.#live().length > 0;
  }

  /** How many connections are open and not told to leave. */
  get connections(): number {
    return this.#live().length;
  }

  /** The path and query of a URL that opens one connection, once. Undefined where the app has too many. */
  issueTicket(): string | undefined {
    if (this.#connections.size >= MAX_CONNECTIONS) return undefined;
    const ticket = newSecret();
    this.#tickets.set(ticket, Date.now() + TICKET_LIFETIME_MS);
    return `/link/?ticket=${ticket}&app_id=${APP.id}`;
  }

  /** Takes an upgrade request to `/link/`, unless others have taken the last place since its ticket was issued. */
  upgrade(request: IncomingMessage, socket: Duplex): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const ticket = searchParams.get('ticket') ?? '';
    const expires = this.#tickets.get(ticket) ?? 0;
    this.#tickets.delete(ticket);
    const full = this.#connections.size >= MAX_CONNECTIONS;
    if (pathname !== '/link/' || expires < Date.now() || full) {
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    const pending = new Map<string, Pending>();
    const accepted = acceptWebSocket(request, socket, {
      onText: (frame) => this.#onFrame(pending, frame),
      onEnd: () => this.#onEnd(pending),
    });
    if (!accepted) return;
    this.#opened += 1;
    this.#connections.add({ number: this.#opened, socket: accepted, pending, live: true });
    this.#note('to_app', 'hello', { connection: this.#opened });
    accepted.sendText(JSON.stringify(this.#hello()));
  }

  send(envelope: Envelope): Promise<Json> {
    const live = this.#live();
    this.#turn += 1;
    const connection = live[this.#turn % Math.max(1, live.length)];
    if (!connection) return Promise.reject(new Undelivered('connection_failed'));
    const envelopeId = randomUUID();
    return new Promise((resolve, reject) => {
      connection.pending.set(envelopeId, { resolve, reject });
      connection.socket.sendText(
        JSON.stringify({
          envelope_id: envelopeId,
          type: envelope.type,
          accepts_response_payload: envelope.type !== 'events_api',
          payload: envelope.payload,
          ...(envelope.type === 'events_api' && {
            retry_attempt: envelope.retry?.attempt ?? 0,
            retry_reason: envelope.retry?.reason.replace('http_timeout', 'timeout') ?? '',
          }),
        }),
      );
    });
  }

  /** Tells connections to leave, the oldest first. */
  disconnect(reason: DisconnectReason, count = Number.POSITIVE_INFINITY): void {
    for (const connection of this.#live().slice(0, count)) {
      connection.live = false;
      this.#note('to_app', 'disconnect', { connection: connection.number, reason });
      connection.socket.sendText(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
      setTimeout(() => connection.socket.close(), REFRESH_GRACE_MS).unref();
    }
  }

  /** Cuts connections without a word, the oldest first. */
  drop(count = Number.POSITIVE_INFINITY): void {
    for (const connection of this.#live().slice(0, count)) {
      connection.live = false;
      this.#note('to_app', 'drop', { connection: connection.number });
      connection.socket.drop();
    }
  }

  /** Takes leave of every client, and cuts whoever does not answer at once; for the end of the workspace. */
  close(): void {
    clearInterval(this.#pings);
    for (const { socket } of this.#connections) {
      socket.close(GOING_AWAY);
      setTimeout(() => socket.drop(), LEAVE_MS).unref();
    }
  }

  #live(): Connection[] {
    return [...this.#connections].filter((connection) => connection.live);
  }

  #hello(): Json {
    return {
      type: 'hello',
      num_connections: this.#connections.size,
      debug_info: {
        host: 'sandbox',
        build_number: 1,
        approximate_connection_time: APPROXIMATE_CONNECTION_SECONDS,
      },
      connection_info: { app_id: APP.id },
    };
  }

  #onFrame(pending: Map<string, Pending>, frame: string): void {
    const message = record(parsed(frame));
    const envelopeId = text(message.envelope_id) ?? '';
    const waiting = pending.get(envelopeId);
    if (!waiting) {
      this.#note('from_app', 'unknown_ack', message);
      return;
    }
    pending.delete(envelopeId);
    waiting.resolve(record(message.payload));
  }

  #onEnd(pending: Map<string, Pending>): void {
    for (const connection of this.#connections) {
      if (connection.pending !== pending) continue;
      this.#connections.delete(connection);
      this.#note('from_app', 'closed', { connection: connection.number });
    }
    for (const waiting of pending.values()) waiting.reject(new Undelivered('connection_failed'));
    pending.clear();
  }

  #note(direction: 'to_app' | 'from_app', type: string, request: Json): void {
    this.#traffic.add({ direction, kind: 'socket', type, request });
  }
}
