import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { toTime } from './columns.ts';
import type { Database } from './database.ts';

// What is asked of share requests and of changes alike.

type AskedTable = 'share_requests' | 'changes';
type Rows<T extends AskedTable, O> = SelectQueryBuilder<Database, T, O>;

/** Where the votes on what is in each table are, and by which column. */
const VOTES = {
  share_requests: { table: 'share_votes', on: 'vote.request_id' },
  changes: { table: 'change_votes', on: 'vote.change_id' },
} as const;

/** The part of their filters that is the same. */
interface Wanted {
  readonly ids?: readonly string[];
  readonly requester?: string;
  readonly states?: readonly string[];
  readonly projects?: readonly string[];
  readonly awaiting?: string;
}

/** Those of the rows of `table` that are wanted. */
export function wantedOf<T extends AskedTable, O>(rows: Rows<T, O>, table: T, wanted: Wanted): Rows<T, O> {
  const { ids, requester, states, projects, awaiting } = wanted;
  let found = rows;
  if (ids !== undefined) found = found.where(sql<SqlBool>`id in (${sql.join(ids)})`);
  if (requester !== undefined) found = found.where(sql<SqlBool>`requester = ${requester}`);
  if (states !== undefined) found = found.where(sql<SqlBool>`state in (${sql.join(states)})`);
  if (projects !== undefined) found = found.where(sql<SqlBool>`project in (${sql.join(projects)})`);
  if (awaiting === undefined) return found;
  const votes = VOTES[table];
  return found.where(
    sql<SqlBool>`requester <> ${awaiting} and not exists (
      select 1 from ${sql.table(votes.table)} vote
      where ${sql.ref(votes.on)} = ${sql.ref(`${table}.id`)} and vote.user_id = ${awaiting}
    )`,
  );
}

/** Those that nobody has decided on in time, at most `limit`. */
export function lapsedOf<T extends AskedTable, O>(rows: Rows<T, O>, now: Date, limit: number): Rows<T, O> {
  return rows
    .where(sql<SqlBool>`state = 'pending' and expires_at <= ${toTime(now)}`)
    .orderBy(sql.ref('expires_at'))
    .limit(limit);
}
