import { type Compilable, type CompiledQuery, type Kysely, type QueryResult, type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import { storable } from './storable.ts';

/** What stands in a statement for the values that each run gives it; for a list, `(?, ?, …)`. */
export type Slots<Values> = {
  readonly [Name in keyof Values]: RawBuilder<Values[Name] extends readonly (infer One)[] ? One : Values[Name]>;
};

/** A statement that is run with these values. */
export type Prepared<Values, Row> = (db: Kysely<Database>, values: Values) => Promise<QueryResult<Row>>;

/** The place of one value: that of a name, or one of a list's. */
class Place {
  readonly name: string;
  readonly at: number | undefined;

  constructor(name: string, at?: number) {
    this.name = name;
    this.at = at;
  }
}

/**
 * A statement that is built and compiled once for each database, and for each set of names and lengths of lists among
 * its values: for a small statement that is most of its cost. For those that a person waits for.
 */
export function prepared<Values extends Readonly<Record<string, unknown>>, Row>(
  build: (db: Kysely<Database>, slots: Slots<Values>) => Compilable<Row>,
): Prepared<Values, Row> {
  const compiled = new WeakMap<object, Map<string, CompiledQuery<Row>>>();
  return (db, values) => {
    // A transaction has the adapter of the database that it belongs to.
    const { adapter } = db.getExecutor();
    let known = compiled.get(adapter);
    if (known === undefined) {
      known = new Map();
      compiled.set(adapter, known);
    }
    const shape = shapeOf(values);
    let query = known.get(shape);
    if (query === undefined) {
      query = build(db, slotsFor(values)).compile();
      known.set(shape, query);
    }
    return db.executeQuery(filled(query, values));
  };
}

function shapeOf(values: Readonly<Record<string, unknown>>): string {
  let shape = '';
  for (const name in values) {
    const value = values[name];
    shape += Array.isArray(value) ? ` ${name}:${value.length}` : ` ${name}`;
  }
  return shape;
}

function slotsFor<Values>(values: Readonly<Record<string, unknown>>): Slots<Values>;
function slotsFor(values: Readonly<Record<string, unknown>>): Record<string, RawBuilder<unknown>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (!Array.isArray(value)) return [name, sql`${new Place(name)}`];
      return [name, sql`(${sql.join(value.map((_, at) => new Place(name, at)))})`];
    }),
  );
}

function filled<Row>(compiled: CompiledQuery<Row>, values: Readonly<Record<string, unknown>>): CompiledQuery<Row> {
  const parameters: unknown[] = [];
  for (const one of compiled.parameters) parameters.push(one instanceof Place ? valueAt(one, values) : one);
  return { query: compiled.query, queryId: compiled.queryId, sql: compiled.sql, parameters };
}

function valueAt({ name, at }: Place, values: Readonly<Record<string, unknown>>): unknown {
  const value = values[name];
  return storable(at === undefined ? value : Array.isArray(value) ? value[at] : undefined);
}
