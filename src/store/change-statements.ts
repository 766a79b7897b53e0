import type { Insertable, Selectable } from 'kysely';
import type { ChangeState } from '../core/changes/change.ts';
import type { ChangeTable, ChangeVoteTable } from './database.ts';
import { prepared, type Slots } from './prepared.ts';

// Those that a person waits for, when a change is filed or decided on.

export const insertChange = prepared((db, row: Slots<Insertable<ChangeTable>>) =>
  db
    .insertInto('changes')
    .values(row)
    .onConflict((conflict) => conflict.doNothing()),
);

export const insertChangeVote = prepared((db, row: Slots<Insertable<ChangeVoteTable>>) =>
  db
    .insertInto('change_votes')
    .values(row)
    .onConflict((conflict) => conflict.doNothing()),
);

export const changeById = prepared((db, { id }: Slots<{ id: string }>) =>
  db.selectFrom('changes').selectAll().where('id', '=', id),
);

export const votesOnChanges = prepared((db, { ids }: Slots<{ ids: readonly string[] }>) =>
  db.selectFrom('change_votes').selectAll().where('change_id', 'in', ids).orderBy('at').orderBy('user_id'),
);

/** Takes the row until the end of the transaction; whoever comes second sees what the first one has made of it. */
export const lockChange = prepared((db, { id, state }: Slots<{ id: string; state: ChangeState }>) =>
  db.selectFrom('changes').selectAll().where('id', '=', id).where('state', '=', state).forUpdate(),
);

type Moved = { change: string; from: readonly ChangeState[]; holder?: string } & Partial<Selectable<ChangeTable>>;

/** Compare-and-set; also of the lease, where its holder is given. */
export const moveChange = prepared((db, { change, from, holder, ...columns }: Slots<Moved>) => {
  const update = db.updateTable('changes').set(columns).where('id', '=', change).where('state', 'in', from);
  return holder === undefined ? update : update.where('lease', '=', holder);
});
