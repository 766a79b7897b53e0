import { z } from 'zod';
import type { Message } from './messages.ts';
import type { Parts } from './parts.ts';

const message = z.looseObject({
  type: z.literal('message'),
  ts: z.string(),
  user: z.string(),
  text: z.string(),
  thread_ts: z.string().exactOptional(),
});

const keptSchema = z.object({
  directs: z.array(z.object({ id: z.string(), users: z.array(z.string()).min(1) })),
  messages: z.record(z.string(), z.array(message)),
  ephemerals: z.array(z.object({ channel: z.string(), user: z.string(), message })),
});

/** What of a workspace outlives its end, as plain JSON: messages and direct messages. Open modals do not. */
export type KeptWorkspace = z.infer<typeof keptSchema>;

export function keepWorkspace({ channels, messages }: Parts): KeptWorkspace {
  const all = channels.all();
  const directs = all.filter(({ kind }) => kind === 'im' || kind === 'mpim');
  return {
    directs: directs.map(({ id, members }) => ({ id, users: [...members] })),
    messages: Object.fromEntries(all.map(({ id }) => [id, messages.all(id)])),
    ephemerals: messages.ephemerals(),
  };
}

/** Puts back what was kept; throws a ZodError at anything else. */
export function restoreWorkspace({ channels, messages }: Parts, kept: unknown): void {
  const { directs, messages: stored, ephemerals } = keptSchema.parse(kept);
  for (const { id, users } of directs) channels.restoreDirect(id, users);
  for (const [channel, list] of Object.entries(stored)) {
    for (const one of list) messages.replace(channel, one satisfies Message);
  }
  for (const one of ephemerals) messages.addEphemeral(one);
}
