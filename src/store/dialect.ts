import { type Kysely, type Dialect as KyselyDialect, type RawBuilder, type SqlBool, sql } from 'kysely';

/** What the two databases do differently; every query is the same for both. */
export interface Dialect {
  readonly name: 'SQLite' | 'PostgreSQL';
  readonly kysely: KyselyDialect;
  /** The types of columns that differ. */
  readonly columns: ColumnTypes;
  /** Lets one process at a time change the tables, until the end of the transaction. */
  lockSchema<DB>(transaction: Kysely<DB>): Promise<void>;
  /** Lets one transaction at a time do what goes by this name, until its end. */
  hold<DB>(transaction: Kysely<DB>, name: string): Promise<void>;
  /** Whether a text or number in a column of JSON has this part in it, in any case (of A to Z). Names do not count. */
  hasPart(column: string, part: string): RawBuilder<SqlBool>;
  /** Whether the database failed a transaction only because of another one: it may go through when tried again. */
  isConflict(error: unknown): boolean;
  isMissingTable(error: unknown): boolean;
}

export interface ColumnTypes {
  /** Text that sorts by its bytes, whatever language the database speaks. */
  readonly text: RawBuilder<unknown>;
  /** A number that the database gives, later ones greater. */
  readonly serial: RawBuilder<unknown>;
}

/** Whether the text has this part in it, in any case (of A to Z). */
export function isLike(text: RawBuilder<unknown>, part: string): RawBuilder<SqlBool> {
  // Not by the database, which would lower a value by the rules of its own language: in Turkish I is not the capital of i.
  const lowered = part.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const pattern = `%${lowered.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql`lower(${text}) like ${pattern} escape '\\'`;
}
