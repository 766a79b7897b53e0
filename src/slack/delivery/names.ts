import type { WebClient } from '@slack/web-api';
import type { Clock, Log } from '../../core/ports.ts';
import { orTooLong } from '../dispatch/timing.ts';
import { slackErrorOf } from '../slack-calls.ts';

/** What a person is called in Slack, as raw text; undefined where that cannot be told now. */
export type Names = (user: string) => Promise<string | undefined>;

const FRESH_MS = 60 * 60_000;
const AGAIN_MS = 60_000;
const MOST = 5_000;
/** A card does not wait longer for names. */
const WITHIN_MS = 2_000;

interface Known {
  readonly name: Promise<string | undefined>;
  until: number;
}

/** Asks Slack for people's names, and remembers them for an hour. */
export function createNames({ client, clock, log }: { client: WebClient; clock: Clock; log: Log }): Names {
  const known = new Map<string, Known>();

  async function ask(user: string): Promise<string | undefined> {
    try {
      const { user: found } = await orTooLong(client.users.info({ user }), WITHIN_MS);
      return found?.profile?.display_name || found?.profile?.real_name || found?.real_name || found?.name;
    } catch (error) {
      log.info({ error: slackErrorOf(error) }, 'the name of a person cannot be looked up');
      return undefined;
    }
  }

  return async (user) => {
    const now = clock.now().getTime();
    const before = known.get(user);
    if (before && before.until > now) return before.name;
    if (known.size >= MOST) known.clear();
    const entry: Known = { name: ask(user), until: now + FRESH_MS };
    known.set(user, entry);
    const name = await entry.name;
    if (name === undefined) entry.until = now + AGAIN_MS;
    return name;
  };
}
