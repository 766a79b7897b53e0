import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { MethodFault } from '../faults.ts';
import { readBody, sendJson } from '../http.ts';
import { newId } from '../ids.ts';
import { type Json, text } from '../json.ts';
import type { Parts } from '../parts.ts';
import { ApiError } from './api-error.ts';
import { appMethods } from './apps.ts';
import { readArguments } from './arguments.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import type { Method, Methods } from './method.ts';
import { requireBlockScopes, requireScope } from './scopes.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

const METHODS: Methods = {
  ...appMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...userMethods,
  ...viewMethods,
};

/** Whether there is a method of this name. */
export function servesMethod(name: string): boolean {
  return Object.hasOwn(METHODS, name);
}

/** An answer of the Web API on its way out. `cut` loses it. */
interface Answer {
  readonly status: number;
  readonly body: Json | string;
  readonly headers?: Record<string, string>;
  readonly cut?: boolean;
}

interface Call {
  readonly method: string;
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly query: URLSearchParams;
}

/** Serves one call of `/api/<method>`. */
export async function serveWebApi(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const method = decodeURIComponent(url.pathname.slice('/api/'.length));
  const started = performance.now();
  const entry = parts.traffic.add({ direction: 'from_app', kind: 'web_api', method });
  const call: Call = { method, request, body: await readBody(request), query: url.searchParams };
  const { args, answer } = await answerCall(parts, call);
  entry.ms = Math.round((performance.now() - started) * 10) / 10;
  Object.assign(entry, { request: args, response: answer.body, status: answer.status });
  if (answer.cut === true) entry.error = 'the connection was cut';
  parts.traffic.changed(entry);
  if (answer.cut === true) {
    request.socket.destroy();
    return;
  }
  send(response, { ...answer, headers: { ...scopeHeaders(parts, method), ...answer.headers } });
}

/** Slack tells with every answer what the token may do, and what the method asks for. */
function scopeHeaders({ manifest }: Parts, name: string): Record<string, string> {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  return {
    'x-oauth-scopes': method?.token === 'app' ? 'connections:write' : [...manifest.scopes].join(','),
    ...(method?.scope !== undefined && { 'x-accepted-oauth-scopes': method.scope }),
  };
}

async function answerCall(parts: Parts, call: Call): Promise<{ args: Json; answer: Answer }> {
  let args: Json = {};
  try {
    args = readArguments(call.body, call.request.headers['content-type'] ?? '', call.query);
  } catch (error) {
    return { args, answer: failure(error) };
  }
  const fault = parts.faults.takeForCall(call.method);
  if (fault?.kind === 'latency') await delay(fault.ms);
  const instead = fault && insteadOfWork(fault);
  if (instead) return { args, answer: instead };
  let answer: Answer;
  try {
    answer = { status: 200, body: { ok: true, ...run(parts, call, args) } };
  } catch (error) {
    answer = failure(error);
  }
  return { args, answer: { ...answer, cut: fault?.kind === 'cut_after' } };
}

function insteadOfWork(fault: MethodFault): Answer | undefined {
  switch (fault.kind) {
    case 'http':
      return { status: fault.status, body: 'upstream error', headers: { 'content-type': 'text/plain' } };
    case 'rate_limit':
      return failure(new ApiError('ratelimited', { retry_after: fault.retry_after }));
    case 'error':
      return failure(new ApiError(fault.error));
    case 'cut_before':
      return { status: 0, body: '', cut: true };
    case 'latency':
    case 'cut_after':
      return undefined;
  }
}

function run(parts: Parts, call: Call, args: Json): Json {
  const method = Object.hasOwn(METHODS, call.method) ? METHODS[call.method] : undefined;
  if (!method) throw new ApiError('unknown_method', { req_method: call.method });
  const by = authenticate(parts, method, { authorization: call.request.headers.authorization, args });
  if (method.scope !== undefined) requireScope(parts.manifest, method.scope);
  requireBlockScopes(parts.manifest, [args.blocks, args.attachments, args.view]);
  const wait = parts.limits.takeCall(call.method, method.tier);
  if (wait !== undefined) throw new ApiError('ratelimited', { retry_after: wait });
  return method.run(parts, args, by);
}

function authenticate(
  { tokens }: Parts,
  method: Method,
  { authorization, args }: { authorization: string | undefined; args: Json },
): 'bot' | 'app' {
  const token = authorization?.replace(/^Bearer\s+/i, '') ?? text(args.token);
  if (token === undefined || token === '') throw new ApiError('not_authed');
  if (token !== tokens.bot && token !== tokens.app) throw new ApiError('invalid_auth');
  const by = token === tokens.bot ? 'bot' : 'app';
  const wanted = method.token ?? 'bot';
  if (wanted !== 'either' && by !== wanted) throw new ApiError('not_allowed_token_type');
  return by;
}

/** Slack answers refusals with HTTP 200; a rate limit alone has a status of its own. */
function failure(error: unknown): Answer {
  if (!(error instanceof ApiError)) throw error;
  const { retry_after: seconds, ...details } = error.details;
  const body = { ok: false, error: error.code, ...details };
  if (error.code !== 'ratelimited') return { status: 200, body };
  return { status: 429, body, headers: { 'retry-after': typeof seconds === 'number' ? String(seconds) : '1' } };
}

function send(response: ServerResponse, answer: Answer): void {
  const headers = {
    'x-slack-req-id': newId('', 20).toLowerCase(),
    ...answer.headers,
  };
  if (typeof answer.body !== 'string') {
    sendJson(response, answer.body, { status: answer.status, headers });
    return;
  }
  response.writeHead(answer.status, headers);
  response.end(answer.body);
}
