import type { Migration } from './migration.ts';
import { index, table } from './tables.ts';

/** Changes that are made in the cloud, with the votes of those that owners decide on. */
export const changeTables: Migration = {
  version: 2,
  name: 'changes',
  async up(db, columns) {
    await table(db, columns, {
      name: 'changes',
      texts: [
        'id',
        'dedupe_key',
        'project',
        'kind',
        'target',
        'deed',
        'requester',
        'expires_at',
        'state',
        'created_at',
        'updated_at',
      ],
      optional: [
        'reason',
        'closed_by',
        'failure',
        'result',
        'called_at',
        'started_at',
        'finished_at',
        'next_attempt_at',
        'lease',
        'lease_until',
      ],
      numbers: ['approvals_needed', 'attempts'],
    })
      .addPrimaryKeyConstraint('changes_key', ['id'])
      .addUniqueConstraint('changes_dedupe', ['dedupe_key'])
      .execute();
    await index(db, 'changes', ['state', 'next_attempt_at']);
    await index(db, 'changes', ['state', 'expires_at']);
    await index(db, 'changes', ['requester', 'created_at', 'id']);
    await index(db, 'changes', ['created_at', 'id']);
    await index(db, 'changes', ['project', 'target']);
    await table(db, columns, {
      name: 'change_votes',
      texts: ['change_id', 'side', 'user_id', 'kind', 'at'],
      optional: ['reason'],
      numbers: [],
    })
      .addPrimaryKeyConstraint('change_votes_key', ['change_id', 'side', 'user_id'])
      .addForeignKeyConstraint('change_votes_change', ['change_id'], 'changes', ['id'])
      .execute();
  },
};
