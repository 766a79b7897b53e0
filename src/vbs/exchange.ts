import type { IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { Dispatcher } from 'undici';

export interface WireRequest {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** How long the answer may take once an interim one has come; after each, the HTTP client's own limit begins anew. */
  readonly headersMs: number;
  /** How long the whole body may take; the HTTP client's own limit is only one between two chunks. */
  readonly bodyMs: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Far above the largest page of a thousand rows; an endless body is cut off here. */
export const mostBytes = 64 * 1024 * 1024;

/**
 * One exchange that did not end with a whole answer. Of the HTTP client's error only message and code are taken:
 * others of its fields hold bytes of the answer, which may be a token.
 */
export class ExchangeFailure extends Error {
  /** Whether the request may have reached the server. */
  readonly sent: boolean;
  readonly aborted: boolean;
  readonly code: string | undefined;

  constructor(about: { sent: boolean; aborted: boolean; cause: unknown }) {
    super(textOf(about.cause), about.aborted ? { cause: about.cause } : undefined);
    this.name = 'ExchangeFailure';
    this.sent = about.sent;
    this.aborted = about.aborted;
    this.code = codeOf(about.cause);
  }
}

/**
 * One request and its whole answer. Works on the dispatcher itself, since only there it shows whether a request that
 * failed had begun to be sent: that decides whether a write may have happened.
 */
export function exchange(dispatcher: Dispatcher, request: WireRequest): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const { origin, method, path, headers, body = null, signal } = request;
    const state: { controller?: Dispatcher.DispatchController; timer?: NodeJS.Timeout } = {};
    const answer = { status: 0, headers: {} as IncomingHttpHeaders, chunks: [] as Buffer[] };

    const end = () => {
      clearTimeout(state.timer);
      signal?.removeEventListener('abort', giveUp);
    };
    const fail = (cause: unknown, aborted: boolean) => {
      end();
      reject(new ExchangeFailure({ sent: state.controller !== undefined, aborted, cause }));
    };
    const giveUp = () => {
      fail(signal?.reason, true);
      state.controller?.abort(new Error('given up'));
    };
    if (signal?.aborted) return giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });

    dispatcher.dispatch(
      { origin, method, path, headers, body },
      {
        onRequestStart(controller) {
          // Nothing is written when the caller gave up while the request waited for a connection.
          if (signal?.aborted) controller.abort(new Error('given up'));
          else state.controller = controller;
        },
        onResponseStart(controller, status, headers) {
          if (status < 200) {
            state.timer ??= limit(controller, 'answer', request.headersMs);
            return;
          }
          answer.status = status;
          answer.headers = headers;
          clearTimeout(state.timer);
          state.timer = limit(controller, 'body', request.bodyMs);
        },
        onResponseData(_, chunk) {
          answer.chunks.push(chunk);
        },
        onResponseEnd() {
          end();
          const { status, headers: answered, chunks } = answer;
          try {
            resolve({ status, headers: answered, text: textIn(joined(chunks), answered['content-encoding']) });
          } catch (error) {
            fail(error, false);
          }
        },
        onResponseError(_, error) {
          fail(error, false);
        },
      },
    );
  });
}

function limit(controller: Dispatcher.DispatchController, what: string, ms: number): NodeJS.Timeout {
  return setTimeout(() => controller.abort(new Error(`the ${what} took longer than ${ms} ms`)), ms);
}

/** A short body comes in one piece, which need not be copied. */
function joined(chunks: readonly Buffer[]): Buffer {
  const [first, ...others] = chunks;
  return first && others.length === 0 ? first : Buffer.concat(chunks);
}

/** The client asks for no compression, and some gateways compress all the same. Throws if the body is not whole. */
function textIn(body: Buffer, encoding: string | undefined): string {
  const zipped = body.length > 0 && /^\s*(x-)?gzip\s*$/i.test(encoding ?? '');
  return (zipped ? gunzipSync(body, { maxOutputLength: mostBytes }) : body).toString('utf8');
}

function textOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'given up';
  // Node joins the failures of a host's several addresses in one error without a message.
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(textOf).join('; ');
  return cause.message;
}

function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}
