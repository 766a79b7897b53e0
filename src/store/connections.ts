import {
  type CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  DefaultConnectionProvider,
  DefaultQueryExecutor,
  type DialectAdapter,
  type Driver,
  Kysely,
  type Dialect as KyselyDialect,
  type KyselyProps,
  type QueryCompiler,
  type QueryResult,
  SingleConnectionProvider,
  Transaction,
} from 'kysely';
import type { Database } from './database.ts';

type Run = <Row>(query: CompiledQuery) => Promise<QueryResult<Row>>;

/**
 * The database behind Kysely's builders. Statements go straight from the builder to a connection: the chain of promises
 * on Kysely's own way there takes longer than a small statement itself.
 */
export class Connections {
  /** Each statement by itself, on whatever connection is free. */
  readonly db: Kysely<Database>;
  readonly #dialect: KyselyDialect;
  readonly #driver: Driver;
  readonly #compiler: QueryCompiler;
  readonly #adapter: DialectAdapter;
  #closed: Promise<void> | undefined;

  private constructor(dialect: KyselyDialect, driver: Driver) {
    this.#dialect = dialect;
    this.#driver = driver;
    this.#compiler = dialect.createQueryCompiler();
    this.#adapter = dialect.createAdapter();
    this.db = new Kysely(this.#props(new DefaultConnectionProvider(driver), (query) => this.#alone(query)));
  }

  static async open(dialect: KyselyDialect): Promise<Connections> {
    const driver = dialect.createDriver();
    await driver.init();
    return new Connections(dialect, driver);
  }

  /** Runs the work in one transaction, on a connection of its own; an error takes everything back. */
  async transaction<T>(work: (db: Transaction<Database>) => Promise<T>): Promise<T> {
    const connection = await this.#acquire();
    try {
      await this.#driver.beginTransaction(connection, {});
      return await this.#whole(connection, work);
    } finally {
      await this.#driver.releaseConnection(connection);
    }
  }

  /** Waits for what is under way; whatever comes later is refused. */
  close(): Promise<void> {
    this.#closed ??= this.#driver.destroy();
    return this.#closed;
  }

  async #acquire(): Promise<DatabaseConnection> {
    if (this.#closed) throw new Error('the database has been closed');
    return this.#driver.acquireConnection();
  }

  async #whole<T>(connection: DatabaseConnection, work: (db: Transaction<Database>) => Promise<T>): Promise<T> {
    let ended = false;
    let running: Promise<unknown> | undefined;
    const run: Run = async (query) => {
      // A connection to PostgreSQL takes one statement at a time.
      while (running !== undefined) await running.catch(() => undefined);
      if (ended) throw new Error('a statement came after the end of its transaction');
      const result = connection.executeQuery<never>(query);
      running = result;
      try {
        return await result;
      } finally {
        running = undefined;
      }
    };
    try {
      const result = await work(new Transaction<Database>(this.#props(new SingleConnectionProvider(connection), run)));
      ended = true;
      await this.#driver.commitTransaction(connection);
      return result;
    } catch (error) {
      ended = true;
      await running?.catch(() => undefined);
      await this.#driver.rollbackTransaction(connection);
      throw error;
    }
  }

  async #alone<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const connection = await this.#acquire();
    try {
      return await connection.executeQuery(query);
    } finally {
      await this.#driver.releaseConnection(connection);
    }
  }

  #props(provider: ConnectionProvider, run: Run): KyselyProps {
    return {
      config: { dialect: this.#dialect },
      dialect: this.#dialect,
      driver: this.#driver,
      executor: new DirectExecutor(this.#compiler, this.#adapter, { provider, run }),
    };
  }
}

/** Compiles as Kysely does, and runs what is compiled by itself. */
class DirectExecutor extends DefaultQueryExecutor {
  readonly #run: Run;

  constructor(compiler: QueryCompiler, adapter: DialectAdapter, about: { provider: ConnectionProvider; run: Run }) {
    super(compiler, adapter, about.provider);
    this.#run = about.run;
  }

  override executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#run(query);
  }
}
