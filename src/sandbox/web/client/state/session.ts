import { type Deed, type Fact, STEPS } from '../guide-steps.ts';
import { isRecord, type Json, records, text } from '../json.ts';
import { CallError, call } from './api.ts';
import { keepLinked } from './link.ts';
import { remember, remembered } from './memory.ts';
import {
  channelOnScreen,
  directOf,
  type Exchange,
  emptyModel,
  type Model,
  type Panel,
  seenKey,
  type Toast,
  type Where,
} from './model.ts';
import {
  readAbout,
  readApp,
  readChannels,
  readExchange,
  readMessages,
  readPeople,
  readView,
  readViews,
} from './reading.ts';
import { Store } from './store.ts';

const MOST_EXCHANGES = 300;
const TOAST_MS = 9_000;

/** One person at a time in front of the workspace: what they see, and where they look. */
export class Session {
  readonly store = new Store<Model>(emptyModel);
  /** Channels that are being read; true if they have to be read once more after that. */
  readonly #reading = new Map<string, boolean>();
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
    void this.#readAll();
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
    setTimeout(() => this.dismiss(id), TOAST_MS);
  }

  dismiss(id: number): void {
    this.store.set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
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

  /** The connection stands: reads everything, since anything may have happened meanwhile. */
  async #begin(hello: Json): Promise<void> {
    const boot = text(hello.boot) ?? '';
    const before = this.store.value;
    if (before.boot !== '' && boot !== before.boot && (await isOutOfDate())) location.reload();
    const [aboutAnswer, state] = await Promise.all([call('/_demo/about'), call('/_sandbox/state')]);
    const about = readAbout(aboutAnswer);
    const memory = before.boot === '' ? remembered() : before;
    const isSameWorld = memory.boot === boot || (memory.boot !== '' && about.kept);
    const people = readPeople(state);
    const channels = readChannels(state);
    const stays = isSameWorld ? { seen: memory.seen, ticked: memory.ticked } : { seen: {}, ticked: [] };
    const me = people.find((person) => person.id === memory.me)?.id ?? people[0]?.id ?? '';
    this.store.set({
      link: 'open',
      boot,
      about,
      people,
      channels,
      ...readApp(state),
      ...stays,
      me,
      where: before.where.kind === 'home' || before.boot !== '' ? before.where : firstPlace(channels),
      stacks: mapped(hello.stacks, readViews),
      homes: mapped(hello.homes, readView),
      exchanges: records(hello.exchanges).map(readExchange),
      ...(!isSameWorld && { messages: {}, thread: undefined, stirred: {} }),
    });
    this.#tick([
      ...this.store.value.exchanges,
      ...(isRestart(memory.boot, boot, about.kept) ? ['restarted' as const] : []),
    ]);
    this.#markNew();
    await this.#readAll();
    if (before.boot === '') this.follow(location.href);
  }

  #onMessages(channel: string, user: string | undefined): void {
    const { me } = this.store.value;
    const owner = user ?? (channel.startsWith('@') ? channel.slice(1) : undefined);
    if (owner === undefined || owner === me) void this.#read(channel);
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

  async #readAll(): Promise<void> {
    const { channels, me } = this.store.value;
    await Promise.all([...channels.map(({ id }) => id), directOf(me)].map((channel) => this.#read(channel)));
  }

  /** Reads a channel; of calls while it is being read, one more reading comes. */
  async #read(channel: string): Promise<void> {
    if (this.#reading.has(channel)) {
      this.#reading.set(channel, true);
      return;
    }
    do {
      this.#reading.set(channel, false);
      const { me } = this.store.value;
      const query = new URLSearchParams({ channel, as: me });
      const answer = await call(`/_sandbox/messages?${query}`).catch(() => undefined);
      if (me !== this.store.value.me) this.#reading.set(channel, !channel.startsWith('@'));
      else if (answer !== undefined) {
        this.store.set(({ messages }) => ({ messages: { ...messages, [channel]: readMessages(answer) } }));
      }
    } while (this.#reading.get(channel));
    this.#reading.delete(channel);
    this.#look();
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

function firstPlace(channels: Model['channels']): Where {
  return { kind: 'channel', id: channels[0]?.id ?? '' };
}

function isRestart(before: string, boot: string, kept: boolean): boolean {
  return kept && before !== '' && before !== boot;
}

function mapped<T>(value: unknown, read: (one: unknown) => T): Record<string, T> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, read(one)])) : {};
}

/** Whether the demo that was started again serves another page than this one. */
async function isOutOfDate(): Promise<boolean> {
  const script = document.querySelector('script[src]')?.getAttribute('src') ?? '';
  const page = await fetch('/').then((response) => response.text());
  return !page.includes(script);
}

function troubleOf(error: unknown): Omit<Toast, 'id'> {
  if (!(error instanceof CallError)) {
    return { tone: 'trouble', text: 'The demo does not answer. Is it still running?' };
  }
  const detail = error.notice === undefined ? {} : { detail: `Slack shows: “${error.notice}”` };
  switch (error.status) {
    case 408:
      return { tone: 'trouble', text: 'The app did not answer within 3 seconds.', ...detail };
    case 424:
      return { tone: 'trouble', text: 'The app could not be reached.', ...detail };
    default:
      return { tone: 'trouble', text: error.message, ...detail };
  }
}
