import type { Insertable, Selectable } from 'kysely';
import { type ShareState, workingStates } from '../core/sharing/share-request.ts';
import type { ShareRequestTable, ShareTargetTable, ShareVoteTable } from './database.ts';
import { prepared, type Slots } from './prepared.ts';

// Those that a person waits for, when a request is filed or decided on.

export const insertRequest = prepared((db, row: Slots<Insertable<ShareRequestTable>>) =>
  db
    .insertInto('share_requests')
    .values(row)
    .onConflict((conflict) => conflict.doNothing()),
);

export const insertTarget = prepared((db, row: Slots<Insertable<ShareTargetTable>>) =>
  db.insertInto('share_targets').values(row),
);

export const insertVote = prepared((db, row: Slots<Insertable<ShareVoteTable>>) =>
  db
    .insertInto('share_votes')
    .values(row)
    .onConflict((conflict) => conflict.doNothing()),
);

export const requestById = prepared((db, { id }: Slots<{ id: string }>) =>
  db.selectFrom('share_requests').selectAll().where('id', '=', id),
);

export const targetsOf = prepared((db, { ids }: Slots<{ ids: readonly string[] }>) =>
  db.selectFrom('share_targets').selectAll().where('request_id', 'in', ids).orderBy('position'),
);

export const votesOn = prepared((db, { ids }: Slots<{ ids: readonly string[] }>) =>
  db.selectFrom('share_votes').selectAll().where('request_id', 'in', ids).orderBy('at').orderBy('user_id'),
);

/** The targets of other requests for this backup that are open. */
export const targetsAsked = prepared(
  (db, { project, backupId, but }: Slots<{ project: string; backupId: string; but: string }>) =>
    db
      .selectFrom('share_requests as request')
      .innerJoin('share_targets as target', 'target.request_id', 'request.id')
      .select('target.project_id')
      .where('request.backup_id', '=', backupId)
      .where('request.project', '=', project)
      .where('request.state', 'in', ['pending', ...workingStates])
      .where('request.id', '<>', but),
);

/** Takes the row until the end of the transaction; whoever comes second sees what the first one has made of it. */
export const lockRequest = prepared((db, { id, state }: Slots<{ id: string; state: ShareState }>) =>
  db.selectFrom('share_requests').selectAll().where('id', '=', id).where('state', '=', state).forUpdate(),
);

type Moved = { request: string; from: readonly ShareState[]; holder?: string } & Partial<Selectable<ShareRequestTable>>;

/** Compare-and-set; also of the lease, where its holder is given. */
export const moveRequest = prepared((db, { request, from, holder, ...columns }: Slots<Moved>) => {
  const update = db.updateTable('share_requests').set(columns).where('id', '=', request).where('state', 'in', from);
  return holder === undefined ? update : update.where('lease', '=', holder);
});
