import { createHash, createHmac } from 'node:crypto';

/** A request as it will be sent, down to its last byte. */
export interface SignableRequest {
  readonly method: string;
  /** As in the `host` header. */
  readonly host: string;
  /** Path and query, percent-encoded. */
  readonly target: string;
  /** Lowercase names. All of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface SigningKey {
  readonly accessKey: string;
  readonly secretKey: string;
}

const algorithm = 'SDK-HMAC-SHA256';

/**
 * Signs a request by an access key, SDK-HMAC-SHA256. The date is for the `x-sdk-date` header.
 * Source: the signing guide of the API gateway of both clouds, and its published signers.
 */
export function signatureOf(
  request: SignableRequest,
  key: SigningKey,
  at: Date,
): { readonly date: string; readonly signature: string; readonly authorization: string } {
  const date = `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const signed = { ...request.headers, host: request.host, 'x-sdk-date': date };
  const headers = Object.entries(signed).sort(([one], [other]) => byText(one, other));
  const names = headers.map(([name]) => name).join(';');
  const [path = '', query = ''] = splitOnce(request.target, '?');
  const canonical = [
    request.method,
    canonicalPath(path),
    canonicalQuery(query),
    ...headers.map(([name, value]) => `${name}:${value.trim()}`),
    '',
    names,
    sha256(request.body ?? ''),
  ].join('\n');
  const signature = createHmac('sha256', key.secretKey)
    .update([algorithm, date, sha256(canonical)].join('\n'))
    .digest('hex');
  return {
    date,
    signature,
    authorization: `${algorithm} Access=${key.accessKey}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** The signers decode the path before they part it, so a slash that was encoded parts it too. */
export function canonicalPath(path: string): string {
  const encoded = decodeURIComponent(path).split('/').map(encode).join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}

/** Sorted by what the keys and values are, not by how they are written; an empty value keeps its equals sign. */
export function canonicalQuery(query: string): string {
  const pairs = query.split('&').filter((part) => part !== '');
  return pairs
    .map((part) => splitOnce(part, '=').map(decodeURIComponent))
    .sort(([key = '', value = ''], [otherKey = '', otherValue = '']) => {
      return byText(key, otherKey) || byText(value, otherValue);
    })
    .map(([key = '', value = '']) => `${encode(key)}=${encode(value)}`)
    .join('&');
}

/** RFC 3986: unlike encodeURIComponent it leaves only letters, digits and `-._~` as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
