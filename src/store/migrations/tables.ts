import type { CreateTableBuilder, Kysely } from 'kysely';
import type { Database } from '../database.ts';
import type { ColumnTypes } from '../dialect.ts';

/** A table whose columns are named in the order of their types. */
export function table(
  db: Kysely<Database>,
  { text }: ColumnTypes,
  about: { name: string; texts: readonly string[]; optional: readonly string[]; numbers: readonly string[] },
): CreateTableBuilder<string, string> {
  let creation: CreateTableBuilder<string, string> = db.schema.createTable(about.name);
  for (const column of about.texts) creation = creation.addColumn(column, text, (one) => one.notNull());
  for (const column of about.optional) creation = creation.addColumn(column, text);
  for (const column of about.numbers) creation = creation.addColumn(column, 'integer', (one) => one.notNull());
  return creation;
}

export function index(db: Kysely<Database>, on: string, columns: readonly string[]): Promise<void> {
  const name = `${on}_by_${columns.join('_')}`;
  return db.schema
    .createIndex(name)
    .on(on)
    .columns([...columns])
    .execute();
}
