import type { Channel } from '../channels.ts';
import type { Person } from '../directory.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from './refusal.ts';

/** The person whom the driver plays. */
export function human(parts: Parts, id: string): Person {
  if (id === '') throw new Refusal('say who acts: the id of a user');
  const person = parts.directory.human(id);
  if (!person) throw new Refusal(`there is no one with the id ${id} who could act`, { status: 404 });
  return person;
}

/** A channel by id or name, or `@USER`: the app's direct messages with that user, opened if need be. */
export function channelOf(parts: Parts, given: string): Channel {
  if (given.startsWith('@')) return parts.channels.openDirect([human(parts, given.slice(1)).id]);
  const channel = parts.channels.get(given) ?? parts.channels.byName(given);
  if (!channel) throw new Refusal(`there is no channel ${given}`, { status: 404 });
  return channel;
}

/** The channel, if this person is in it. */
export function memberChannel(parts: Parts, given: string, person: Person): Channel {
  const channel = channelOf(parts, given);
  if (!channel.members.has(person.id)) throw new Refusal(`${person.id} is not in ${given}`, { status: 403 });
  return channel;
}
