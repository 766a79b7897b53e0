import { createHmac } from 'node:crypto';
import type { Json } from '../support/blocks.ts';
import { isJson } from '../support/blocks.ts';
import type { BotWorld } from '../support/bot-world.ts';
import { type ScriptedServer, startHttpServer } from '../support/http-server.ts';

/** What became of a delivery that no client of Slack's would make: the status, and what was said to the person. */
export interface Reaction {
  readonly status: number;
  readonly body: string;
}

export interface Signing {
  readonly secret?: string;
  /** The second that the stamp names; now unless given. */
  readonly at?: number;
}

/** Delivers what was never clicked, signed as only Slack could sign it unless said otherwise. */
export class Forger {
  readonly #world: BotWorld;
  readonly #replies: ScriptedServer;
  #count = 0;

  private constructor(world: BotWorld, replies: ScriptedServer) {
    this.#world = world;
    this.#replies = replies;
  }

  static async start(world: BotWorld): Promise<Forger> {
    return new Forger(world, await startHttpServer(() => ({ status: 200, text: 'ok' })));
  }

  close(): Promise<void> {
    return this.#replies.close();
  }

  /** What was said through response URLs, oldest first. */
  said(): readonly string[] {
    return this.#replies.requests.map((request) => String(Object(JSON.parse(request.body)).text));
  }

  /** A click of this person on a button with this id and value, in the message of the last true click. */
  click(user: string, actionId: string, value: unknown): Promise<Reaction> {
    const last = this.#last('block_actions');
    const action = { type: 'button', action_id: actionId, block_id: 'forged', value, action_ts: this.#stamp() };
    return this.deliver({ ...last, ...this.#from(last, user), actions: [action] });
  }

  /** A form of this person, handed in with this metadata; its fields are those of the last true one. */
  form(user: string, callbackId: string, metadata: string): Promise<Reaction> {
    const last = this.#last('view_submission');
    const { view } = last;
    const forged = { ...(isJson(view) ? view : {}), callback_id: callbackId, private_metadata: metadata };
    return this.deliver({ ...last, ...this.#from(last, user), view: forged });
  }

  /** Sends an interaction to the bot. */
  async deliver(payload: Json, signing: Signing = {}): Promise<Reaction> {
    return this.send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), signing);
  }

  async send(
    body: string,
    { secret = this.#world.slack.signingSecret, at = nowInSeconds() }: Signing = {},
  ): Promise<Reaction> {
    const stamp = String(at);
    const signature = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex');
    const response = await fetch(`http://127.0.0.1:${this.#world.bots[0]?.port()}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': stamp,
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    });
    return { status: response.status, body: await response.text() };
  }

  /** The last payload of this type that the workspace sent. */
  #last(type: string): Json {
    const found = this.#world.slack.log().findLast((entry) => entry.direction === 'to_app' && entry.type === type);
    if (!isJson(found?.request)) throw new Error(`nothing of the type ${type} was sent yet`);
    return found.request;
  }

  #from(last: Json, id: string): Json {
    const user = isJson(last['user']) ? last['user'] : {};
    return { user: { ...user, id }, trigger_id: `forged.${this.#stamp()}`, response_url: `${this.#replies.url}/reply` };
  }

  #stamp(): string {
    this.#count += 1;
    return `${Date.now()}.${this.#count}`;
  }
}

/** As stamps count. */
export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}
