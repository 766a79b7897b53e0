import { type App, SocketModeReceiver } from '@slack/bolt';
import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Clock, Log } from '../core/ports.ts';
import { libraryLog } from './library-log.ts';
import { isSlackError, slackErrorOf, tokenRefusals, waitAsked } from './slack-calls.ts';
import { clientOptions, type WayOut } from './slack-client.ts';

export interface SocketSettings {
  readonly appToken: string;
  readonly apiUrl?: string | undefined;
  readonly out?: WayOut | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** The connection came up or went down. */
  readonly onChange: () => void;
  /** Slack refuses the token itself, which only a person can mend; or takes it, and there is no problem. */
  readonly onToken: (problem: string | undefined) => void;
}

const HELLO_WITHIN_MS = 20_000;
/** Slack says goodbye with a handshake that it may never finish. */
const GOODBYE_WITHIN_MS = 2_000;
const RETRY_MS = 500;
const RETRY_MAX_MS = 30_000;
/** A connection that ends sooner than this counts as a failure, so that no loop hammers Slack. */
const SOUND_AFTER_MS = 5_000;

/**
 * One Socket Mode connection, kept up for ever. The library's own reconnecting is off: it waits five seconds first, and a
 * refused `apps.connections.open` is thrown where nobody can catch it, which ends the process.
 */
export class SocketConnection {
  readonly #settings: SocketSettings;
  readonly #receiver: SocketModeReceiver;
  #connected = false;

  constructor(settings: SocketSettings) {
    this.#settings = settings;
    const { appToken, out, log } = settings;
    this.#receiver = new SocketModeReceiver({
      appToken,
      logger: libraryLog(log),
      ...(out && { dispatcher: out.dispatcher }),
      autoReconnectEnabled: false,
      installerOptions: {
        clientOptions: clientOptions(settings, log, {
          timeout: 10_000,
          retryConfig: { retries: 0 },
          rejectRateLimitedCalls: true,
        }),
      },
      processEventErrorHandler: async ({ error }) => {
        log.error({ err: error }, 'a delivery could not be handled');
        return false;
      },
    });
  }

  get connected(): boolean {
    return this.#connected;
  }

  init(app: App): void {
    this.#receiver.init(app);
  }

  /** Connects, again and again, until the signal ends it. Never rejects. */
  async keep(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const { clock, log, random } = this.#settings;
      const began = clock.now().getTime();
      let wait = 0;
      try {
        await this.#live(signal);
        failures = clock.now().getTime() - began < SOUND_AFTER_MS ? failures + 1 : 0;
        wait = failures > 1 ? backoff(failures - 1, random()) : 0;
      } catch (error) {
        if (signal.aborted) break;
        failures += 1;
        wait = error instanceof WebAPIRateLimitedError ? waitAsked(error) : backoff(failures, random());
        log.warn({ error: slackErrorOf(error), failures, waitMs: wait }, 'Slack cannot be reached over Socket Mode');
        if (isSlackError(error, ...tokenRefusals, 'missing_scope')) this.#settings.onToken(slackErrorOf(error));
      }
      await clock.sleep(wait, signal).catch(() => undefined);
    }
  }

  /** Resolves when a connection that stood has ended; rejects when none came to stand. */
  async #live(signal: AbortSignal): Promise<void> {
    const { client } = this.#receiver;
    const goodbye = new Goodbye(() => void client.disconnect());
    const heard = (data: unknown) => goodbye.hear(data);
    const stop = () => goodbye.say();
    const helloTimer = setTimeout(stop, HELLO_WITHIN_MS);
    client.on('ws_message', heard);
    signal.addEventListener('abort', stop);
    try {
      await this.#open(signal);
      clearTimeout(helloTimer);
      const ended = new Promise<void>((resolve) => void client.once('disconnected', () => resolve()));
      if (signal.aborted) goodbye.say();
      else {
        this.#settings.onToken(undefined);
        this.#set(true);
      }
      await ended;
    } finally {
      clearTimeout(helloTimer);
      goodbye.end();
      client.off('ws_message', heard);
      signal.removeEventListener('abort', stop);
      this.#set(false);
    }
  }

  /** Resolves once Slack has said hello. A stop does not wait for a Slack that hangs. */
  async #open(signal: AbortSignal): Promise<void> {
    const opened = this.#receiver.start().catch((error: unknown) => {
      throw error ?? new Error('the connection ended before Slack said hello');
    });
    let give: () => void = () => undefined;
    const givenUp = new Promise<'given up'>((resolve) => {
      give = () => resolve('given up');
      signal.addEventListener('abort', give);
    });
    try {
      if ((await Promise.race([opened, givenUp])) !== 'given up') return;
      void opened.then(() => this.#receiver.client.disconnect()).catch(() => undefined);
      throw new Error('stopped before Slack said hello');
    } finally {
      signal.removeEventListener('abort', give);
    }
  }

  #set(connected: boolean): void {
    if (this.#connected === connected) return;
    this.#connected = connected;
    this.#settings.onChange();
  }
}

function backoff(failures: number, random: number): number {
  return Math.round(Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** (failures - 1)) * (0.75 + 0.5 * random));
}

/** Ends a connection: asks first, and where the other side never finishes, cuts it. */
class Goodbye {
  readonly #disconnect: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(disconnect: () => void) {
    this.#disconnect = disconnect;
  }

  say(): void {
    this.#disconnect();
    this.#cutSoon();
  }

  /** Slack asked for a new connection; the library says goodbye by itself. */
  hear(data: unknown): void {
    if (typeof data === 'string' && data.length < 1_000 && /"type":\s*"disconnect"/.test(data)) this.#cutSoon();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #cutSoon(): void {
    this.#timer ??= setTimeout(this.#disconnect, GOODBYE_WITHIN_MS);
  }
}
