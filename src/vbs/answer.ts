import type { IncomingHttpHeaders } from 'node:http';
import { type Body, problemOf } from './error-answer.ts';
import { type CallFacts, type Effect, VbsApiError } from './errors.ts';
import type { WireAnswer } from './exchange.ts';
import type { Redactor } from './redactor.ts';
import { retryAfterMs } from './retry.ts';

/** A success. */
export interface Answer {
  readonly facts: CallFacts;
  /** What it means for the call if the answer turns out not to be what it should. */
  readonly effectIfUnreadable: Effect;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string | undefined;
  /** Undefined where the answer has no body. */
  readonly body: unknown;
}

/** The answer to a call that succeeded. Throws VbsApiError for any other, and for a body that is no JSON. */
export function readAnswer(
  answer: WireAnswer,
  about: { facts: CallFacts; isWrite: boolean; redactor: Redactor; now: Date },
): Answer {
  const { status, headers, text } = answer;
  const requestId = oneOf(headers['x-request-id']) ?? oneOf(headers['x-openstack-request-id']);
  const body = bodyOf(text);
  if (status >= 200 && status < 300 && body.kind !== 'other') {
    return {
      facts: about.facts,
      effectIfUnreadable: about.isWrite ? 'unknown' : 'none',
      status,
      headers,
      requestId: requestId === undefined ? undefined : about.redactor.clean(requestId),
      body: body.kind === 'json' ? body.value : undefined,
    };
  }
  const wait = retryAfterMs(oneOf(headers['retry-after']), about.now);
  const answeredAt = dateOf(oneOf(headers.date));
  const problem = problemOf({ status, text, body, requestId, retryAfterMs: wait, answeredAt }, about.redactor);
  throw new VbsApiError(about.facts, problem, about.isWrite ? effectOf(status) : 'none');
}

/** A refusal did nothing. A server that failed, timed out or answered a page may have done the work before. */
function effectOf(status: number): Effect {
  return status >= 400 && status < 500 && status !== 408 ? 'none' : 'unknown';
}

function bodyOf(text: string): Body {
  // Blanks of Unicode count too: some servers begin with a byte order mark, which is no JSON.
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'none' };
  try {
    return { kind: 'json', value: JSON.parse(trimmed) };
  } catch {
    return { kind: 'other' };
  }
}

function dateOf(header: string | undefined): Date | undefined {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** The value of a header that may come more than once. */
export function oneOf(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  return value === '' ? undefined : value;
}
