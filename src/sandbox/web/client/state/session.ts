import { type Deed, type Fact, STEPS } from '../guide-steps.ts';
import { type Json, text } from '../json.ts';
import { call } from './api.ts';
import { ChannelReader } from './channel-reader.ts';
import { begin, isOutOfDate } from './hello.ts';
import { keepLinked } from './link.ts';
import { remember } from './memory.ts';
import {
  channelOnScreen,
  directOf,
  type Exchange,
  emptyModel,
  type Model,
  type Panel,
  seenKey,
  type Thread,
  type Toast,
  type Where,
} from './model.ts';
import { readApp, readExchange, readView, readViews } from './reading.ts';
import { Store } from './store.ts';
import { troubleOf } from './trouble-words.ts';

const MOST_EXCHANGES = 300;
const TOAST_MS = { trouble: 9_000, note: 4_000 } as const;

/** One person at a time in front of the workspace: what they see, and where they look. */
export class Session {
  readonly store = new Store<Model>(emptyModel);
  readonly #channels = new ChannelReader(this.store, () => this.#look());
  #toasts = 0;

  start(): void {
    keepLinked({
      onEvent: (event) => this.#onEvent(event),
      onLost: () => this.store.set({ link: 'lost' }),
    });
    this.store.listen(() => remember(this.store.value));
    document.addEventListener('visibilitychange', () => this.#look());
  }

  /** The sandbox's own time. */
  now(): Date {
    return new Date(Date.now() + this.store.value.ahead);
  }

  actAs(me: string): void {
    if (me === this.store.value.me) return;
    this.store.set(({ where, stirred }) => ({
      me,
      where: where.kind === 'channel' && where.id.startsWith('@') ? { kind: 'channel', id: directOf(me) } : where,
      stirred: { ...stirred, [me]: false },
      thread: undefined,
      messages: {},
      isMenuOpen: false,
    }));
    this.#markNew();
    void this.#channels.readAll();
    if (this.store.value.where.kind === 'home') void this.openHome();
  }

  open(where: Where): void {
    this.store.set({ where, thread: undefined, pointedAt: undefined, isMenuOpen: false });
    this.#markNew();
    this.#look();
  }

  async openHome(): Promise<void> {
    this.store.set({ where: { kind: 'home' }, thread: undefined, isMenuOpen: false });
    this.did('home');
    const { me } = this.store.value;
    await this.attempt(() => call('/_sandbox/home', { user: me }));
  }

  openThread(channel: string, ts: string): void {
    this.store.set({ thread: { channel, ts } });
  }

  closeThread(): void {
    this.store.set({ thread: undefined });
  }

  toggleMenu(): void {
    this.store.set(({ isMenuOpen }) => ({ isMenuOpen: !isMenuOpen }));
  }

  /** Types a command into a channel; whether it was acked. */
  async command(channel: string, typed: string): Promise<boolean> {
    const [command = '', ...rest] = typed.split(' ');
    const body = { user: this.store.value.me, channel, command, text: rest.join(' ') };
    return (await this.attempt(() => call('/_sandbox/command', body))) !== undefined;
  }

  /** Runs a shortcut of the app: from anywhere, or on a message. */
  async shortcut(callbackId: string, message?: Thread): Promise<void> {
    const body = { user: this.store.value.me, callback_id: callbackId, ...message };
    await this.attempt(() => call('/_sandbox/shortcut', body));
  }

  /** Goes to a message by its link; false where the link leads elsewhere. */
  follow(url: string): boolean {
    const found = /\/archives\/([^/?#]+)\/p(\d{10})(\d{6})/.exec(url);
    const [, id = '', seconds, micros] = found ?? [];
    if (!found) return false;
    const isChannel = this.store.value.channels.some((channel) => channel.id === id);
    this.open({ kind: 'channel', id: isChannel ? id : directOf(this.store.value.me) });
    const ts = `${seconds}.${micros}`;
    const threadTs = new URL(url, location.href).searchParams.get('thread_ts');
    this.store.set({ pointedAt: ts });
    if (threadTs !== null) this.openThread(id, threadTs);
    return true;
  }

  showPanel(panel: Panel | undefined): void {
    this.store.set({ panel });
  }

  /** Does something with the sandbox; what goes wrong is told as Slack would, and answers undefined. */
  async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.toast(troubleOf(error));
      return undefined;
    }
  }

  toast(toast: Omit<Toast, 'id'>): void {
    this.#toasts += 1;
    const id = this.#toasts;
    this.store.set(({ toasts }) => ({ toasts: [...toasts.slice(-3), { ...toast, id }] }));
    setTimeout(() => this.dismiss(id), TOAST_MS[toast.tone]);
  }

  dismiss(id: number): void {
    this.store.set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
  }

  /** Remembers that one has brought trouble over the cloud or Slack, or has ended it. */
  setTrouble(where: 'cloud' | 'slack', trouble: string | undefined): void {
    this.store.set(({ troubles }) => ({ troubles: { ...troubles, [where]: trouble } }));
  }

  did(deed: Deed): void {
    this.#tick([deed]);
  }

  #onEvent(event: Json): void {
    if (typeof event.now === 'number') this.store.set({ ahead: event.now - Date.now() });
    switch (event.type) {
      case 'hello':
        void this.#begin(event).catch(() => undefined);
        return;
      case 'messages':
        this.#onMessages(text(event.channel) ?? '', text(event.user));
        return;
      case 'stack':
        this.#onStack(text(event.user) ?? '', event);
        return;
      case 'home':
        this.store.set(({ homes }) => ({ homes: { ...homes, [text(event.user) ?? '']: readView(event.view) } }));
        return;
      case 'exchange':
        this.#onExchange(readExchange(event));
    }
  }

