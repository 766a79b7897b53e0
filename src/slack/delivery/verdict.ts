import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { isSlackError, slackErrorOf, tokenRefusals, waitAsked } from '../slack-calls.ts';

/** What a failed call means for a card. */
export type Verdict =
  /** Slack wants a pause. Surely nothing was done. */
  | { readonly kind: 'limited'; readonly waitMs: number }
  /** Slack will not take this card here, however often it is tried. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Slack refuses the bot itself, and every card with it, until a person has mended that. Surely nothing was done. */
  | { readonly kind: 'token'; readonly error: string }
  /** Slack does not like the blocks; the text alone may go. */
  | { readonly kind: 'blocks'; readonly error: string }
  /** The message that was to be changed is no more. */
  | { readonly kind: 'gone'; readonly error: string }
  /** The thread that was to be replied in is no more. */
  | { readonly kind: 'no-thread'; readonly error: string }
  /** Later. `done`: Slack may have done it all the same. */
  | { readonly kind: 'later'; readonly error: string; readonly done: boolean };

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors, and conversations.open for people. */
const refusals: ReadonlySet<string> = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'user_not_visible',
  'cannot_dm_bot',
  'messages_tab_disabled',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'team_access_not_granted',
]);

const blockFaults: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_attachments',
  'msg_blocks_too_long',
  'block_mismatch',
]);

const gone: ReadonlySet<string> = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);
const threadFaults: ReadonlySet<string> = new Set(['thread_not_found', 'cannot_reply_to_message', 'invalid_thread_ts']);
const pauses: ReadonlySet<string> = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
const unsure: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'request_timeout',
]);

/** Slack's pause where it names none. */
const PAUSE_MS = 30_000;

/** These come before anything was sent. */
const unsent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Reads an error of the Web API client. */
export function verdictOf(error: unknown): Verdict {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'limited', waitMs: waitAsked(error) };
  const said = slackErrorOf(error);
  if (!(error instanceof WebAPIPlatformError)) return { kind: 'later', error: said, done: !neverSent(error) };
  if (pauses.has(said)) return { kind: 'limited', waitMs: PAUSE_MS };
  if (isSlackError(error, ...tokenRefusals, 'missing_scope')) return { kind: 'token', error: said };
  if (refusals.has(said)) return { kind: 'refused', error: said };
  if (blockFaults.has(said)) return { kind: 'blocks', error: faultsOf(error) };
  if (gone.has(said)) return { kind: 'gone', error: said };
  if (threadFaults.has(said)) return { kind: 'no-thread', error: said };
  return { kind: 'later', error: said, done: unsure.has(said) };
}

function neverSent(error: unknown): boolean {
  if (!(error instanceof WebAPIRequestError)) return false;
  const { cause } = error.original;
  return typeof cause === 'object' && cause !== null && 'code' in cause && unsent.has(String(cause.code));
}

/** Slack names the faults of blocks one by one; they are for those who write them. */
function faultsOf(error: WebAPIPlatformError): string {
  const faults = error.data.response_metadata?.messages ?? [];
  return [error.data.error, ...faults].join('; ').slice(0, 500);
}
