import type { Migration } from './migration.ts';

/** What a run's card tells beside its disks' outcomes: when the policy runs next, and how large the disks are. */
export const runFacts: Migration = {
  version: 3,
  name: 'run-facts',
  async up(db, { text }) {
    // SQLite adds one column a statement.
    await db.schema.alterTable('policy_runs').addColumn('next_run_at', text).execute();
    await db.schema.alterTable('policy_runs').addColumn('disk_sizes', text).execute();
  },
};
