import type { Picks } from '../forms/choose.ts';
import type { Parts } from '../parts.ts';

/** Whom and what a person can pick from Slack's own lists. */
export function picksOf(parts: Parts): Picks {
  return {
    user: (id) => parts.directory.people.has(id) && parts.directory.people.get(id)?.deleted !== true,
    channel: (id) => parts.channels.get(id) !== undefined,
  };
}
