import type { App, Receiver } from '@slack/bolt';
import { SocketConnection, type SocketSettings } from './socket-connection.ts';

/**
 * Several Socket Mode connections as one receiver: Slack refreshes each every few hours, and sends each delivery over any
 * one that stands, so while one is renewed the other takes what comes. Slack allows ten an app.
 */
export class SocketReceiver implements Receiver {
  readonly #connections: readonly SocketConnection[];
  readonly #stopping = new AbortController();
  readonly #first: Promise<void>;
  #kept: Promise<unknown> = Promise.resolve();

  constructor(settings: Omit<SocketSettings, 'onChange'>, connections = 2) {
    let up: () => void = () => undefined;
    this.#first = new Promise((resolve) => {
      up = resolve;
    });
    this.#stopping.signal.addEventListener('abort', () => up());
    const onChange = () => {
      if (this.connected > 0) up();
    };
    this.#connections = Array.from({ length: connections }, () => new SocketConnection({ ...settings, onChange }));
  }

  /** How many connections stand. */
  get connected(): number {
    return this.#connections.filter((connection) => connection.connected).length;
  }

  init(app: App): void {
    for (const connection of this.#connections) connection.init(app);
  }

  /** Resolves once the first connection stands, or the receiver is stopped. */
  async start(): Promise<void> {
    this.#kept = Promise.all(this.#connections.map((connection) => connection.keep(this.#stopping.signal)));
    await this.#first;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#kept;
  }
}
