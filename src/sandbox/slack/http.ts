import type { IncomingMessage, ServerResponse } from 'node:http';

const MOST_BYTES = 64 * 1024 * 1024;

/** A request's body has more bytes than are taken. */
export class BodyTooLarge extends Error {
  constructor(most: number) {
    super(`a body of more than ${most} bytes`);
    this.name = 'BodyTooLarge';
  }
}

/** Reads a request's whole body. What is too much is read too, and thrown away: else the answer would not arrive. */
export async function readBody(request: IncomingMessage, most = MOST_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= most) chunks.push(bytes);
  }
  if (size > most) throw new BodyTooLarge(most);
  return Buffer.concat(chunks);
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
