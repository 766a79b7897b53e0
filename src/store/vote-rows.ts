import type { Vote } from '../core/votes.ts';
import { fromTime, toTime } from './columns.ts';
import type { VoteColumns } from './database.ts';

/** A vote as a row keeps it, whatever it is on. */
export function voteColumns({ side, user, kind, reason, at }: Vote): VoteColumns {
  return { side, user_id: user, kind, reason: reason ?? null, at: toTime(at) };
}

export function toVote(row: VoteColumns): Vote {
  return { side: row.side, user: row.user_id, kind: row.kind, reason: row.reason ?? undefined, at: fromTime(row.at) };
}
