import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Change } from '../changes.ts';
import type { Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import { withoutSecrets } from '../traffic.ts';
import { viewPayload } from '../views.ts';
import { acceptWebSocket, type WebSocketConnection } from '../websocket.ts';

const GOING_AWAY = 1001;
const LEAVE_MS = 200;
/** Often enough to be told of a moved clock, and to keep what is between from closing a quiet connection. */
const TICK_MS = 10_000;
const LATEST_EXCHANGES = 300;

/**
 * Pushes what changes to whoever watches over a WebSocket at `/_sandbox/events`, such as the page. A watcher gets
 * `hello` with what is open and published and the latest exchanges, then each change as it happens. Of messages it is
 * told only that a channel has others now: what a person sees there, `GET /messages` tells.
 */
export class Watchers {
  readonly #parts: Parts;
  readonly #connections = new Set<WebSocketConnection>();
  readonly #boot = randomUUID();
  readonly #ticks: NodeJS.Timeout;
  readonly #stopListening: () => void;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#stopListening = parts.changes.listen((change) => {
      if (this.#connections.size > 0) this.#push(describe(parts, change));
    });
    this.#ticks = setInterval(() => this.#push({ type: 'tick' }), TICK_MS).unref();
  }

  /** Takes an upgrade request to `/_sandbox/events`. */
  upgrade(request: IncomingMessage, socket: Duplex): void {
    const connection = acceptWebSocket(request, socket, {
      onText: () => undefined,
      onEnd: () => {
        if (connection) this.#connections.delete(connection);
      },
    });
    if (!connection) return;
    this.#connections.add(connection);
    connection.sendText(this.#stamped(hello(this.#parts, this.#boot)));
  }

  /** Has everyone look at the clock. */
  tick(): void {
    this.#push({ type: 'tick' });
  }

  close(): void {
    clearInterval(this.#ticks);
    this.#stopListening();
    for (const connection of this.#connections) {
      connection.close(GOING_AWAY);
      setTimeout(() => connection.drop(), LEAVE_MS).unref();
    }
  }

  #push(event: Json): void {
    const text = this.#stamped(event);
    for (const connection of this.#connections) connection.sendText(text);
  }

  #stamped(event: Json): string {
    return JSON.stringify({ ...event, now: this.#parts.now().getTime() });
  }
}

function hello(parts: Parts, boot: string): Json {
  const users = parts.views.users();
  const log = parts.traffic.log();
  const first = Math.max(0, log.length - LATEST_EXCHANGES);
  return {
    type: 'hello',
    boot,
    stacks: Object.fromEntries(users.map((user) => [user, stackOf(parts, user)])),
    homes: Object.fromEntries(users.map((user) => [user, homeOf(parts, user)])),
    exchanges: log.slice(first).map((exchange, index) => ({ number: first + index, exchange })),
  };
}

function describe(parts: Parts, change: Change): Json {
  switch (change.kind) {
    case 'messages':
      return {
        type: 'messages',
        channel: addressOf(parts, change.channel),
        ...(change.user !== undefined && { user: change.user }),
      };
    case 'stack':
      return { type: 'stack', user: change.user, views: stackOf(parts, change.user) };
    case 'home':
      return { type: 'home', user: change.user, view: homeOf(parts, change.user) };
    case 'exchange':
      return { type: 'exchange', number: change.number, exchange: withoutSecrets(change.exchange) };
  }
}

function stackOf(parts: Parts, user: string): Json[] {
  return parts.views.stack(user).map(viewPayload);
}

function homeOf(parts: Parts, user: string): Json | null {
  const home = parts.views.home(user);
  return home ? viewPayload(home) : null;
}

/** The channel as `GET /messages` takes it: a person's direct messages go by that person. */
function addressOf(parts: Parts, id: string): string {
  const channel = parts.channels.get(id);
  if (channel?.kind !== 'im') return id;
  const person = [...channel.members].find((member) => parts.directory.human(member));
  return person === undefined ? id : `@${person}`;
}
