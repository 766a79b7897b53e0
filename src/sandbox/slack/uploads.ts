import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { readBody, sendJson } from './http.ts';
import type { Parts } from './parts.ts';

/** What an `image` block may show of what was uploaded. */
const PICTURES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
};

/** Takes the bytes of an upload, and gives them out again. */
export async function serveFiles(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, area, key = ''] = (request.url ?? '').split('/');
  if (area === 'upload') return takeUpload(parts, request, { response, secret: key });
  const file = parts.files.get(key);
  if (!file?.content) {
    sendJson(response, { error: 'file_not_found' }, { status: 404 });
    return;
  }
  response.writeHead(200, {
    'content-type': PICTURES[extname(file.name).toLowerCase()] ?? 'application/octet-stream',
    // Whatever an app uploads is saved or drawn, and never runs as a part of the page.
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
  });
  response.end(file.content);
}

async function takeUpload(
  parts: Parts,
  request: IncomingMessage,
  { response, secret }: { response: ServerResponse; secret: string },
): Promise<void> {
  const raw = await readBody(request);
  const file = parts.files.bySecret(secret);
  const content = await uploadedBytes(raw, request.headers['content-type'] ?? '');
  const fits = file !== undefined && content.length === file.length;
  parts.traffic.add({
    direction: 'from_app',
    kind: 'upload',
    request: { file: file?.id, bytes: content.length },
    status: fits ? 200 : 400,
  });
  if (!fits) {
    sendJson(response, { error: file ? 'length_mismatch' : 'file_not_found' }, { status: 400 });
    return;
  }
  file.content = content;
  response.end(`OK - ${content.length}`);
}

/** The file in a multipart form, or the whole body where the app posts it bare. */
async function uploadedBytes(raw: Buffer, contentType: string): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return raw;
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': contentType } }).formData();
  for (const part of form.values()) if (typeof part !== 'string') return Buffer.from(await part.arrayBuffer());
  return Buffer.alloc(0);
}
