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
import { StoreAway } from '../core/errors.ts';
import { awayOr } from './away.ts';
import type { Database } from './database.ts';

type Run = <Row>(query: CompiledQuery) => Promise<QueryResult<Row>>;

/**
 * The database behind Kysely's builders. Statements go straight from the builder to a connection: the chain of promises
 * on Kysely's own way there takes longer than a small statement itself. Throws StoreAway where the database is away.
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
      await this.#begin(connection);
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
    try {
      return await this.#driver.acquireConnection();
    } catch (error) {
      throw awayOr(error, 'reading');
    }
  }

  async #begin(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#driver.beginTransaction(connection, {});
    } catch (error) {
      throw awayOr(error, 'reading');
    }
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
      } catch (error) {
        throw awayOr(error, 'reading');
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
      // Its end was begun: the answer to the commit is what failed.
      const told = ended ? awayOr(error, 'keeping') : error;
      ended = true;
      await running?.catch(() => undefined);
      await this.#driver.rollbackTransaction(connection).catch((lost: unknown) => {
        throw told instanceof StoreAway ? told : awayOr(lost, 'reading');
      });
      throw told;
    }
  }

  async #alone<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const connection = await this.#acquire();
    try {
      return await connection.executeQuery(query);
    } catch (error) {
      throw awayOr(error, query.query.kind === 'SelectQueryNode' ? 'reading' : 'keeping');
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
