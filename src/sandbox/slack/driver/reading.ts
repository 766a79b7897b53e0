import { APP } from '../identity.ts';
import type { Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from './refusal.ts';
import { channelOf, human } from './who.ts';

/** The workspace at a glance. The app itself is told apart from its people. */
export function state(parts: Parts): Json {
  const people = [...parts.directory.people.values()].filter((person) => parts.directory.human(person.id));
  const named = parts.channels.all().filter((it) => it.kind === 'public' || it.kind === 'private');
  return {
    users: people.map(({ id, name, role }) => ({ id, name, role })),
    channels: named.map(({ id, name, members }) => ({
      id,
      name,
      members: [...members].filter((member) => parts.directory.human(member)),
    })),
    bot: { user_id: APP.bot_user_id, connected: parts.transport.connected },
  };
}

/** The messages of a channel as one person sees them. */
export function messages(parts: Parts, query: URLSearchParams): Json[] {
  const given = query.get('channel') ?? '';
  const direct = given.startsWith('@');
  const reader = query.get('as') ?? (direct ? given.slice(1) : null);
  if (given === '' || reader === null) throw new Refusal('say which channel, and as whom');
  const user = human(parts, reader);
  const unseen = new Refusal(`${user.id} does not see ${given}`, { status: 403 });
  // To look at direct messages that no one has opened yet must not open them.
  if (direct && !parts.channels.direct([human(parts, given.slice(1)).id])) {
    if (user.id !== given.slice(1)) throw unseen;
    return [];
  }
  const channel = channelOf(parts, given);
  if (channel.kind !== 'public' && !channel.members.has(user.id)) throw unseen;
  return parts.messages.seenBy(channel.id, user.id);
}
