import pg from 'pg';
import { openSqliteFile } from '../../src/store/sqlite-file.ts';

/** Runs a statement past the store, as another program would; answers its rows. */
export async function rawSql(url: string, statement: string): Promise<readonly unknown[]> {
  if (url.startsWith('sqlite:')) {
    const database = openSqliteFile(url.slice('sqlite:'.length));
    const prepared = database.prepare(statement);
    const rows = prepared.reader ? [...prepared.all([])] : [];
    if (!prepared.reader) prepared.run([]);
    database.close();
    return rows;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(statement);
  await client.end();
  return rows;
}
