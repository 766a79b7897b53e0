import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Time, WatchTable } from './database.ts';
import { isDue, isFree } from './leases.ts';
import { prepared, type Slots } from './prepared.ts';

// Those of a sweep: it runs them for each project.

type Claim = {
  readonly projects: readonly string[];
  readonly now: Time;
  /** A sweep that ended later than this was timed by a clock that has been set back since. */
  readonly latest: Time;
  readonly limit: number;
  readonly lease: string;
  readonly lease_until: Time;
};

export const claimWatches = prepared((db, { projects, now, latest, limit, ...held }: Slots<Claim>) =>
  db
    .with('due', (with_) =>
      with_
        .selectFrom('watches')
        .select('project')
        .where('project', 'in', projects)
        .where(sql<SqlBool>`(${isDue('next_sweep_at', now)} or last_sweep_at > ${latest})`)
        .where(isFree(now))
        .orderBy((eb) => eb.fn.coalesce('next_sweep_at', eb.val('')))
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('watches')
    .set(held)
    .where('project', 'in', (eb) => eb.selectFrom('due').select('due.project'))
    .returningAll(),
);

export const endSweep = prepared(
  (db, { project, holder, ...columns }: Slots<Selectable<WatchTable> & { holder: string }>) =>
    db.updateTable('watches').set(columns).where('project', '=', project).where('lease', '=', holder),
);

export const policiesSeen = prepared((db, { project }: Slots<{ project: string }>) =>
  db.selectFrom('seen_policies').select('policy_id').where('project', '=', project),
);

/** The tasks of a project that have one of these ranks. */
export const tasksRanked = prepared((db, { project, ranks }: Slots<{ project: string; ranks: readonly number[] }>) =>
  db
    .selectFrom('policy_tasks')
    .selectAll()
    .where('project', '=', project)
    .where('list_rank', 'in', ranks)
    .orderBy('created_at')
    .orderBy('id'),
);

/** The newest task of each policy. Looked up policy by policy: how many tasks each has does not matter. */
export const newestTasks = prepared(
  (db, { project, ...policies }: Slots<{ project: string; [name: string]: string }>) =>
    db
      .selectFrom(tableOf(Object.values(policies)).as('policy'))
      .innerJoin('policy_tasks as task', (join) =>
        join
          .on('task.project', '=', project)
          .on('task.id', '=', (eb) =>
            eb
              .selectFrom('policy_tasks as newest')
              .select('newest.id')
              .where('newest.project', '=', project)
              .whereRef('newest.policy_id', '=', 'policy.column1')
              .orderBy('newest.created_at', 'desc')
              .orderBy('newest.id', 'desc')
              .limit(1),
          ),
      )
      .select(['task.policy_id', 'task.id', 'task.created_at']),
);

/** The policies as a table: its one column has this name on both databases. */
function tableOf(policyIds: readonly RawBuilder<string>[]): RawBuilder<{ column1: string }> {
  return sql`(values ${sql.join(policyIds.map((id) => sql`(${id})`))})`;
}
