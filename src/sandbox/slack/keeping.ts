import { z } from 'zod';
import type { UploadedFile } from './files.ts';
import { newSecret } from './ids.ts';
import type { Message } from './messages.ts';
import type { Parts } from './parts.ts';

const message = z.looseObject({
  type: z.literal('message'),
  ts: z.string(),
  user: z.string(),
  text: z.string(),
  thread_ts: z.string().exactOptional(),
});

const file = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string().exactOptional(),
  altText: z.string().exactOptional(),
  channel: z.string().exactOptional(),
  /** In base64. */
  content: z.string(),
});

const keptSchema = z.object({
  directs: z.array(z.object({ id: z.string(), users: z.array(z.string()).min(1) })),
  messages: z.record(z.string(), z.array(message)),
  ephemerals: z.array(z.object({ channel: z.string(), user: z.string(), message })),
  files: z.array(file).default([]),
});

/** What of a workspace outlives its end, as plain JSON: messages, direct messages and files. Open modals do not. */
export type KeptWorkspace = z.infer<typeof keptSchema>;

export function keepWorkspace({ channels, messages, files }: Parts): KeptWorkspace {
  const all = channels.all();
  const directs = all.filter(({ kind }) => kind === 'im' || kind === 'mpim');
  return {
    directs: directs.map(({ id, members }) => ({ id, users: [...members] })),
    messages: Object.fromEntries(all.map(({ id }) => [id, messages.all(id)])),
    ephemerals: messages.ephemerals(),
    files: files.completed().map(keepFile),
  };
}

function keepFile({ id, name, title, altText, channel, content }: UploadedFile): z.infer<typeof file> {
  return {
    id,
    name,
    content: content?.toString('base64') ?? '',
    ...(title !== undefined && { title }),
    ...(altText !== undefined && { altText }),
    ...(channel !== undefined && { channel }),
  };
}

/** Puts back what was kept; throws a ZodError at anything else. */
export function restoreWorkspace({ channels, messages, files }: Parts, kept: unknown): void {
  const { directs, messages: stored, ephemerals, files: uploaded } = keptSchema.parse(kept);
  for (const { id, users } of directs) channels.restoreDirect(id, users);
  for (const [channel, list] of Object.entries(stored)) {
    for (const one of list) messages.replace(channel, one satisfies Message);
  }
  for (const one of ephemerals) messages.addEphemeral(one);
  for (const { content, ...one } of uploaded) {
    const bytes = Buffer.from(content, 'base64');
    files.add({ ...one, content: bytes, length: bytes.length, secret: newSecret(), completed: true });
  }
}
