import { setTimeout as sleep } from 'node:timers/promises';
import type { HomeView, ModalView } from '@slack/types';
import {
  type FetchFunction,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClient,
} from '@slack/web-api';
import type { Log } from '../core/ports.ts';
import type { Posted } from './answers.ts';
import type { Message } from './kit.ts';

/** A view that is open, by its id or the external id it was given. */
export interface ViewHandle {
  readonly by: { readonly view_id: string } | { readonly external_id: string };
  /** Slack's mark of the version seen last: an update under it loses against a newer one. */
  hash: string | undefined;
  /**
   * It is drawn by an acknowledgement that is still on its way. An update that overtook it would be painted over, or
   * would find no view yet: so the first one waits a moment, and is tried again.
   */
  fresh?: boolean;
}

const FRESH_MS = 300;
const FRESH_TRIES = 4;

export interface Response {
  readonly message: Message;
  readonly replace?: boolean;
  readonly threadTs?: string | undefined;
}

const RESPOND_TIMEOUT_MS = 5_000;
const LONGEST_PAUSE_S = 30;
/** Longer than Slack ever asks for; timers and dates have their limits. */
const LONGEST_LIMIT_MS = 3_600_000;

/** How long Slack asks to wait with further calls. */
export function waitAsked({ retryAfter }: WebAPIRateLimitedError): number {
  return Math.min(LONGEST_LIMIT_MS, Math.max(0, retryAfter * 1_000));
}

/** The calls that answers need. Each is bounded in time by the client it was given. */
export class SlackCalls {
  readonly #client: WebClient;
  readonly #fetch: FetchFunction;
  readonly #log: Log;

  constructor(client: WebClient, log: Log, fetchFn: FetchFunction = fetch) {
    this.#client = client;
    this.#log = log;
    this.#fetch = fetchFn;
  }

  async openView(trigger: string, view: ModalView): Promise<ViewHandle> {
    return handle(await this.#client.views.open({ trigger_id: trigger, view }));
  }

  async pushView(trigger: string, view: ModalView): Promise<ViewHandle> {
    return handle(await this.#client.views.push({ trigger_id: trigger, view }));
  }

  /** False where the view was closed, or changed by something newer: then there is nothing to update. */
  async updateView(target: ViewHandle, view: ModalView): Promise<boolean> {
    if (target.fresh) return this.#updateFresh(target, view);
    const { by, hash } = target;
    try {
      const answer = await patiently(() => this.#client.views.update({ ...by, ...(hash ? { hash } : {}), view }));
      target.hash = answer.view?.hash;
      return true;
    } catch (error) {
      if (!isSlackError(error, 'not_found', 'view_not_found', 'hash_conflict')) throw error;
      this.#log.info({ error: slackErrorOf(error) }, 'a view was closed or changed before it could be updated');
      return false;
    }
  }

  async #updateFresh(target: ViewHandle, view: ModalView): Promise<boolean> {
    target.fresh = false;
    for (let tries = 0; tries < FRESH_TRIES; tries += 1) {
      await sleep(FRESH_MS);
      if (await this.updateView(target, view)) return true;
    }
    return false;
  }

  async publishHome(user: string, view: HomeView): Promise<void> {
    await patiently(() => this.#client.views.publish({ user_id: user, view }));
  }

  /** Posts to a `response_url`. Throws unless Slack took it. */
  async respond(url: string, { message, replace, threadTs }: Response): Promise<void> {
    const answer = await this.#fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({
        response_type: 'ephemeral',
        replace_original: replace ?? false,
        ...(threadTs && !replace ? { thread_ts: threadTs } : {}),
        ...message,
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(RESPOND_TIMEOUT_MS),
    });
    if (!answer.ok) throw new Error(`response_url: ${answer.status} ${(await answer.text()).slice(0, 100)}`);
    await answer.arrayBuffer();
  }

  async ephemeral(channel: string, user: string, message: Message): Promise<void> {
    await patiently(() => this.#client.chat.postEphemeral({ channel, user, ...message }));
  }

  async direct(user: string, message: Message): Promise<void> {
    await this.post(user, message);
  }

  async post(to: string, message: Message): Promise<Posted> {
    const post = { channel: to, unfurl_links: false, unfurl_media: false, ...message };
    const { channel, ts } = await patiently(() => this.#client.chat.postMessage(post));
    if (channel === undefined || ts === undefined) throw new Error('Slack took a message and did not say where it is');
    return { channel, ts };
  }

  async change({ channel, ts }: Posted, message: Message): Promise<void> {
    await patiently(() => this.#client.chat.update({ channel, ts, ...message }));
  }

  async permalink(channel: string, ts: string): Promise<string | undefined> {
    try {
      return (await this.#client.chat.getPermalink({ channel, message_ts: ts })).permalink;
    } catch (error) {
      this.#log.warn({ error: slackErrorOf(error) }, 'no permalink of a message');
      return undefined;
    }
  }
}

/** Once more after the pause that Slack wants; what opens a modal has no time for that. */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof WebAPIRateLimitedError) || error.retryAfter > LONGEST_PAUSE_S) throw error;
    await sleep(error.retryAfter * 1_000);
    return call();
  }
}

function handle(answer: { view?: { id?: string; hash?: string } }): ViewHandle {
  if (answer.view?.id === undefined) throw new Error('Slack opened a view and did not say which');
  return { by: { view_id: answer.view.id }, hash: answer.view.hash };
}

/** Slack's own word for what is wrong, such as `channel_not_found`; otherwise what the error says. */
export function slackErrorOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError) return error.data.error;
  if (!(error instanceof Error)) return String(error);
  const original = error instanceof WebAPIRequestError ? error.original : undefined;
  const reason = original instanceof TypeError ? causeOf(original) : undefined;
  return reason === undefined ? error.message : `${error.message}: ${reason}`;
}

/** `fetch` says only that it failed. Why is in its cause, which for a host of several addresses has a code alone. */
function causeOf({ cause }: Error): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  return cause.message === '' && 'code' in cause ? String(cause.code) : cause.message;
}

/**
 * What Slack answers where it refuses the token, whatever is asked for with it. `account_inactive` is one of them: it
 * speaks of the account that the token is of, not of the person who is written to.
 */
export const tokenRefusals = [
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
] as const;

/** Whether Slack refused with one of these words. */
export function isSlackError(error: unknown, ...words: readonly string[]): boolean {
  return error instanceof WebAPIPlatformError && words.includes(error.data.error);
}

/** What Slack answers where it is in trouble itself, wants a pause, or was reached too late to open a modal. */
const troubles = [
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'rate_limited',
  'trigger_expired',
  'expired_trigger_id',
] as const;

/** Whether a call failed since Slack cannot be reached or does not take it now, and not for what was in it. */
export function isSlackAway(error: unknown): boolean {
  if (error instanceof WebAPIRequestError || error instanceof WebAPIHTTPError) return true;
  return error instanceof WebAPIRateLimitedError || isSlackError(error, ...troubles);
}
