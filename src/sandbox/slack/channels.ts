import { APP } from './identity.ts';
import { newId } from './ids.ts';

/** A channel as whoever sets up the workspace gives it. The app is in it unless `bot_is_member` is false. */
export interface ChannelSeed {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly is_private?: boolean;
  readonly is_archived?: boolean;
  readonly bot_is_member?: boolean;
}

const KINDS = ['public', 'private', 'im', 'mpim'] as const;
export type ChannelKind = (typeof KINDS)[number];

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly archived: boolean;
  readonly members: ReadonlySet<string>;
}

/** Channels and direct messages, and who is in them. */
export class Channels {
  readonly #channels = new Map<string, Channel>();

  constructor(seeds: readonly ChannelSeed[]) {
    for (const seed of seeds) {
      const members = new Set(seed.members);
      if (seed.bot_is_member !== false) members.add(APP.bot_user_id);
      this.#channels.set(seed.id, {
        id: seed.id,
        name: seed.name,
        kind: seed.is_private === true ? 'private' : 'public',
        archived: seed.is_archived === true,
        members,
      });
    }
  }

  all(): Channel[] {
    return [...this.#channels.values()];
  }

  get(id: string): Channel | undefined {
    return this.#channels.get(id);
  }

  byName(name: string): Channel | undefined {
    const wanted = name.replace(/^#/, '');
    return this.all().find((it) => it.name === wanted && (it.kind === 'public' || it.kind === 'private'));
  }

  /** The app's direct messages with these people, if they were ever opened. */
  direct(users: readonly string[]): Channel | undefined {
    const wanted = new Set([...users, APP.bot_user_id]);
    return this.all().find(
      (it) =>
        (it.kind === 'im' || it.kind === 'mpim') &&
        it.members.size === wanted.size &&
        [...wanted].every((user) => it.members.has(user)),
    );
  }

  /** Opens the app's direct messages with these people; the same channel every time. */
  openDirect(users: readonly string[]): Channel {
    return this.direct(users) ?? this.restoreDirect(newId(users.length === 1 ? 'D' : 'G'), users);
  }

  /** Puts direct messages there under an id that they had before. */
  restoreDirect(id: string, given: readonly string[]): Channel {
    const users = given.filter((user) => user !== APP.bot_user_id);
    const alone = users.length === 1;
    const channel: Channel = {
      id,
      name: alone ? 'directmessage' : `mpdm-${users.join('--')}`,
      kind: alone ? 'im' : 'mpim',
      archived: false,
      members: new Set([...users, APP.bot_user_id]),
    };
    this.#channels.set(channel.id, channel);
    return channel;
  }
}

/** What payloads call this channel: private ones and direct messages don't tell their name. */
export function payloadName(channel: Channel): string {
  switch (channel.kind) {
    case 'public':
      return channel.name;
    case 'im':
      return 'directmessage';
    case 'private':
    case 'mpim':
      return 'privategroup';
  }
}
