import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Nothing from anywhere else, and no script or style that is not a file of the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface PageFile {
  readonly type: string;
  readonly content: Buffer;
}

/** The files of the page by their path, read once: what is built anew later does not mix with them. */
export type PageFiles = ReadonlyMap<string, PageFile>;

export async function readPage(folder: string): Promise<PageFiles> {
  const files = new Map<string, PageFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    files.set(`/${relative(folder, file).split(sep).join('/')}`, { type, content: await readFile(file) });
  }
  return files;
}

/** A page that says in a sentence why there is no other. */
export function pageOf(sentence: string): PageFiles {
  const text = sentence.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const content = Buffer.from(`<!doctype html><html lang="en"><title>Sandbox</title><p>${text}</p></html>`);
  return new Map([['/index.html', { type: 'text/html; charset=utf-8', content }]]);
}

/** Serves a file of the page; false where the request asks for none. */
export function servePage(files: PageFiles, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const [path = '/'] = (request.url ?? '/').split('?');
  // A link to a message opens the page, which then shows that message.
  const isPage = path === '/' || path.startsWith('/archives/');
  const file = files.get(isPage ? '/index.html' : path);
  if (!file) return false;
  response.writeHead(200, {
    'content-type': file.type,
    'content-length': file.content.length,
    'cache-control': isPage ? 'no-cache' : 'public, max-age=31536000, immutable',
    'content-security-policy': POLICY,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : file.content);
  return true;
}
