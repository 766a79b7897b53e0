import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { expect, test } from 'vitest';
import { verdictOf } from '../../../src/slack/delivery/verdict.ts';

const platform = (error: string, messages?: string[]) =>
  new WebAPIPlatformError({ ok: false, error, ...(messages && { response_metadata: { messages } }) });
const request = (code: string) => new WebAPIRequestError(new TypeError('fetch failed', { cause: { code } }));

test.each([
  [new WebAPIRateLimitedError(7), { kind: 'limited', waitMs: 7_000 }],
  [new WebAPIRateLimitedError(1e22), { kind: 'limited', waitMs: 3_600_000 }],
  [platform('ratelimited'), { kind: 'limited', waitMs: 30_000 }],
  [platform('channel_not_found'), { kind: 'refused', error: 'channel_not_found' }],
  [platform('cannot_dm_bot'), { kind: 'refused', error: 'cannot_dm_bot' }],
  [platform('invalid_blocks', ['no such block']), { kind: 'blocks', error: 'invalid_blocks; no such block' }],
  [platform('message_not_found'), { kind: 'gone', error: 'message_not_found' }],
  [platform('thread_not_found'), { kind: 'no-thread', error: 'thread_not_found' }],
  [platform('invalid_auth'), { kind: 'token', error: 'invalid_auth' }],
  [platform('account_inactive'), { kind: 'token', error: 'account_inactive' }],
  [platform('missing_scope'), { kind: 'token', error: 'missing_scope' }],
  [platform('fatal_error'), { kind: 'later', error: 'fatal_error', done: true }],
  [request('ECONNREFUSED'), { kind: 'later', error: expect.any(String), done: false }],
  [request('ECONNRESET'), { kind: 'later', error: expect.any(String), done: true }],
  [new WebAPIHTTPError(503, 'away', {}), { kind: 'later', error: expect.any(String), done: true }],
  [new SyntaxError('Unexpected token <'), { kind: 'later', error: 'Unexpected token <', done: true }],
])('%s', (error, verdict) => {
  expect(verdictOf(error)).toEqual(verdict);
});
