import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { type ButtonSeen, buttonsIn, type FieldSeen, fieldsIn, type Json, wordsIn } from './blocks.ts';
import { eventually, person, SandboxError, type SeenMessage, type SeenView, type SlackPerson } from './slack-person.ts';

/** Slack waits three seconds; what takes nearly as long here takes longer on a bad day. */
const ACK_WITHIN_MS = 2_500;
const PATIENCE_MS = 20_000;

/** A message, where this person sees it. */
export interface Post extends SeenMessage {
  readonly channel: string;
}

/** What a person puts into a field: words, the words of one or several options, or a moment. */
export type Entry = string | readonly string[] | Date;

/** What a form answered when it was handed in; errors by the label of their field. */
export interface HandedIn {
  readonly action: string | undefined;
  readonly errors: Readonly<Record<string, string>>;
}

/** The first line of a message, which says where a thing stands. */
export function headline(post: { readonly text: string }): string {
  return post.text.split('\n')[0] ?? '';
}

/** What can be clicked in a message. */
export function buttons(post: Pick<SeenMessage, 'blocks'>): readonly string[] {
  return buttonsIn(post.blocks ?? []).map((button) => button.label);
}

/** A person of the workspace, who finds things by what they say. Every one of their interactions must be acked in time. */
export class Player {
  readonly id: string;
  readonly #person: SlackPerson;
  readonly #home: string;

  /** `home` is the channel in which they type, unless they say another. */
  constructor(about: { url: string; id: string; home: string }) {
    this.id = about.id;
    this.#person = person(about.url, about.id);
    this.#home = about.home;
  }

  /** Types `/vbs` and this. */
  async types(words: string, channel = this.#home): Promise<void> {
    inTime(await this.#person.command(channel, words), `/vbs ${words}`);
  }

  /** What is in a channel that is no reply in a thread, for everyone, oldest first. */
  async cards(channel: string): Promise<readonly Post[]> {
    const all = await this.posts(channel);
    return all.filter((post) => !post.ephemeral && (post.thread_ts ?? post.ts) === post.ts);
  }

  /** Waits for the newest card whose text has this in it. */
  card(channel: string, words: RegExp): Promise<Post> {
    return this.#waitFor(`a card with ${words}`, async () =>
      (await this.cards(channel)).findLast((post) => words.test(post.text)),
    );
  }

