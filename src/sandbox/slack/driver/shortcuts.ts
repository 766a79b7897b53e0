import { z } from 'zod';
import type { Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import { channelReference, interaction } from '../payloads.ts';
import { Refusal } from './refusal.ts';
import { sendInteraction } from './send.ts';
import { human, memberChannel } from './who.ts';

export const shortcutBody = z.strictObject({
  user: z.string(),
  callback_id: z.string(),
  channel: z.string().optional(),
  ts: z.string().optional(),
});

/** Runs a shortcut of the manifest: a global one, or one on a message (`channel`, `ts`). */
export async function runShortcut(parts: Parts, body: z.infer<typeof shortcutBody>): Promise<Json> {
  const person = human(parts, body.user);
  const kind = parts.manifest.shortcuts.get(body.callback_id);
  if (kind === undefined) throw new Refusal(`the manifest has no shortcut ${body.callback_id}`);
  const common = {
    callback_id: body.callback_id,
    trigger_id: parts.triggers.issue({ user: person.id }),
    action_ts: parts.stamps.next(),
  };
  if (kind === 'global') {
    const outcome = await sendInteraction(parts, { ...interaction('shortcut', person), ...common });
    return { ack_ms: outcome.ms };
  }
  if (body.channel === undefined || body.ts === undefined) throw new Refusal('a message shortcut needs channel and ts');
  const channel = memberChannel(parts, body.channel, person);
  const message = parts.messages.find(channel.id, body.ts);
  if (!message) throw new Refusal(`there is no message ${body.ts} in ${body.channel}`, { status: 404 });
  const outcome = await sendInteraction(parts, {
    ...interaction('message_action', person),
    ...common,
    channel: channelReference(channel),
    message_ts: message.ts,
    message,
    response_url: parts.responseUrls.issue({ channel: channel.id, user: person.id }),
  });
  return { ack_ms: outcome.ms };
}
