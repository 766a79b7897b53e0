import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { ClaimOptions } from '../core/claims.ts';
import { toTime } from './columns.ts';
import type { Database, Time } from './database.ts';

/** A row that no worker holds, or whose worker has let its time run out. */
export function isFree(now: Date | RawBuilder<Time>): RawBuilder<SqlBool> {
  return sql<SqlBool>`(lease_until is null or lease_until <= ${momentOf(now)})`;
}

/** A row whose time in this column has come, or that has none. */
export function isDue(
  column: 'next_attempt_at' | 'next_check_at' | 'next_sweep_at',
  now: Date | RawBuilder<Time>,
): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${sql.ref(column)} is null or ${sql.ref(column)} <= ${momentOf(now)})`;
}

function momentOf(now: Date | RawBuilder<Time>): Time | RawBuilder<Time> {
  return now instanceof Date ? toTime(now) : now;
}

/** Those of these rows that a worker may take now, the oldest first, without those that another one is taking. */
export function dueOf<T extends 'share_requests' | 'changes' | 'sharings' | 'policy_runs', O>(
  rows: SelectQueryBuilder<Database, T, O>,
  { now, limit }: Pick<ClaimOptions, 'now' | 'limit'>,
  by: { due: 'next_attempt_at' | 'next_check_at'; age: 'created_at' | 'started_at' } = {
    due: 'next_attempt_at',
    age: 'created_at',
  },
): SelectQueryBuilder<Database, T, O> {
  return rows
    .where(isDue(by.due, now))
    .where(isFree(now))
    .orderBy(sql.ref(by.age))
    .orderBy(sql.ref('id'))
    .limit(limit)
    .forUpdate()
    .skipLocked();
}

/** The columns of a row that this worker takes. */
export function held(lease: string, { until }: Pick<ClaimOptions, 'until'>): { lease: string; lease_until: string } {
  return { lease, lease_until: toTime(until) };
}

/** The columns of a row that nobody holds. */
export const unheld = { lease: null, lease_until: null } as const;

/** The rows of a claim in the order of their age: what an update answers comes in none. */
export function oldestFirst<Row>(rows: readonly Row[], ageOf: (row: Row) => string): readonly Row[] {
  return rows.toSorted((a, b) => (ageOf(a) < ageOf(b) ? -1 : 1));
}
