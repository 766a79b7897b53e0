import type { SocketModeReceiverOptions } from '@slack/bolt';
import { type FetchFunction, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../core/ports.ts';
import { libraryLog } from './library-log.ts';

/** How Slack is called, if not straight: through a proxy. */
export interface WayOut {
  readonly fetch: FetchFunction;
  /** For Socket Mode. */
  readonly dispatcher: NonNullable<SocketModeReceiverOptions['dispatcher']>;
}

export interface ClientSettings {
  readonly botToken: string;
  /** Where Slack's Web API is; Slack's own by default. Ends in `/`. */
  readonly apiUrl?: string | undefined;
  readonly out?: WayOut | undefined;
}

/** Options of a Web API client: always an object of its own, for the libraries write into it. */
export function clientOptions(
  { apiUrl, out }: Pick<ClientSettings, 'apiUrl' | 'out'>,
  log: Log,
  more: Pick<WebClientOptions, 'timeout' | 'retryConfig' | 'rejectRateLimitedCalls' | 'maxRequestConcurrency'>,
): WebClientOptions {
  const logger = libraryLog(log);
  return {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    ...(out && { fetch: out.fetch }),
    logger,
    logLevel: logger.getLevel(),
    ...more,
  };
}

/** For answers to people: nobody waits longer than this for a modal, and a rate limit is an answer too. */
export function answeringClient(settings: ClientSettings, log: Log): WebClient {
  const retryConfig = { retries: 1, minTimeout: 200, maxTimeout: 400 };
  return new WebClient(
    settings.botToken,
    clientOptions(settings, log, { timeout: 5_000, retryConfig, rejectRateLimitedCalls: true }),
  );
}

/** For files, which take their time. What was uploaded is never uploaded twice by itself. */
export function uploadingClient(settings: ClientSettings, log: Log): WebClient {
  const retryConfig = { retries: 0 };
  return new WebClient(
    settings.botToken,
    clientOptions(settings, log, { timeout: 30_000, retryConfig, rejectRateLimitedCalls: true }),
  );
}

/** For cards: never repeats a call by itself, since a post whose answer was lost must be looked for first. */
export function deliveringClient(settings: ClientSettings, log: Log): WebClient {
  const retryConfig = { retries: 0 };
  return new WebClient(
    settings.botToken,
    clientOptions(settings, log, { timeout: 10_000, retryConfig, rejectRateLimitedCalls: true }),
  );
}
