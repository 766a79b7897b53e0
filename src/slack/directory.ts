import type { WebClient } from '@slack/web-api';
import type { Clock, Directory } from '../core/ports.ts';

export interface DirectoryParts {
  readonly client: WebClient;
  readonly clock: Clock;
  /** How long an answer counts as fresh. */
  readonly ttlMs?: number;
  /** How old an answer may be while Slack gives no newer one: nobody keeps a right longer than this after they lost it. */
  readonly staleMs?: number;
}

interface Known {
  readonly members: ReadonlySet<string>;
  readonly at: number;
}

const TTL_MS = 60_000;
const STALE_MS = 5 * 60_000;

/** Who belongs to a user group, as Slack had it within the last minute. */
export function createDirectory({ client, clock, ttlMs = TTL_MS, staleMs = STALE_MS }: DirectoryParts): Directory {
  const known = new Map<string, Known>();
  const asking = new Map<string, Promise<ReadonlySet<string>>>();

  async function ask(group: string): Promise<ReadonlySet<string>> {
    const at = clock.now().getTime();
    const answer = await client.usergroups.users.list({ usergroup: group });
    const members = new Set(answer.users ?? []);
    known.set(group, { members, at });
    return members;
  }

  return {
    async membersOf(group) {
      const before = known.get(group);
      const age = before ? clock.now().getTime() - before.at : Number.POSITIVE_INFINITY;
      if (before && age >= 0 && age < ttlMs) return before.members;
      let answer = asking.get(group);
      if (!answer) {
        answer = ask(group).finally(() => asking.delete(group));
        asking.set(group, answer);
      }
      try {
        return await answer;
      } catch (error) {
        if (before && age >= 0 && age < staleMs) return before.members;
        throw error;
      }
    },
  };
}
