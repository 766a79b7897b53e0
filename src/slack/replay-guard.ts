import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Clock, Log } from '../core/ports.ts';

/** Slack's own window, https://docs.slack.dev/authentication/verifying-requests-from-slack */
const WINDOW_S = 300;
const REMEMBERED = 100_000;

/**
 * Refuses what the library lets pass: stamps of the future, and a signed request that was taken once already. It stands
 * in front of the check of the signature and forgets what that check refuses.
 */
export class ReplayGuard {
  readonly #clock: Clock;
  readonly #log: Log;
  /** Signatures that were taken, with the second in which they can be forgotten; oldest first. */
  readonly #taken = new Map<string, number>();

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  wrap(listener: RequestListener): RequestListener {
    return (request, response) => {
      const refusal = this.#refusal(request, response);
      if (refusal === undefined) return listener(request, response);
      response.writeHead(401, { 'content-type': 'text/plain' }).end(refusal);
    };
  }

  #refusal(request: IncomingMessage, response: ServerResponse): string | undefined {
    const signature = request.headers['x-slack-signature'];
    const stamp = Number(request.headers['x-slack-request-timestamp']);
    const now = Math.floor(this.#clock.now().getTime() / 1_000);
    if (typeof signature !== 'string' || !Number.isFinite(stamp)) return undefined;
    if (stamp > now + WINDOW_S) {
      const aheadS = stamp - now;
      this.#log.warn(
        { aheadS },
        'a request of Slack was refused: it bears a time to come, or the clock here is behind',
      );
      return 'the timestamp lies in the future';
    }
    this.#forget(now);
    if (this.#taken.has(signature)) return 'this request was taken already';
    this.#taken.set(signature, now + 2 * WINDOW_S);
    response.once('finish', () => {
      if (response.statusCode === 401) this.#taken.delete(signature);
    });
    return undefined;
  }

  #forget(now: number): void {
    for (const [signature, until] of this.#taken) {
      if (until > now && this.#taken.size < REMEMBERED) return;
      this.#taken.delete(signature);
    }
  }
}
