import { call } from './api.ts';
import { directOf, type Model } from './model.ts';
import { readMessages } from './reading.ts';
import type { Store } from './store.ts';

/** Reads what the person sees in the channels, and tells when that has changed. */
export class ChannelReader {
  readonly #store: Store<Model>;
  readonly #onRead: () => void;
  /** Channels that are being read; true if they have to be read once more after that. */
  readonly #reading = new Map<string, boolean>();

  constructor(store: Store<Model>, onRead: () => void) {
    this.#store = store;
    this.#onRead = onRead;
  }

  async readAll(): Promise<void> {
    const { channels, me } = this.#store.value;
    await Promise.all([...channels.map(({ id }) => id), directOf(me)].map((channel) => this.read(channel)));
  }

  /** Reads a channel; of calls while it is being read, one more reading comes. */
  async read(channel: string): Promise<void> {
    if (this.#reading.has(channel)) {
      this.#reading.set(channel, true);
      return;
    }
    do {
      this.#reading.set(channel, false);
      await this.#readOnce(channel);
    } while (this.#reading.get(channel));
    this.#reading.delete(channel);
    this.#onRead();
  }

  async #readOnce(channel: string): Promise<void> {
    const { me } = this.#store.value;
    const query = new URLSearchParams({ channel, as: me });
    // A demo that is gone is read whole when it is back.
    const answer = await call(`/_sandbox/messages?${query}`).catch(() => undefined);
    if (me !== this.#store.value.me) this.#reading.set(channel, !channel.startsWith('@'));
    else if (answer !== undefined) {
      this.#store.set(({ messages }) => ({ messages: { ...messages, [channel]: readMessages(answer) } }));
    }
  }
}
