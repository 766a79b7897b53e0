import type { Json } from '../json.ts';

export const ENVELOPE_TYPES = ['slash_commands', 'interactive', 'events_api'] as const;
export type EnvelopeType = (typeof ENVELOPE_TYPES)[number];

/** Something that Slack tells the app and wants acknowledged. */
export interface Envelope {
  readonly type: EnvelopeType;
  readonly payload: Json;
  /** Set from the second delivery of an event on. */
  readonly retry?: { readonly attempt: number; readonly reason: string };
}

/** One way of reaching the app: Socket Mode or signed HTTP. */
export interface Transport {
  readonly connected: boolean;
  /** Resolves with the body of the ack, however late; rejects with an Undelivered if there will be none. */
  send(envelope: Envelope): Promise<Json>;
}

/** Slack's words, as in `x-slack-retry-reason`. */
const FAILURES = ['connection_failed', 'http_error', 'http_timeout', 'unknown_error'] as const;

/** The app could not be reached, or answered with an error. */
export class Undelivered extends Error {
  readonly reason: (typeof FAILURES)[number];
  readonly noRetry: boolean;

  constructor(reason: (typeof FAILURES)[number], { noRetry = false }: { noRetry?: boolean } = {}) {
    super(reason);
    this.name = 'Undelivered';
    this.reason = reason;
    this.noRetry = noRetry;
  }
}
