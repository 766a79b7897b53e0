import { Changes } from './changes.ts';
import type { Json } from './json.ts';

/** A message as Slack keeps it. Never changed in place: an update puts a new object there. */
export interface Message extends Json {
  readonly type: 'message';
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly thread_ts?: string;
}

/** A message that one person alone sees, until they reload: no `chat.*` method finds it again. */
export interface Ephemeral {
  readonly channel: string;
  readonly user: string;
  readonly message: Message;
}

/** The messages of all channels. */
export class Messages {
  readonly #stored = new Map<string, Map<string, Message>>();
  readonly #ephemeral = new Map<string, Ephemeral>();
  readonly #changes: Changes;

  constructor(changes = new Changes()) {
    this.#changes = changes;
  }

  add(channel: string, message: Message): void {
    this.replace(channel, message);
    this.#countReplies(channel, message);
  }

  find(channel: string, ts: string): Message | undefined {
    return this.#stored.get(channel)?.get(ts);
  }

  replace(channel: string, message: Message): void {
    this.#in(channel).set(message.ts, message);
    this.#changes.tell({ kind: 'messages', channel });
  }

  /** Removes a message; a thread that hangs on it stays, under a tombstone. */
  remove(channel: string, ts: string): void {
    const message = this.find(channel, ts);
    if (!message) return;
    if (this.replies(channel, ts).length === 0) {
      this.#in(channel).delete(ts);
      this.#changes.tell({ kind: 'messages', channel });
      this.#countReplies(channel, message);
      return;
    }
    const { reply_count, reply_users, latest_reply } = message;
    this.replace(channel, {
      type: 'message',
      subtype: 'tombstone',
      ts,
      thread_ts: ts,
      user: 'USLACKBOT',
      text: 'This message was deleted.',
      reply_count,
      reply_users,
      latest_reply,
    });
  }

  /** Everything in a channel, oldest first, replies included. */
  all(channel: string): Message[] {
    return [...(this.#stored.get(channel)?.values() ?? [])];
  }

  replies(channel: string, threadTs: string): Message[] {
    return this.all(channel).filter((it) => it.thread_ts === threadTs && it.ts !== threadTs);
  }

  addEphemeral(entry: Ephemeral): void {
    this.#ephemeral.set(entry.message.ts, entry);
    this.#changes.tell({ kind: 'messages', channel: entry.channel, user: entry.user });
  }

  findEphemeral(ts: string): Ephemeral | undefined {
    return this.#ephemeral.get(ts);
  }

  ephemerals(): Ephemeral[] {
    return [...this.#ephemeral.values()];
  }

  removeEphemeral(ts: string): void {
    const entry = this.#ephemeral.get(ts);
    if (!entry) return;
    this.#ephemeral.delete(ts);
    this.#changes.tell({ kind: 'messages', channel: entry.channel, user: entry.user });
  }

  /** What one person sees in a channel, oldest first. */
  seenBy(channel: string, user: string): Message[] {
    const own = [...this.#ephemeral.values()]
      .filter((it) => it.channel === channel && it.user === user)
      .map((it) => ({ ...it.message, ephemeral: true }));
    if (own.length === 0) return this.all(channel);
    return [...this.all(channel), ...own].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  }

  /** Tells the parent of a reply how many there are now. */
  #countReplies(channel: string, { ts, thread_ts: threadTs = ts }: Message): void {
    const parent = threadTs === ts ? undefined : this.find(channel, threadTs);
    if (!parent) return;
    const replies = this.replies(channel, threadTs);
    this.replace(channel, {
      ...parent,
      thread_ts: parent.ts,
      reply_count: replies.length,
      reply_users: [...new Set(replies.map((reply) => reply.user))],
      latest_reply: replies.at(-1)?.ts,
    });
  }

  #in(channel: string): Map<string, Message> {
    const found = this.#stored.get(channel);
    if (found) return found;
    const fresh = new Map<string, Message>();
    this.#stored.set(channel, fresh);
    return fresh;
  }
}
