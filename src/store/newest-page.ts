import { type SelectQueryBuilder, sql } from 'kysely';
import type { PageOf } from '../core/page.ts';
import type { Database } from './database.ts';

/** A page of these rows, newest by `age` first, and how many there are in all. */
export async function newestPage<T extends 'share_requests' | 'changes' | 'policy_runs'>(
  rows: SelectQueryBuilder<Database, T, object>,
  { offset, limit }: PageOf,
  age: 'created_at' | 'started_at' = 'created_at',
) {
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const newest = rows.selectAll().orderBy(sql.ref(age), 'desc').orderBy(sql.ref('id'), 'desc');
  return { total, rows: await newest.limit(limit).offset(offset).execute() };
}
