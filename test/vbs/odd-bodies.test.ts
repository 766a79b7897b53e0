import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { VbsApiError, VbsNetworkError } from '../../src/vbs/errors.ts';
import type { ScriptedAnswer } from '../support/http-server.ts';
import { rejection, scriptedCloud, wireSharing } from './cloud.ts';

const shared = JSON.stringify({ shared: [wireSharing('s-1')] });

async function apiMessageOf(answer: ScriptedAnswer): Promise<unknown> {
  const { client } = await scriptedCloud(() => answer);
  const error = await rejection(client.sharings.get('s-1'));
  return error instanceof VbsApiError ? error.apiMessage : error;
}

test('an answer that was compressed unasked, or begins with a byte order mark, is read', async () => {
  const answers = [
    { headers: { 'content-encoding': 'gzip' }, text: gzipSync(shared) },
    { text: `\ufeff${shared}` },
    { status: 204, headers: { 'content-encoding': 'gzip' } },
  ];
  const { client } = await scriptedCloud((_, nth) => answers[nth - 1] ?? {});
  expect(await client.sharings.share('b-1', ['p-2'])).toMatchObject({ value: [{ id: 's-1' }] });
  expect(await client.sharings.share('b-1', ['p-2'])).toMatchObject({ value: [{ id: 's-1' }] });
  expect(await client.sharings.cancel('s-1')).toEqual({ requestId: undefined });
});

test('a compressed answer that is not whole, or would be endless, is none', async () => {
  const answers = [gzipSync(shared).subarray(0, 20), gzipSync(Buffer.alloc(65 * 1024 * 1024, ' '))];
  for (const text of answers) {
    const { client } = await scriptedCloud(() => ({ headers: { 'content-encoding': 'gzip' }, text }));
    const error = await rejection(client.sharings.share('b-1', ['p-2']));
    expect(error).toBeInstanceOf(VbsNetworkError);
    expect(error).toMatchObject({ effect: 'unknown', message: expect.stringContaining('no whole answer') });
  }
});

test('a refusal that begins with a byte order mark is read all the same', async () => {
  const text = '\ufeff{"error": {"code": "VolumeBackup.0042", "message": "No."}}';
  expect(await apiMessageOf({ status: 403, text })).toBe('No.');
});

test('a page is told in its own words, on one line', async () => {
  const text = '<p>Can&#39;t reach &quot;vbs&quot;&nbsp;&amp; more &#x2014; &unknown;\n&#9999999;</p><p>Sorry</p>';
  expect(await apiMessageOf({ status: 404, text })).toBe('Can\'t reach "vbs" & more \u2014 &unknown; &#9999999; Sorry');
});

test('what the cloud says is told without its control characters', async () => {
  const json = { error: { code: 'x', message: '\u0000one\r\n\u0007two' } };
  expect(await apiMessageOf({ status: 404, json })).toBe('one two');
});
