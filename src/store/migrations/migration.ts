import type { Kysely } from 'kysely';
import type { Database } from '../database.ts';
import type { ColumnTypes } from '../dialect.ts';

/** One step from a schema to the next. What has been released is never edited: a later step amends it. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  up(db: Kysely<Database>, columns: ColumnTypes): Promise<void>;
}
