import { type Kysely, sql } from 'kysely';
import type { Database } from '../database.ts';
import type { ColumnTypes } from '../dialect.ts';
import type { Migration } from './migration.ts';
import { index, table } from './tables.ts';

/** The tables of the first version. `database.ts` says what their columns mean. */
export const firstTables: Migration = {
  version: 1,
  name: 'first-tables',
  async up(db, columns) {
    await shareTables(db, columns);
    await sharingTable(db, columns);
    await runTables(db, columns);
    await watchTables(db, columns);
    await cardTable(db, columns);
    await auditTable(db, columns);
  },
};

async function shareTables(db: Kysely<Database>, columns: ColumnTypes): Promise<void> {
  await table(db, columns, {
    name: 'share_requests',
    texts: [
      'id',
      'dedupe_key',
      'project',
      'backup_id',
      'reason',
      'requester',
      'expires_at',
      'state',
      'created_at',
      'updated_at',
    ],
    optional: ['backup', 'ends_at', 'closed_by', 'failure', 'called_at', 'next_attempt_at', 'lease', 'lease_until'],
    numbers: ['approvals_needed', 'attempts'],
  })
    .addPrimaryKeyConstraint('share_requests_key', ['id'])
    .addUniqueConstraint('share_requests_dedupe', ['dedupe_key'])
    .execute();
  await index(db, 'share_requests', ['state', 'next_attempt_at']);
  await index(db, 'share_requests', ['state', 'expires_at']);
  await index(db, 'share_requests', ['requester', 'created_at', 'id']);
  await index(db, 'share_requests', ['created_at', 'id']);
  await index(db, 'share_requests', ['backup_id']);
  await table(db, columns, {
    name: 'share_targets',
    texts: ['request_id', 'project_id', 'state'],
    optional: ['alias', 'sharing_id'],
    numbers: ['position'],
  })
    .addPrimaryKeyConstraint('share_targets_key', ['request_id', 'project_id'])
    .addForeignKeyConstraint('share_targets_request', ['request_id'], 'share_requests', ['id'])
    .execute();
  await table(db, columns, {
    name: 'share_votes',
    texts: ['request_id', 'side', 'user_id', 'kind', 'at'],
    optional: ['reason'],
    numbers: [],
  })
    .addPrimaryKeyConstraint('share_votes_key', ['request_id', 'side', 'user_id'])
    .addForeignKeyConstraint('share_votes_request', ['request_id'], 'share_requests', ['id'])
    .execute();
}

async function sharingTable(db: Kysely<Database>, columns: ColumnTypes): Promise<void> {
  await table(db, columns, {
    name: 'sharings',
    texts: ['id', 'project', 'backup_id', 'to_project_id', 'state', 'created_at'],
    optional: [
      'backup_name',
      'request_id',
      'stop_at',
      'stopped_by',
      'stopped_at',
      'failure',
      'next_attempt_at',
      'lease',
      'lease_until',
    ],
    numbers: ['end_ordered', 'attempts'],
  })
    .addPrimaryKeyConstraint('sharings_key', ['id'])
    .execute();
  await index(db, 'sharings', ['state', 'next_attempt_at']);
  await index(db, 'sharings', ['state', 'stop_at']);
  await index(db, 'sharings', ['project', 'backup_id']);
  await index(db, 'sharings', ['request_id']);
}

async function runTables(db: Kysely<Database>, columns: ColumnTypes): Promise<void> {
  await table(db, columns, {
    name: 'policy_runs',
    texts: ['id', 'dedupe_key', 'project', 'policy_id', 'policy_name', 'origin', 'started_at', 'state', 'deadline_at'],
    optional: [
      'started_by',
      'after_task_id',
      'after_created_at',
      'called_at',
      'finished_at',
      'failure',
      'next_check_at',
      'lease',
      'lease_until',
    ],
    numbers: ['disks', 'attempts'],
  })
    .addPrimaryKeyConstraint('policy_runs_key', ['id'])
    .addUniqueConstraint('policy_runs_dedupe', ['dedupe_key'])
    .execute();
  await sql`create unique index policy_runs_one_by_a_person on policy_runs (project, policy_id)
    where origin = 'person' and state in ('requested', 'starting', 'unknown', 'running')`.execute(db);
  await index(db, 'policy_runs', ['state', 'next_check_at']);
  await index(db, 'policy_runs', ['project', 'policy_id', 'started_at', 'id']);
  await index(db, 'policy_runs', ['started_at', 'id']);
  await table(db, columns, {
    name: 'policy_tasks',
    texts: ['project', 'id', 'policy_id', 'policy_name', 'run_id', 'status', 'created_at', 'disk_id'],
    optional: ['finished_at', 'backup_name', 'job_id', 'failure'],
    numbers: ['list_rank'],
  })
    .addPrimaryKeyConstraint('policy_tasks_key', ['project', 'id'])
    .addForeignKeyConstraint('policy_tasks_run', ['run_id'], 'policy_runs', ['id'])
    .execute();
  await index(db, 'policy_tasks', ['run_id']);
  await index(db, 'policy_tasks', ['project', 'policy_id', 'status']);
  await index(db, 'policy_tasks', ['project', 'policy_id', 'created_at', 'id']);
  await index(db, 'policy_tasks', ['project', 'disk_id', 'status', 'created_at']);
  await sql`create index policy_tasks_in_lists on policy_tasks (project, list_rank, created_at desc, id desc)`.execute(
    db,
  );
}

async function watchTables(db: Kysely<Database>, columns: ColumnTypes): Promise<void> {
  await table(db, columns, {
    name: 'watches',
    texts: ['project'],
    optional: ['last_sweep_at', 'last_failure', 'next_sweep_at', 'lease', 'lease_until'],
    numbers: [],
  })
    .addPrimaryKeyConstraint('watches_key', ['project'])
    .execute();
  await table(db, columns, { name: 'seen_policies', texts: ['project', 'policy_id'], optional: [], numbers: [] })
    .addPrimaryKeyConstraint('seen_policies_key', ['project', 'policy_id'])
    .execute();
}

async function cardTable(db: Kysely<Database>, columns: ColumnTypes): Promise<void> {
  await table(db, columns, {
    name: 'cards',
    texts: ['kind', 'entity_id', 'place_kind', 'place_id'],
    optional: ['channel', 'ts', 'next_attempt_at', 'post_begun_at', 'last_error', 'refused', 'lease', 'lease_until'],
    numbers: ['wanted', 'claimed', 'shown', 'attempts'],
  })
    .addColumn('id', columns.serial, (one) => one.primaryKey())
    .addColumn('thread_card', 'integer')
    .addForeignKeyConstraint('cards_thread', ['thread_card'], 'cards', ['id'])
    .addUniqueConstraint('cards_one_a_place', ['kind', 'entity_id', 'place_kind', 'place_id'])
    .execute();
  await sql`create index cards_out_of_date on cards (id) where wanted > shown and refused is null`.execute(db);
  await sql`create index cards_unposted on cards (place_kind, place_id, id) where ts is null and refused is null`.execute(
    db,
  );
}

async function auditTable(db: Kysely<Database>, columns: ColumnTypes): Promise<void> {
  await table(db, columns, {
    name: 'audit',
    texts: ['at', 'actor', 'action', 'project', 'subject', 'outcome', 'details'],
    optional: ['cloud_request_id'],
    numbers: [],
  })
    .addColumn('id', columns.serial, (one) => one.primaryKey())
    .execute();
  await index(db, 'audit', ['at', 'id']);
  await index(db, 'audit', ['project', 'at', 'id']);
  await index(db, 'audit', ['subject', 'at', 'id']);
}
