import type { IncomingMessage, ServerResponse } from 'node:http';
import { appMessage, messageContent } from './app-message.ts';
import { readBody, sendJson } from './http.ts';
import { isRecord, type Json, parsed, text } from './json.ts';
import type { Message } from './messages.ts';
import type { Parts } from './parts.ts';
import type { ResponseTarget } from './response-urls.ts';
import { validateMessage } from './validate/message.ts';
import { ApiError } from './web-api/api-error.ts';
import { requireBlockScopes } from './web-api/scopes.ts';

/** Serves a POST to a `response_url`. */
export async function serveResponseUrl(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const body = parsed((await readBody(request)).toString('utf8'));
  const refusal = respond(parts, request.url?.slice('/respond/'.length) ?? '', body);
  parts.traffic.add({
    direction: 'from_app',
    kind: 'response_url',
    request: body,
    response: refusal ?? 'ok',
    status: refusal?.status ?? 200,
    ms: Math.round((performance.now() - started) * 10) / 10,
  });
  if (refusal) {
    sendJson(response, refusal.body, { status: refusal.status });
    return;
  }
  response.end('ok');
}

interface RefusedResponse {
  readonly status: number;
  readonly body: Json;
}

function respond(parts: Parts, secret: string, body: unknown): RefusedResponse | undefined {
  if (!isRecord(body)) return { status: 400, body: { ok: false, error: 'invalid_payload' } };
  const use = parts.responseUrls.use(secret);
  if ('error' in use) return { status: 404, body: { ok: false, error: use.error } };
  return applyResponse(parts, use.target, body);
}

/**
 * Does what an answer asks for: replace or delete the message in which the person acted, or post a new one. Also
 * serves the body of a command's ack, which is an answer of the same form.
 */
export function applyResponse(parts: Parts, target: ResponseTarget, body: Json): RefusedResponse | undefined {
  if (body.delete_original === true) {
    if (!target.message) return { status: 400, body: { ok: false, error: 'invalid_request' } };
    removeOriginal(parts, target);
    return undefined;
  }
  const missing = missingScope(parts, body);
  if (missing) return { status: 400, body: { ok: false, error: missing } };
  const fault = validateMessage(body);
  if (fault) {
    const details = fault.messages ? { response_metadata: { messages: fault.messages } } : {};
    return { status: 400, body: { ok: false, error: fault.error, ...details } };
  }
  if (body.replace_original === true && target.message) replaceOriginal(parts, target, body);
  else post(parts, target, body);
  return undefined;
}

function missingScope({ manifest }: Parts, body: Json): string | undefined {
  try {
    requireBlockScopes(manifest, body);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
}

function removeOriginal(parts: Parts, { channel, message }: ResponseTarget): void {
  if (!message) return;
  if (message.ephemeral) parts.messages.removeEphemeral(message.ts);
  else parts.messages.remove(channel, message.ts);
}

function replaceOriginal(parts: Parts, { channel, user, message: original }: ResponseTarget, body: Json): void {
  if (!original) return;
  const found = original.ephemeral
    ? parts.messages.findEphemeral(original.ts)?.message
    : parts.messages.find(channel, original.ts);
  if (!found) return;
  const { blocks: _, attachments: __, ...kept } = found;
  const changed: Message = {
    ...kept,
    text: text(body.text) ?? '',
    ...messageContent(body),
  };
  if (original.ephemeral) parts.messages.addEphemeral({ channel, user, message: changed });
  else parts.messages.replace(channel, changed);
}

/** A new message, which the person alone sees unless the app says `in_channel`. */
function post(parts: Parts, { channel, user }: ResponseTarget, body: Json): void {
  const message = appMessage(body, parts.stamps.next(), text(body.thread_ts));
  if (body.response_type === 'in_channel') parts.messages.add(channel, message);
  else parts.messages.addEphemeral({ channel, user, message });
}