  async #begin(hello: Json): Promise<void> {
    const boot = text(hello.boot) ?? '';
    const before = this.store.value;
    if (before.boot !== '' && boot !== before.boot && (await isOutOfDate())) location.reload();
    const { model, isRestart } = await begin(hello, boot, before);
    this.store.set(model);
    this.#tick([...this.store.value.exchanges, ...(isRestart ? ['restarted' as const] : [])]);
    this.#markNew();
    await this.#channels.readAll();
    if (before.boot === '') this.follow(location.href);
  }

  #onMessages(channel: string, user: string | undefined): void {
    const { me } = this.store.value;
    const owner = user ?? (channel.startsWith('@') ? channel.slice(1) : undefined);
    if (owner === undefined || owner === me) void this.#channels.read(channel);
    else this.store.set(({ stirred }) => ({ stirred: { ...stirred, [owner]: true } }));
  }

  #onStack(user: string, event: Json): void {
    this.store.set(({ stacks }) => ({ stacks: { ...stacks, [user]: readViews(event.views) } }));
  }

  #onExchange(exchange: Exchange): void {
    this.store.set(({ exchanges }) => {
      const known = exchanges.findLastIndex((one) => one.number === exchange.number);
      return {
        exchanges: known < 0 ? [...exchanges, exchange].slice(-MOST_EXCHANGES) : exchanges.with(known, exchange),
      };
    });
    this.#tick([exchange]);
    if (exchange.kind === 'socket')
      void call('/_sandbox/state').then(
        (state) => this.store.set(readApp(state)),
        () => undefined,
      );
  }

  /** What stands on the screen has been seen. */
  #look(): void {
    const model = this.store.value;
    if (document.visibilityState !== 'visible' || model.where.kind === 'home') return;
    const channel = channelOnScreen(model);
    const latest = model.messages[channel]?.at(-1)?.ts;
    const key = seenKey(model.me, channel);
    if (latest === undefined || latest <= (model.seen[key] ?? '')) return;
    this.store.set(({ seen }) => ({ seen: { ...seen, [key]: latest } }));
  }

  #markNew(): void {
    const model = this.store.value;
    this.store.set({ newSince: model.seen[seenKey(model.me, channelOnScreen(model))] ?? '' });
  }

  #tick(facts: readonly Fact[]): void {
    const { ticked } = this.store.value;
    const done = STEPS.filter(({ id, isDone }) => !ticked.includes(id) && facts.some(isDone));
    if (done.length > 0) this.store.set({ ticked: [...ticked, ...done.map(({ id }) => id)] });
  }
}
