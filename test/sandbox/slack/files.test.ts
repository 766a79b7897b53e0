import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SlackSandbox, SlackSandboxOptions } from '../../../src/sandbox/slack/workspace.ts';
import { call, post } from './web-api-client.ts';
import { CHANNEL, startSandbox } from './workspace-with-app.ts';

const CONTENT = 'who,what\nAnn,shared\n';
const shared = z.array(
  z.looseObject({
    ts: z.string(),
    thread_ts: z.string().optional(),
    text: z.string(),
    files: z.array(z.looseObject({ name: z.string(), size: z.number(), url_private: z.string() })).default([]),
  }),
);

describe('files that an app uploads', () => {
  const open: SlackSandbox[] = [];
  afterEach(async () => {
    for (const slack of open.splice(0)) await slack.close();
  });

  async function start(options: Partial<SlackSandboxOptions> = {}): Promise<SlackSandbox> {
    const slack = await startSandbox(options);
    open.push(slack);
    return slack;
  }

  async function upload(slack: SlackSandbox, filename: string, threadTs: string): Promise<void> {
    const given = await call(slack, 'files.getUploadURLExternal', { filename, length: CONTENT.length });
    await fetch(z.string().parse(given['upload_url']), { method: 'POST', body: CONTENT });
    const files = [{ id: given['file_id'], title: 'The record' }];
    const done = await call(slack, 'files.completeUploadExternal', {
      files,
      channel_id: CHANNEL,
      thread_ts: threadTs,
    });
    expect(done.ok).toBe(true);
  }

  async function fileIn(slack: SlackSandbox): Promise<z.output<typeof shared>[number]['files'][number]> {
    const answer = await fetch(`${slack.url}/_sandbox/messages?channel=${CHANNEL}&as=U1`);
    const [file] = shared.parse(await answer.json()).flatMap(({ files }) => files);
    if (!file) throw new Error('no message has a file');
    return file;
  }

  /** Where it is now: a workspace that goes on with a kept one may have another port. */
  const give = (slack: SlackSandbox, { url_private: url }: { url_private: string }): Promise<Response> =>
    fetch(slack.url + new URL(url).pathname);

  it('come with a message, and are given out to be saved, never to be run', async () => {
    const slack = await start();
    await upload(slack, 'récord.html', await post(slack, { channel: CHANNEL, text: 'the record' }));
    const file = await fileIn(slack);
    expect(file).toMatchObject({ name: 'récord.html', title: 'The record', size: CONTENT.length });
    const { status, headers } = await give(slack, file);
    expect({
      status,
      type: headers.get('content-type'),
      disposition: headers.get('content-disposition'),
      options: headers.get('x-content-type-options'),
    }).toEqual({
      status: 200,
      type: 'application/octet-stream',
      disposition: `attachment; filename*=UTF-8''r%C3%A9cord.html`,
      options: 'nosniff',
    });
  });

  it('are there again in a workspace that goes on with what this one had', async () => {
    const slack = await start();
    await upload(slack, 'record.csv', await post(slack, { channel: CHANNEL, text: 'the record' }));
    const kept: unknown = JSON.parse(JSON.stringify(slack.keep()));
    const next = await start({ kept });
    expect(await (await give(next, await fileIn(next))).text()).toBe(CONTENT);
  });
});