  /** Waits until the same card says this. */
  cardNow(card: Post, words: RegExp): Promise<Post> {
    return this.#waitFor(`the card to say ${words}`, async () =>
      (await this.posts(card.channel)).find((post) => post.ts === card.ts && words.test(post.text)),
    );
  }

  /** The replies in the thread of a card. */
  async thread(card: Post): Promise<readonly string[]> {
    const all = await this.posts(card.channel);
    return all.filter((post) => post.thread_ts === card.ts && post.ts !== card.ts).map((post) => post.text);
  }

  /** Waits for a reply in the thread of a card. */
  reply(card: Post, words: RegExp): Promise<string> {
    return this.#waitFor(`a reply with ${words}`, async () =>
      (await this.thread(card)).find((text) => words.test(text)),
    );
  }

  /** Waits for what the bot says to this person alone in a channel. */
  hears(words: RegExp, channel = this.#home): Promise<Post> {
    return this.#waitFor(`private words with ${words}`, async () =>
      (await this.posts(channel)).findLast((post) => post.ephemeral && words.test(post.text)),
    );
  }

  /** Types `/vbs` and this, and waits for words that were not there before. */
  async typesAndHears(command: string, words: RegExp): Promise<Post> {
    const before = new Set((await this.posts(this.#home)).map((post) => post.ts));
    await this.types(command);
    return this.#waitFor(`an answer with ${words} to ${command}`, async () =>
      (await this.posts(this.#home)).find((post) => post.ephemeral && !before.has(post.ts) && words.test(post.text)),
    );
  }

  /** Waits for a direct message of the bot. */
  isTold(words: RegExp): Promise<Post> {
    return this.#waitFor(`a direct message with ${words}`, async () =>
      (await this.directMessages()).findLast((post) => words.test(post.text)),
    );
  }

  directMessages(): Promise<readonly Post[]> {
    return this.posts(`@${this.id}`);
  }

  /** Clicks the button with these words in a message; `beside` tells it from others of the same words. */
  async presses(post: Post, label: string, beside: RegExp = /(?:)/): Promise<void> {
    const { channel, ts } = post;
    const click = (blocks: readonly Json[]) =>
      this.clicks({ channel, ts, ...addressOf(onlyButton(blocks, label, beside)) }, label);
    const seen = post.blocks ?? [];
    try {
      await click(seen);
    } catch (error) {
      const now = (await this.posts(channel)).find((one) => one.ts === ts)?.blocks;
      if (!(error instanceof SandboxError) || now === undefined || isDeepStrictEqual(now, seen)) throw error;
      // It was drawn anew under their finger, and they press what stands there now.
      await click(now);
    }
  }

  /** Clicks the button with these words in the open modal. */
  async pressesInForm(label: string, beside: RegExp = /(?:)/): Promise<void> {
    const button = onlyButton((await this.form()).blocks, label, beside);
    await this.clicks(addressOf(button), label);
  }

  /** Clicks the button with these words in the home tab. */
  async pressesAtHome(home: SeenView, label: string, beside: RegExp = /(?:)/): Promise<void> {
    await this.clicks({ home: true, ...addressOf(onlyButton(home.blocks, label, beside)) }, label);
  }

  async clicks(click: Json & { action_id: string }, what = click.action_id): Promise<void> {
    inTime(await this.#person.click(click), what);
  }

  /** Runs a shortcut of the app: on a message, or from anywhere. */
  async runs(callbackId: string, post?: Post): Promise<void> {
    const on = post && { channel: post.channel, ts: post.ts };
    inTime(await this.#person.shortcut(callbackId, on), callbackId);
  }

  /** Opens the home tab. */
  async home(): Promise<SeenView> {
    return eventually(() => this.#person.home(), { withinMs: PATIENCE_MS, what: 'a home tab' });
  }

  /** The modal on top, if there is one. */
  view(): Promise<SeenView | null> {
    return this.#person.view();
  }

  /** Waits until the modal on top says this. */
  form(words: RegExp = /(?:)/): Promise<SeenView> {
    return this.#waitFor(`a modal with ${words}`, async () => {
      const view = await this.#person.view();
      return view && words.test(wordsIn(view.blocks)) ? view : undefined;
    });
  }

  /** What the searched field with this label offers for these words. */
  async searches(label: string, query: string): Promise<readonly { text: string; value: string }[]> {
    const field = await this.#field(label);
    const found = await this.#person.options({ action_id: field.actionId, block_id: field.blockId, query });
    inTime(found, `searching ${label}`);
    return (found.options ?? []).map((option) => ({ text: option.text.text, value: option.value }));
  }

  /** Chooses in a field that answers at once. */
  async chooses(label: string, words: Entry): Promise<void> {
    const field = await this.#field(label);
    const { blockId: block_id, actionId: action_id } = field;
    const entered = await this.#entered(field, words);
    await this.clicks({ ...entered, type: undefined, action_id, block_id }, label);
  }

  /** Fills in fields by their labels and presses the modal's submit button. */
  async handsIn(entries: Readonly<Record<string, Entry>> = {}): Promise<HandedIn> {
    const values: Record<string, Record<string, Json>> = {};
    for (const [label, entry] of Object.entries(entries)) {
      const field = await this.#field(label);
      values[field.blockId] = { [field.actionId]: await this.#entered(field, entry) };
    }
    const fields = fieldsIn((await this.form()).blocks);
    const answer = await this.#person.submit(values);
    inTime(answer, 'handing in');
    const named = Object.entries(answer.errors ?? {}).map(([blockId, error]) => [
      fields.find((field) => field.blockId === blockId)?.label ?? blockId,
      error,
    ]);
    return { action: answer.response_action, errors: Object.fromEntries(named) };
  }

  async closes(): Promise<void> {
    inTime(await this.#person.close(), 'closing');
  }

  async #entered(field: FieldSeen, entry: Entry): Promise<Json> {
    const { type } = field;
    if (entry instanceof Date) return { type, selected_date_time: Math.floor(entry.getTime() / 1_000) };
    if (typeof entry !== 'string') {
      const searched = type === 'multi_external_select';
      const one = async (text: string) => (searched ? this.#found(field, text) : { value: optionIn(field, text) });
      return { type, selected_options: await Promise.all(entry.map(one)) };
    }
    if (type === 'plain_text_input' || type === 'number_input') return { type, value: entry };
    if (type !== 'external_select') return { type, selected_option: { value: optionIn(field, entry) } };
    return { type, selected_option: await this.#found(field, entry) };
  }

  async #found({ label }: FieldSeen, words: string): Promise<{ value: string }> {
    const found = (await this.searches(label, words)).find(({ text, value }) => text === words || value === words);
    return { value: found?.value ?? words };
  }

  async #field(label: string): Promise<FieldSeen> {
    return this.#waitFor(`a field ${label}`, async () => {
      const view = await this.#person.view();
      return fieldsIn(view?.blocks ?? []).find((field) => field.label === label);
    });
  }

  /** Everything that this person sees in a channel, oldest first. */
  async posts(channel = this.#home): Promise<readonly Post[]> {
    return (await this.#person.messages(channel)).map((message) => ({ ...message, channel }));
  }

  #waitFor<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
    return eventually(ask, { withinMs: PATIENCE_MS, what: `${what} for ${this.id}` });
  }
}

function onlyButton(blocks: readonly Json[], label: string, beside: RegExp): ButtonSeen {
  const fitting = buttonsIn(blocks).filter((button) => button.label === label && beside.test(button.beside));
  const [only, another] = fitting;
  if (only && !another) return only;
  const there = buttonsIn(blocks).map((button) => button.label);
  throw new Error(`there are ${fitting.length} buttons ${label} beside ${beside}; there is ${there.join(', ')}`);
}

function addressOf({ actionId, blockId, value }: ButtonSeen): { action_id: string; block_id: string; value?: string } {
  return { action_id: actionId, block_id: blockId, ...(value !== undefined && { value }) };
}

function optionIn({ label, options }: FieldSeen, words: string): string {
  const found = options.find((option) => option.text === words || option.value === words);
  if (!found)
    throw new Error(`${label} does not offer ${words}; it offers ${options.map((one) => one.text).join(', ')}`);
  return found.value;
}

function inTime({ ack_ms: ms }: { ack_ms: number }, what: string): void {
  expect(ms, `milliseconds to the ack of ${what}`).toBeLessThan(ACK_WITHIN_MS);
}
