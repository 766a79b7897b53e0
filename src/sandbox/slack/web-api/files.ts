import { appMessage } from '../app-message.ts';
import { filePayload } from '../files.ts';
import { APP } from '../identity.ts';
import { newId, newSecret } from '../ids.ts';
import { type Json, records, text } from '../json.ts';
import type { Parts } from '../parts.ts';
import { ApiError } from './api-error.ts';
import { optional, required } from './arguments.ts';
import type { Methods } from './method.ts';

const scope = 'files:write';

/** The upload in three steps: ask for a URL, post the bytes there, complete. */
export const fileMethods: Methods = {
  'files.getUploadURLExternal': { scope, tier: 'tier4', run: getUploadUrl },
  'files.completeUploadExternal': { scope, tier: 'tier4', run: complete },
};

function getUploadUrl(parts: Parts, args: Json): Json {
  const name = required(args, 'filename');
  const length = Number(required(args, 'length'));
  if (!Number.isInteger(length) || length <= 0) throw new ApiError('invalid_arguments');
  const altText = optional(args, 'alt_text');
  const file = { id: newId('F'), name, length, secret: newSecret(), completed: false };
  parts.files.add(altText === undefined ? file : { ...file, altText });
  return { upload_url: `${parts.url}/upload/${file.secret}`, file_id: file.id };
}

function complete(parts: Parts, args: Json): Json {
  const wanted = records(args.files);
  if (wanted.length === 0) throw new ApiError('invalid_arguments');
  const files = wanted.map((entry) => {
    const file = parts.files.get(text(entry.id) ?? '');
    if (!file || file.completed) throw new ApiError('file_not_found');
    if (!file.content) throw new ApiError('file_upload_incomplete');
    file.title = text(entry.title) ?? file.name;
    return file;
  });
  const channel = optional(args, 'channel_id') ?? optional(args, 'channels');
  if (channel !== undefined) share(parts, channel, args);
  for (const file of files) {
    file.completed = true;
    if (channel !== undefined) file.channel = channel;
  }
  const payloads = files.map((file) => filePayload(file, parts.url));
  if (channel !== undefined) {
    const message = appMessage({ text: args.initial_comment }, parts.stamps.next(), optional(args, 'thread_ts'));
    parts.messages.add(channel, { ...message, files: payloads });
  }
  return { files: payloads };
}

/** Refuses to share where the app may not write. */
function share(parts: Parts, id: string, args: Json): void {
  const channel = parts.channels.get(id);
  if (!channel || (channel.kind === 'private' && !channel.members.has(APP.bot_user_id))) {
    throw new ApiError('channel_not_found');
  }
  if (!channel.members.has(APP.bot_user_id)) throw new ApiError('not_in_channel');
  if (channel.archived) throw new ApiError('is_archived');
  const threadTs = optional(args, 'thread_ts');
  if (threadTs !== undefined && !parts.messages.find(id, threadTs)) throw new ApiError('thread_not_found');
}
