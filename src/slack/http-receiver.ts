import type { Server } from 'node:http';
import { type App, HTTPReceiver, type Receiver } from '@slack/bolt';
import type { Clock, Log } from '../core/ports.ts';
import { libraryLog } from './library-log.ts';
import { ReplayGuard } from './replay-guard.ts';

export interface HttpSettings {
  readonly signingSecret: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
}

const CLOSE_WITHIN_MS = 3_000;

/** Signed requests over HTTP, at `/slack/events`. */
export class HttpReceiver implements Receiver {
  readonly #inner: HTTPReceiver;
  readonly #port: number;
  #server: Server | undefined;

  constructor({ signingSecret, port, clock, log }: HttpSettings) {
    this.#port = port;
    this.#inner = new HTTPReceiver({
      signingSecret,
      logger: libraryLog(log),
      dispatchErrorHandler: ({ response }) => void response.writeHead(404).end(),
      processEventErrorHandler: async ({ error, response }) => {
        log.error({ err: error }, 'a delivery could not be handled');
        if (!response.headersSent) response.writeHead(500).end();
        return true;
      },
    });
    this.#inner.requestListener = new ReplayGuard(clock, log).wrap(this.#inner.requestListener);
  }

  /** The port that it listens on, once started. */
  get port(): number | undefined {
    const address = this.#server?.address();
    return address !== null && typeof address === 'object' ? address.port : undefined;
  }

  init(app: App): void {
    this.#inner.init(app);
  }

  async start(): Promise<void> {
    this.#server = await this.#inner.start(this.#port);
  }

  /** Lets requests that are being answered end, within three seconds. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
    await this.#inner.stop();
    clearTimeout(cut);
  }
}
