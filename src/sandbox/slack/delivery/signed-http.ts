import { createHmac } from 'node:crypto';
import type { Faults } from '../faults.ts';
import { isRecord, type Json, parsed } from '../json.ts';
import { type Envelope, type Transport, Undelivered } from './transport.ts';

/** How long the workspace listens for an answer that is too late anyway, so that the log can tell how late. */
const LISTEN_MS = 10_000;
const STALE_SECONDS = 10 * 60;

/** The app's request URL, signed as Slack signs: HMAC over `v0:timestamp:body` with the signing secret. */
export class SignedHttp implements Transport {
  readonly #secret: string;
  readonly #faults: Faults;
  readonly #now: () => Date;
  target: string | undefined;

  constructor(options: { secret: string; faults: Faults; now: () => Date; target?: string | undefined }) {
    this.#secret = options.secret;
    this.#faults = options.faults;
    this.#now = options.now;
    this.target = options.target;
  }

  get connected(): boolean {
    return this.target !== undefined;
  }

  async send(envelope: Envelope): Promise<Json> {
    if (this.target === undefined) throw new Undelivered('connection_failed');
    const { body, type } = encoded(envelope);
    const response = await fetch(this.target, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': type,
        'user-agent': 'Slackbot 1.0 (sandbox)',
        ...this.#signature(body),
        ...(envelope.retry && {
          'x-slack-retry-num': String(envelope.retry.attempt),
          'x-slack-retry-reason': envelope.retry.reason,
        }),
      },
      body,
      signal: AbortSignal.timeout(LISTEN_MS),
    }).catch((error: unknown) => {
      throw new Undelivered(
        error instanceof Error && error.name === 'TimeoutError' ? 'http_timeout' : 'connection_failed',
      );
    });
    const answer = await response.text().catch(() => '');
    if (!response.ok) {
      throw new Undelivered('http_error', { noRetry: response.headers.get('x-slack-no-retry') === '1' });
    }
    const json = parsed(answer);
    if (isRecord(json)) return json;
    return answer === '' ? {} : { text: answer };
  }

  #signature(body: string): Record<string, string> {
    const age = this.#faults.take('stale') ? STALE_SECONDS : 0;
    const timestamp = String(Math.floor(this.#now().getTime() / 1000) - age);
    const secret = this.#faults.take('forge') ? `${this.#secret}-forged` : this.#secret;
    const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
  }
}

function encoded({ type, payload }: Envelope): { body: string; type: string } {
  const form = 'application/x-www-form-urlencoded';
  switch (type) {
    case 'events_api':
      return { body: JSON.stringify(payload), type: 'application/json' };
    case 'interactive':
      return { body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), type: form };
    case 'slash_commands':
      return {
        body: new URLSearchParams(
          Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]),
        ).toString(),
        type: form,
      };
  }
}
