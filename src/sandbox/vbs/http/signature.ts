import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const ALGORITHM = 'SDK-HMAC-SHA256';
const AUTHORIZATION = /^SDK-HMAC-SHA256 Access=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;
const DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** A request as it came over the wire. */
export interface SignedRequest {
  method: string;
  /** As they were sent, encoded. */
  path: string;
  query: string;
  header: (name: string) => string | undefined;
  body: Buffer;
}

/** What an `Authorization` header of a signed request says. */
export interface Signature {
  accessKey: string;
  signedHeaders: string[];
  signature: string;
}

export function isSigned(authorization: string | undefined): boolean {
  return authorization?.startsWith(ALGORITHM) ?? false;
}

/** Reads the header; nothing where it is not of the form, or its headers are not in order, in small letters and once. */
export function readSignature(authorization: string): Signature | null {
  const [, accessKey, names, signature] = AUTHORIZATION.exec(authorization) ?? [];
  if (accessKey === undefined || names === undefined || signature === undefined) return null;
  const signedHeaders = names.split(';');
  const inOrder = [...new Set(names.toLowerCase().split(';'))].sort();
  return inOrder.join(';') === names ? { accessKey, signedHeaders, signature } : null;
}

/** The time of an `X-Sdk-Date`, milliseconds since 1970; nothing where it is none. */
export function readSdkDate(text: string | undefined): number | null {
  const [, ...parts] = DATE.exec(text ?? '') ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const isWhole = parts.length > 0 && new Date(time).toISOString().replace(/[-:]|\.000/g, '') === text;
  return isWhole ? time : null;
}

/** Whether the secret key made this signature of this very request. */
export function isSignatureOf(request: SignedRequest, of: { signature: Signature; secretKey: string }): boolean {
  const { signature, secretKey } = of;
  const canonical = canonicalRequest(request, signature.signedHeaders);
  if (canonical === null) return false;
  const toSign = [ALGORITHM, request.header('x-sdk-date') ?? '', sha256(canonical)].join('\n');
  const expected = createHmac('sha256', secretKey).update(toSign).digest();
  return timingSafeEqual(expected, Buffer.from(signature.signature, 'hex'));
}

function canonicalRequest(request: SignedRequest, signedHeaders: string[]): string | null {
  const lines: string[] = [];
  for (const name of signedHeaders) {
    const value = request.header(name);
    if (value === undefined) return null;
    lines.push(`${name}:${value.trim()}\n`);
  }
  const path = canonicalPath(request.path);
  const query = canonicalQuery(request.query);
  if (path === null || query === null) return null;
  return [request.method, path, query, lines.join(''), signedHeaders.join(';'), sha256(request.body)].join('\n');
}

function canonicalPath(path: string): string | null {
  // Decoded before it is parted, as the published signers do: a slash that was encoded parts it too.
  const text = decoded(path);
  if (text === null) return null;
  const encodedPath = text.split('/').map(encoded).join('/');
  return encodedPath.endsWith('/') ? encodedPath : `${encodedPath}/`;
}

function canonicalQuery(query: string): string | null {
  const pairs: { name: string; value: string }[] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const mark = part.indexOf('=');
    const [rawName, rawValue] = mark === -1 ? [part, ''] : [part.slice(0, mark), part.slice(mark + 1)];
    // In a query, other than in a path, a plus is a blank.
    const [name, value] = [decoded(rawName.replaceAll('+', ' ')), decoded(rawValue.replaceAll('+', ' '))];
    if (name === null || value === null) return null;
    pairs.push({ name, value });
  }
  pairs.sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
  return pairs.map(({ name, value }) => `${encoded(name)}=${encoded(value)}`).join('&');
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Percent-encoded but for the unreserved characters of RFC 3986. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
