import { withIds } from './block-ids.ts';
import { APP, TEAM } from './identity.ts';
import { type Json, records, text } from './json.ts';
import type { Message } from './messages.ts';

/** A message of the app, as Slack stores it. */
export function appMessage(args: Json, ts: string, threadTs?: string): Message {
  return {
    type: 'message',
    user: APP.bot_user_id,
    bot_id: APP.bot_id,
    app_id: APP.id,
    team: TEAM.id,
    ts,
    text: text(args.text) ?? text(args.markdown_text) ?? '',
    ...messageContent(args),
    ...(threadTs !== undefined && { thread_ts: threadTs }),
  };
}

/** Blocks, attachments and metadata that were given, with the ids that their author left out. */
export function messageContent(args: Json): Json {
  return {
    ...(Array.isArray(args.blocks) && { blocks: withIds(args.blocks) }),
    ...(Array.isArray(args.attachments) && { attachments: records(args.attachments).map(attachmentWithIds) }),
    ...(args.metadata !== undefined && { metadata: args.metadata }),
  };
}

function attachmentWithIds(attachment: Json): Json {
  return Array.isArray(attachment.blocks) ? { ...attachment, blocks: withIds(attachment.blocks) } : attachment;
}
