import { appMessage, messageContent } from '../app-message.ts';
import type { Channel } from '../channels.ts';
import { APP } from '../identity.ts';
import { type Json, records, text } from '../json.ts';
import type { Message } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { validateMessage } from '../validate/message.ts';
import { ApiError, invalid } from './api-error.ts';
import { optional, required } from './arguments.ts';
import type { Methods } from './method.ts';

const scope = 'chat:write';

/** Of a text without blocks: what stays one message, and what each is cut to otherwise. */
const LONGEST_ALONE = 4_040;
const PIECE = 4_000;

/** The `chat.*` methods. */
export const chatMethods: Methods = {
  'chat.postMessage': { scope, tier: 'special', run: postMessage },
  'chat.postEphemeral': { scope, tier: 'tier4', run: postEphemeral },
  'chat.update': { scope, tier: 'tier3', run: update },
  'chat.delete': { scope, tier: 'tier3', run: remove },
  'chat.getPermalink': { tier: 'special', run: getPermalink },
};

function postMessage(parts: Parts, args: Json): Json {
  const channel = writableChannel(parts, required(args, 'channel'));
  const threadTs = existingThread(parts, channel, args);
  check(args);
  const wait = parts.limits.takePost(channel.id);
  if (wait !== undefined) throw new ApiError('ratelimited', { retry_after: wait });
  const [first, ...rest] = pieces(args);
  const add = (piece: Json): Message => {
    const added = appMessage(piece, parts.stamps.next(), threadTs);
    parts.messages.add(channel.id, added);
    return added;
  };
  const message = add(first);
  for (const piece of rest) add(piece);
  return { channel: channel.id, ts: message.ts, message };
}

/** Slack posts a long text that stands alone as several messages. */
function pieces(args: Json): [Json, ...Json[]] {
  const letters = Array.from(text(args.text) ?? '');
  const isAlone = records(args.blocks).length === 0 && records(args.attachments).length === 0;
  if (!isAlone || letters.length <= LONGEST_ALONE) return [args];
  const piece = (from: number) => ({ ...args, text: letters.slice(from, from + PIECE).join('') });
  const count = Math.ceil(letters.length / PIECE);
  return [piece(0), ...Array.from({ length: count - 1 }, (_, index) => piece((index + 1) * PIECE))];
}

function postEphemeral(parts: Parts, args: Json): Json {
  const channel = writableChannel(parts, required(args, 'channel'));
  const user = required(args, 'user');
  if (!channel.members.has(user)) throw new ApiError('user_not_in_channel');
  check(args);
  const { metadata: _, ...message } = appMessage(args, parts.stamps.next(), optional(args, 'thread_ts'));
  parts.messages.addEphemeral({ channel: channel.id, user, message });
  return { message_ts: message.ts };
}

function update(parts: Parts, args: Json): Json {
  const { channel, message } = ownMessage(parts, args, 'cant_update_message');
  if (channel.archived) throw new ApiError('is_archived');
  check(args);
  const changed: Message = {
    ...message,
    text: text(args.text) ?? '',
    ...messageContent({ ...args, metadata: args.metadata ?? message.metadata }),
    edited: { user: APP.bot_user_id, ts: parts.stamps.next() },
  };
  parts.messages.replace(channel.id, changed);
  return { channel: channel.id, ts: message.ts, text: changed.text, message: changed };
}

function remove(parts: Parts, args: Json): Json {
  const { channel, message } = ownMessage(parts, args, 'cant_delete_message');
  parts.messages.remove(channel.id, message.ts);
  return { channel: channel.id, ts: message.ts };
}

function getPermalink(parts: Parts, args: Json): Json {
  const channel = parts.channels.get(required(args, 'channel'));
  if (!channel) throw new ApiError('channel_not_found');
  const message = parts.messages.find(channel.id, required(args, 'message_ts'));
  if (!message) throw new ApiError('message_not_found');
  const thread = message.thread_ts !== undefined && message.thread_ts !== message.ts;
  const query = thread ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
  return {
    channel: channel.id,
    permalink: `${parts.url}/archives/${channel.id}/p${message.ts.replace('.', '')}${query}`,
  };
}

/** A message of the app's own, which alone it may change. */
function ownMessage(parts: Parts, args: Json, refusal: string): { channel: Channel; message: Message } {
  const channel = parts.channels.get(required(args, 'channel'));
  if (!channel) throw new ApiError('channel_not_found');
  const message = parts.messages.find(channel.id, required(args, 'ts'));
  if (!message) throw new ApiError('message_not_found');
  if (message.bot_id !== APP.bot_id) throw new ApiError(refusal);
  return { channel, message };
}

/** The channel by id or name, or the direct messages with a user, if the app may write there. */
function writableChannel(parts: Parts, given: string): Channel {
  const channel = addressed(parts, given);
  if (!channel) throw new ApiError('channel_not_found');
  const inside = channel.members.has(APP.bot_user_id);
  // A private channel that the app is not in does not exist for it.
  if (!inside && channel.kind !== 'public') throw new ApiError('channel_not_found');
  if (channel.archived) throw new ApiError('is_archived');
  if (!inside && !parts.manifest.scopes.has('chat:write.public')) throw new ApiError('not_in_channel');
  return channel;
}

function addressed(parts: Parts, given: string): Channel | undefined {
  const known = parts.channels.get(given) ?? parts.channels.byName(given);
  if (known) return known;
  return parts.directory.human(given) && parts.channels.openDirect([given]);
}

function existingThread(parts: Parts, channel: Channel, args: Json): string | undefined {
  const threadTs = optional(args, 'thread_ts');
  if (threadTs === undefined) return undefined;
  const parent = parts.messages.find(channel.id, threadTs);
  if (!parent || (parent.thread_ts !== undefined && parent.thread_ts !== parent.ts)) {
    throw new ApiError('thread_not_found');
  }
  return threadTs;
}

function check(args: Json): void {
  const fault = validateMessage(args);
  if (!fault) return;
  throw fault.messages ? invalid(fault.error, fault.messages) : new ApiError(fault.error);
}
