import type { Channel } from '../channels.ts';
import { APP } from '../identity.ts';
import type { Json } from '../json.ts';
import type { Message } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { ApiError } from './api-error.ts';
import { flag, optional, required } from './arguments.ts';
import type { Methods } from './method.ts';
import { page } from './paging.ts';
import { channelScope, requireScope } from './scopes.ts';

/** Slack opens direct messages with up to eight people. */
const MOST_DIRECT = 8;

/** The `conversations.*` methods. Which scope they need hangs on the kind of the channel. */
export const conversationMethods: Methods = {
  'conversations.open': { tier: 'tier3', run: open },
  'conversations.info': { tier: 'tier3', run: info },
  'conversations.list': { tier: 'tier2', run: list },
  'conversations.members': { tier: 'tier4', run: members },
  'conversations.history': { tier: 'tier3', run: history },
  'conversations.replies': { tier: 'tier3', run: replies },
};

function open(parts: Parts, args: Json): Json {
  const id = optional(args, 'channel');
  if (id !== undefined) {
    const channel = parts.channels.get(id);
    if (!channel || (channel.kind !== 'im' && channel.kind !== 'mpim')) throw new ApiError('channel_not_found');
    return { no_op: true, already_open: true, channel: { id: channel.id } };
  }
  const users = (optional(args, 'users') ?? '').split(',').filter((user) => user !== '');
  if (users.length === 0) throw new ApiError('users_list_not_supplied');
  if (users.length > MOST_DIRECT) throw new ApiError('too_many_users');
  requireScope(parts.manifest, users.length === 1 ? 'im:write' : 'mpim:write');
  for (const user of users) {
    const person = parts.directory.people.get(user);
    if (!person) throw new ApiError('user_not_found');
    if (person.deleted === true) throw new ApiError('user_disabled');
    if (person.is_bot === true) throw new ApiError('cannot_dm_bot');
  }
  const known = parts.channels.direct(users) !== undefined;
  const channel = parts.channels.openDirect(users);
  return { channel: { id: channel.id }, ...(known && { no_op: true, already_open: true }) };
}

function info(parts: Parts, args: Json): Json {
  const channel = visibleChannel(parts, args, 'read');
  const size = flag(args, 'include_num_members') ? { num_members: channel.members.size } : {};
  return { channel: { ...channelPayload(channel), ...size } };
}

function list(parts: Parts, args: Json): Json {
  requireScope(parts.manifest, 'channels:read', 'groups:read', 'im:read', 'mpim:read');
  const types = (optional(args, 'types') ?? 'public_channel').split(',').map((type) => type.replace('_channel', ''));
  const seen = parts.channels.all().filter((channel) => {
    if (!types.includes(channel.kind) || !parts.manifest.scopes.has(channelScope(channel, 'read'))) return false;
    if (channel.archived && flag(args, 'exclude_archived')) return false;
    return channel.kind === 'public' || channel.members.has(APP.bot_user_id);
  });
  const { items, metadata } = page(seen, args);
  return {
    channels: items.map((it) => ({ ...channelPayload(it), num_members: it.members.size })),
    response_metadata: metadata,
  };
}

function members(parts: Parts, args: Json): Json {
  const channel = visibleChannel(parts, args, 'read');
  const { items, metadata } = page([...channel.members], args);
  return { members: items, response_metadata: metadata };
}

function history(parts: Parts, args: Json): Json {
  const channel = readableChannel(parts, args);
  const newestFirst = within(parts.messages.all(channel.id), args)
    .filter((message) => message.thread_ts === undefined || message.thread_ts === message.ts)
    .reverse();
  const { items, metadata } = page(newestFirst, args, 999);
  return {
    messages: items.map((message) => shown(message, args)),
    has_more: metadata.next_cursor !== '',
    pin_count: 0,
    response_metadata: metadata,
  };
}

function replies(parts: Parts, args: Json): Json {
  const channel = readableChannel(parts, args);
  const ts = required(args, 'ts');
  const parent = parts.messages.find(channel.id, ts);
  if (!parent) throw new ApiError('thread_not_found');
  const { items, metadata } = page([parent, ...within(parts.messages.replies(channel.id, ts), args)], args);
  return {
    messages: items.map((message) => shown(message, args)),
    has_more: metadata.next_cursor !== '',
    response_metadata: metadata,
  };
}

/** Messages after `oldest` and before `latest`; those at the bounds only with `inclusive`. */
function within(messages: readonly Message[], args: Json): Message[] {
  const oldest = Number(optional(args, 'oldest') ?? 0);
  const latest = Number(optional(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const inclusive = flag(args, 'inclusive');
  return messages.filter((message) => {
    const at = Number(message.ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
}

function shown(message: Message, args: Json): Json {
  if (flag(args, 'include_all_metadata')) return message;
  const { metadata: _, ...rest } = message;
  return rest;
}

/** A channel that exists for the app: public, or one that it is in. */
function visibleChannel(parts: Parts, args: Json, right: 'read' | 'history'): Channel {
  const channel = parts.channels.get(required(args, 'channel'));
  if (!channel) throw new ApiError('channel_not_found');
  requireScope(parts.manifest, channelScope(channel, right));
  if (channel.kind !== 'public' && !channel.members.has(APP.bot_user_id)) throw new ApiError('channel_not_found');
  return channel;
}

function readableChannel(parts: Parts, args: Json): Channel {
  const channel = visibleChannel(parts, args, 'history');
  if (!channel.members.has(APP.bot_user_id)) throw new ApiError('not_in_channel');
  return channel;
}

function channelPayload(channel: Channel): Json {
  const inside = channel.members.has(APP.bot_user_id);
  if (channel.kind === 'im') {
    const user = [...channel.members].find((member) => member !== APP.bot_user_id);
    return { id: channel.id, is_im: true, is_archived: channel.archived, user, is_open: true };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_member: inside,
    is_general: false,
    is_shared: false,
    is_ext_shared: false,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}
