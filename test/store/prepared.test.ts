import { Kysely } from 'kysely';
import { expect, it } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { openDialect } from '../../src/store/open-dialect.ts';
import { prepared, type Slots } from '../../src/store/prepared.ts';
import { onEachDatabase } from './on-each-database.ts';

type Seen = { project: string; policy_id: string };

onEachDatabase('a prepared statement', ({ open, url }) => {
  async function connect(): Promise<Kysely<Database>> {
    // The store makes the tables.
    await open();
    const dialect = await openDialect(await url(), { create: false });
    if (dialect === undefined) throw new Error('the database is gone');
    return new Kysely<Database>({ dialect: dialect.kysely });
  }

  it('is built once for each shape of its values, and run with those of each call', async () => {
    await using db = await connect();
    const built: string[] = [];
    const insert = prepared((on, row: Slots<Seen>) => on.insertInto('seen_policies').values(row));
    const among = prepared((on, { ids, ...where }: Slots<{ ids: readonly string[]; project?: string }>) => {
      built.push(Object.keys(where).join());
      const rows = on
        .selectFrom('seen_policies')
        .select('policy_id')
        .where('policy_id', 'in', ids)
        .orderBy('policy_id');
      return where.project === undefined ? rows : rows.where('project', '=', where.project);
    });
    for (const id of ['a', 'b', 'c']) await insert(db, { project: `of ${id}`, policy_id: id });
    const found = async (values: { ids: readonly string[]; project?: string }) =>
      (await among(db, values)).rows.map((row) => row.policy_id);
    expect([
      await found({ ids: ['a', 'b'] }),
      await found({ ids: ['c', 'x'] }),
      await found({ ids: ['b'] }),
      await found({ ids: ['a', 'b'], project: 'of b' }),
      await found({ ids: ['a', 'c'], project: 'of c' }),
    ]).toEqual([['a', 'b'], ['c'], ['b'], ['b'], ['c']]);
    expect(built).toEqual(['', '', 'project']);
  });

  it('goes back with the transaction that it was run in', async () => {
    await using db = await connect();
    const insert = prepared((on, row: Slots<Seen>) => on.insertInto('seen_policies').values(row));
    const all = prepared((on, { project }: Slots<{ project: string }>) =>
      on.selectFrom('seen_policies').selectAll().where('project', '=', project),
    );
    const work = db.transaction().execute(async (transaction) => {
      await insert(transaction, { project: 'payments', policy_id: 'p' });
      expect((await all(transaction, { project: 'payments' })).rows).toHaveLength(1);
      throw new Error('taken back');
    });
    await expect(work).rejects.toThrow('taken back');
    expect((await all(db, { project: 'payments' })).rows).toEqual([]);
  });

  it('keeps apart what two databases are asked, and marks what neither can keep', async () => {
    await using one = await connect();
    const insert = prepared((on, row: Slots<Seen>) => on.insertInto('seen_policies').values(row));
    const all = prepared((on, { ids }: Slots<{ ids: readonly string[] }>) =>
      on.selectFrom('seen_policies').select('project').where('policy_id', 'in', ids),
    );
    const memory = await openDialect('sqlite::memory:', { create: true });
    if (memory === undefined) throw new Error('there is no memory');
    await using other = new Kysely<Database>({ dialect: memory.kysely });
    await other.schema
      .createTable('seen_policies')
      .addColumn('project', 'text')
      .addColumn('policy_id', 'text')
      .execute();
    await insert(one, { project: 'here\u0000', policy_id: 'p\uD800' });
    await insert(other, { project: 'there', policy_id: 'p\uD800' });
    expect((await all(one, { ids: ['p\uD800', 'x'] })).rows).toEqual([{ project: 'here\uFFFD' }]);
    expect((await all(other, { ids: ['p\uD800', 'x'] })).rows).toEqual([{ project: 'there' }]);
  });
});
