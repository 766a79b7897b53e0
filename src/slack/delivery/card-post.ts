import type { WebClient } from '@slack/web-api';
import type { ClaimedCard } from '../../core/cards.ts';
import type { Clock, Log } from '../../core/ports.ts';
import type { Message } from '../kit.ts';
import { isSlackError } from '../slack-calls.ts';
import { findMarked, markOf } from './card-mark.ts';
import { type CardMethod, RateHolds } from './rate-holds.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

/** A step's outcome, or what hindered it. */
export type Step<T> = { readonly done: T } | { readonly hindered: Verdict };

const DMS_REMEMBERED = 5_000;
/** A token that Slack refuses is tried again this often: nothing tells when it works again. */
const REFUSED_PAUSE_MS = 30_000;
/** A card that was deleted is posted anew by what raised it: a reply to it is tried so often before it goes out alone. */
const TRIES_IN_THREAD = 4;

/** The calls that show cards, each with its rate limit heeded and its failure read. */
export class CardPost {
  readonly holds = new RateHolds();
  readonly #client: WebClient;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #directMessages = new Map<string, string>();
  #refused = false;

  constructor(about: { readonly client: WebClient; readonly clock: Clock; readonly log: Log }) {
    this.#client = about.client;
    this.#clock = about.clock;
    this.#log = about.log;
  }

  /** The conversation of a place: people have one with the bot, which is opened by this. */
  async conversationOf(place: ClaimedCard['place'], signal: AbortSignal): Promise<Step<string>> {
    if (place.kind === 'channel') return { done: place.id };
    const known = this.#directMessages.get(place.id);
    if (known !== undefined) return { done: known };
    try {
      const answer = await until(signal, this.#client.conversations.open({ users: place.id }));
      const channel = answer.channel?.id ?? place.id;
      if (this.#directMessages.size >= DMS_REMEMBERED) this.#directMessages.clear();
      this.#directMessages.set(place.id, channel);
      return { done: channel };
    } catch (error) {
      // Without that scope Slack still takes a person's id in the place of a channel.
      if (isSlackError(error, 'missing_scope')) return { done: place.id };
      return { hindered: this.#read(error) };
    }
  }

  /** The message of a post whose answer was lost; undefined where there is none, or where the bot may not look. */
  async find(card: ClaimedCard, channel: string, signal: AbortSignal): Promise<Step<string | undefined>> {
    if (card.postBegunAt === undefined) return { done: undefined };
    try {
      return { done: await until(signal, findMarked(this.#client, card, { channel, since: card.postBegunAt })) };
    } catch (error) {
      const mayNotLook = isSlackError(error, 'missing_scope');
      const verdict = mayNotLook ? verdictOf(error) : this.#read(error);
      const tellsNothing = verdict.kind === 'limited' || verdict.kind === 'token';
      if (!mayNotLook && (tellsNothing || (verdict.kind === 'later' && verdict.done))) return { hindered: verdict };
      this.#log.warn(
        { card: card.id, verdict },
        'the bot may not look for a card whose post was lost; posting it again',
      );
      return { done: undefined };
    }
  }

  /** Posts; blocks that Slack does not like are left out at a second try, and a thread that stays away at a later one. */
  async post(
    card: ClaimedCard,
    about: { channel: string; message: Message },
    signal: AbortSignal,
  ): Promise<Step<Posted>> {
    const { channel, message } = about;
    let threadTs = card.threadTs;
    let blocks: Message['blocks'] | undefined = message.blocks;
    for (;;) {
      const step = await this.#call('chat.postMessage', signal, () =>
        this.#client.chat.postMessage({
          channel,
          text: message.text,
          metadata: markOf(card),
          unfurl_links: false,
          unfurl_media: false,
          ...(blocks && { blocks }),
          ...(threadTs && { thread_ts: threadTs }),
        }),
      );
      if ('done' in step) {
        const { channel: where = channel, ts } = step.done;
        if (ts !== undefined) return { done: { channel: where, ts } };
        return { hindered: { kind: 'later', error: 'Slack did not say which message it posted', done: true } };
      }
      const { hindered } = step;
      if (hindered.kind === 'blocks' && blocks) blocks = undefined;
      else if (hindered.kind === 'no-thread' && threadTs && card.attempts + 1 >= TRIES_IN_THREAD) threadTs = undefined;
      else return { hindered };
      this.#log.error(
        { card: card.id, kind: card.kind, problem: hindered.error },
        'a card goes out less well than drawn',
      );
    }
  }

  /** Changes a message that is there; blocks that Slack does not like are left out at a second try. */
  async update(card: ClaimedCard, about: { at: Posted; message: Message }, signal: AbortSignal): Promise<Step<Posted>> {
    const { at, message } = about;
    const change = (blocks: Message['blocks']) =>
      this.#call('chat.update', signal, () => this.#client.chat.update({ ...at, text: message.text, blocks }));
    const step = await change(message.blocks);
    if ('done' in step) return { done: at };
    if (step.hindered.kind !== 'blocks') return step;
    const { error } = step.hindered;
    this.#log.error({ card: card.id, kind: card.kind, problem: error }, 'a card goes out less well than drawn');
    const bare = await change([]);
    return 'done' in bare ? { done: at } : bare;
  }

  async #call<T>(method: CardMethod, signal: AbortSignal, call: () => Promise<T>): Promise<Step<T>> {
    const now = this.#clock.now();
    const held = this.holds.until(method, now);
    if (held) return { hindered: { kind: 'limited', waitMs: held.getTime() - now.getTime() } };
    try {
      const done = await until(signal, call());
      this.#refused = false;
      return { done };
    } catch (error) {
      const hindered = this.#read(error);
      if (hindered.kind === 'limited') {
        this.holds.hold(method, this.#clock.now(), hindered.waitMs);
        this.#log.warn({ method, waitMs: hindered.waitMs }, 'Slack limits the rate; cards wait');
      }
      return { hindered };
    }
  }

  /** What an error means. Where it is the bot that Slack refuses, no card is tried for a while, and the log says so once. */
  #read(error: unknown): Verdict {
    const verdict = verdictOf(error);
    if (verdict.kind !== 'token') return verdict;
    this.holds.holdAll(this.#clock.now(), REFUSED_PAUSE_MS);
    if (!this.#refused) {
      const problem = verdict.error;
      this.#log.error({ problem }, 'Slack refuses the bot token, so cards wait; check it with `vbs-chatops doctor`');
    }
    this.#refused = true;
    return verdict;
  }
}

/** The work's outcome, or the signal's reason as soon as it is aborted: the work may then have been done or not. */
async function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
