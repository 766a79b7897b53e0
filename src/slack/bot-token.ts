import type { WebClient } from '@slack/web-api';
import type { Clock, Log } from '../core/ports.ts';
import { orTooLong } from './dispatch/timing.ts';
import { isSlackError, slackErrorOf, tokenRefusals } from './slack-calls.ts';

/** What Slack said is believed for so long. */
const FRESH_MS = 10_000;
/** Nobody waits longer to hear it anew. */
const WITHIN_MS = 2_000;
/** Without it the bot can say nothing in Slack. */
const NEEDED = 'chat:write';

/** Whether Slack takes the bot token, which a connection that stands does not tell: the app-level token opened it. */
export class BotToken {
  readonly #client: WebClient;
  readonly #clock: Clock;
  readonly #log: Log;
  #problem: string | undefined;
  #asked: { readonly at: number; readonly answer: Promise<void> } | undefined;

  constructor({ client, clock, log }: { client: WebClient; clock: Clock; log: Log }) {
    this.#client = client;
    this.#clock = clock;
    this.#log = log;
  }

  /** Slack's word for what is wrong with the token, if it refuses it, as of some seconds ago or the last time that it answered. */
  async problem(): Promise<string | undefined> {
    const now = this.#clock.now().getTime();
    // The clock may have been set back.
    if (!this.#asked || Math.abs(now - this.#asked.at) >= FRESH_MS) this.#asked = { at: now, answer: this.#ask() };
    await orTooLong(this.#asked.answer, WITHIN_MS).catch(() => undefined);
    return this.#problem;
  }

  async #ask(): Promise<void> {
    try {
      const { response_metadata: metadata } = await this.#client.auth.test();
      this.#set(metadata?.scopes?.includes(NEEDED) === false ? `it lacks the scope ${NEEDED}` : undefined);
    } catch (error) {
      if (isSlackError(error, ...tokenRefusals)) this.#set(slackErrorOf(error));
    }
  }

  #set(problem: string | undefined): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    if (problem === undefined) this.#log.info({}, 'Slack takes the bot token again');
    else this.#log.error({ problem }, 'Slack refuses the bot token; check it with `vbs-chatops doctor`');
  }
}
