import { z } from 'zod';
import { openSqliteFile } from '../../src/store/sqlite-file.ts';

const CHANGES = ['insert', 'update', 'delete'] as const;
const named = z.array(z.object({ name: z.string() }));
const counted = z.array(z.object({ name: z.string(), rows: z.number() }));

/** How many rows the work writes to an SQLite file, by table: counted by triggers, which are gone afterwards. */
export async function writtenRows(file: string, work: () => Promise<void>): Promise<ReadonlyMap<string, number>> {
  const database = openSqliteFile(file);
  const found = database.prepare("select name from sqlite_master where type = 'table'").all([]);
  const tables = named.parse(found).map(({ name }) => name);
  database.exec('create table bench_writes (name text)');
  for (const table of tables) {
    const note = `insert into bench_writes values ('${table}')`;
    for (const change of CHANGES) {
      database.exec(`create trigger bench_${table}_${change} after ${change} on ${table} begin ${note}; end`);
    }
  }
  await work();
  const rows = database.prepare('select name, count(*) as rows from bench_writes group by name').all([]);
  for (const table of tables) {
    for (const change of CHANGES) database.exec(`drop trigger bench_${table}_${change}`);
  }
  database.exec('drop table bench_writes');
  database.close();
  return new Map(counted.parse(rows).map(({ name, rows }) => [name, rows]));
}
