import { type Explanation, explain } from './codes.ts';
import type { ApiErrorKind, ApiProblem } from './errors.ts';
import type { Redactor } from './redactor.ts';

/** The body of an answer: JSON, nothing, or something else. */
export type Body = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'none' | 'other' };

export interface RefusedAnswer {
  readonly status: number;
  readonly text: string;
  readonly body: Body;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly answeredAt: Date | undefined;
}

interface Told {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Longer messages than a sentence or two are pages, and belong into no log. */
const longest = 300;

/** What a refusal, or a success that can't be read, tells; with every secret taken out. */
export function problemOf(answer: RefusedAnswer, redactor: Redactor): ApiProblem {
  const told =
    answer.body.kind === 'json' ? toldBy(answer.body.value) : { message: textOfPage(redactor.clean(answer.text)) };
  const code = codeOf(told);
  const known = isForeignPath(answer, told) ? foreignPath : isRedirection(answer) ? redirection : explain(code);
  const clean = (text: string | undefined) => (text ? cut(redactor.clean(text)) : undefined);
  return {
    kind: known === foreignPath ? 'forbidden' : kindOf(answer, code),
    status: answer.status,
    code: clean(code),
    apiMessage: clean(told.message),
    requestId: clean(answer.requestId ?? told.requestId),
    retryAfterMs: answer.retryAfterMs,
    answeredAt: answer.answeredAt,
    explanation: known?.explanation,
    remedy: known?.remedy,
  };
}

/** The native API's codes are numbers; the service's own code then stands before the message. */
function codeOf({ code, message }: Told): string | undefined {
  const [own] = /\b(?:VolumeBackup|AutoBackup)\.\d{4}\b/.exec(message ?? '') ?? [];
  return own !== undefined && /^\d*$/.test(code ?? '') ? own : code;
}

/** OpenStack's own Cinder says 400 `Malformed request url` when the path names another project than the token. */
const foreignPath: Explanation = {
  explanation: 'The project is not the one that the credentials are for.',
  remedy: 'Check the project’s id in the settings.',
};

function isForeignPath({ status }: RefusedAnswer, { message }: Told): boolean {
  return status === 400 && /^malformed request url/i.test(message ?? '');
}

/** Versions to choose from, or a place that is another’s: following it could show that place the token. */
const redirection: Explanation = {
  explanation: 'The cloud’s address sends the bot elsewhere.',
  remedy: 'Check the project’s endpoints in the settings.',
};

function isRedirection({ status }: RefusedAnswer): boolean {
  return status >= 300 && status < 400;
}

/** Codes whose meaning is plainer than the status they come with. */
const kindsOfCodes: Readonly<Record<string, ApiErrorKind>> = {
  // The call is not there; of what it asks for nothing is said.
  'APIG.0101': 'bad-request',
  'APIGW.0101': 'bad-request',
  'VolumeBackup.0021': 'not-found',
  'VolumeBackup.0042': 'forbidden',
  'VolumeBackup.0044': 'forbidden',
  'VolumeBackup.0080': 'quota-exceeded',
  'VolumeBackup.0081': 'quota-exceeded',
  'VolumeBackup.0111': 'not-found',
  'AutoBackup.0205': 'not-found',
  'AutoBackup.1100': 'not-found',
  'AutoBackup.0218': 'quota-exceeded',
  'AutoBackup.0225': 'conflict',
};

function kindOf(answer: RefusedAnswer, code: string | undefined): ApiErrorKind {
  const { status } = answer;
  if (status < 300) return 'unreadable';
  if (status >= 500) return 'server-error';
  if (status === 401) return 'unauthorized';
  if (status === 429) return 'rate-limited';
  // OpenStack says overLimit to both; only a time to wait tells that waiting helps.
  if (status === 413 && (answer.retryAfterMs ?? 0) > 0) return 'rate-limited';
  if (status === 413 && answer.body.kind === 'json') return 'quota-exceeded';
  const byCode = code !== undefined && Object.hasOwn(kindsOfCodes, code) ? kindsOfCodes[code] : undefined;
  if (byCode !== undefined) return byCode;
  if (status === 403) return 'forbidden';
  // The service itself answers in JSON: a gateway that shows a page has not asked it.
  if (status === 404) return answer.body.kind === 'other' ? 'unreadable' : 'not-found';
  return status === 409 ? 'conflict' : 'bad-request';
}

/** The four shapes met in practice, and their contents at the top, as some gateways have them. */
function toldBy(body: unknown): Told {
  if (!isRecord(body)) return {};
  if ('error_code' in body || 'error_msg' in body) {
    return { code: text(body['error_code']), message: text(body['error_msg']), requestId: text(body['request_id']) };
  }
  const inner = Object.values(body).find((value) => isRecord(value) && ('message' in value || 'code' in value));
  const source = isRecord(inner) ? inner : body;
  return { code: text(source['code']), message: text(source['message']), requestId: text(body['request_id']) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textOfPage(page: string): string {
  return page
    .slice(0, 10_000)
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, characterOf);
}

const namedCharacters: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

/** Of an HTML reference. A secret in a page is only known again when it stands there as it is. */
function characterOf(reference: string, ...[decimal, hex = '', name = '']: readonly (string | undefined)[]): string {
  const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  return namedCharacters.get(name.toLowerCase()) ?? reference;
}

/** On one line, and without the control characters that some bodies consist of. */
function cut(text: string): string {
  const message = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return message.length <= longest ? message : `${message.slice(0, longest - 1)}…`;
}
