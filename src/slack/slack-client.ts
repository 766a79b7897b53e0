import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../core/ports.ts';
import { libraryLog } from './library-log.ts';

export interface ClientSettings {
  readonly botToken: string;
  /** Where Slack's Web API is; Slack's own by default. Ends in `/`. */
  readonly apiUrl?: string | undefined;
}

/** Options of a Web API client: always an object of its own, for the libraries write into it. */
export function clientOptions(
  apiUrl: string | undefined,
  log: Log,
  more: Pick<WebClientOptions, 'timeout' | 'retryConfig' | 'rejectRateLimitedCalls' | 'maxRequestConcurrency'>,
): WebClientOptions {
  const logger = libraryLog(log);
  return { ...(apiUrl ? { slackApiUrl: apiUrl } : {}), logger, logLevel: logger.getLevel(), ...more };
}

/** For answers to people: nobody waits longer than this for a modal, and a rate limit is an answer too. */
export function answeringClient({ botToken, apiUrl }: ClientSettings, log: Log): WebClient {
  const retryConfig = { retries: 1, minTimeout: 200, maxTimeout: 400 };
  return new WebClient(
    botToken,
    clientOptions(apiUrl, log, { timeout: 5_000, retryConfig, rejectRateLimitedCalls: true }),
  );
}

/** For files, which take their time. What was uploaded is never uploaded twice by itself. */
export function uploadingClient({ botToken, apiUrl }: ClientSettings, log: Log): WebClient {
  const retryConfig = { retries: 0 };
  return new WebClient(
    botToken,
    clientOptions(apiUrl, log, { timeout: 30_000, retryConfig, rejectRateLimitedCalls: true }),
  );
}

/** For cards: never repeats a call by itself, since a post whose answer was lost must be looked for first. */
export function deliveringClient({ botToken, apiUrl }: ClientSettings, log: Log): WebClient {
  const retryConfig = { retries: 0 };
  return new WebClient(
    botToken,
    clientOptions(apiUrl, log, { timeout: 10_000, retryConfig, rejectRateLimitedCalls: true }),
  );
}
