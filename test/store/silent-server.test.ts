import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { Connections } from '../../src/store/connections.ts';
import { postgresDialect } from '../../src/store/postgres-dialect.ts';
import { startTcpProxy } from '../process/tcp-proxy.ts';
import { onPostgres } from '../support/databases.ts';

onPostgres('a connection to PostgreSQL', ({ create }) => {
  async function open(silenceMs: number) {
    const { url, drop } = await create();
    onTestFinished(drop);
    const through = new URL(url);
    const proxy = await startTcpProxy(Number(through.port));
    through.port = String(proxy.port);
    const connections = await Connections.open(postgresDialect(through.href, undefined, { silenceMs }).kysely);
    onTestFinished(() => connections.close());
    return { proxy, answer: () => sql`select 1 as one`.execute(connections.db), connections };
  }

  it('that leads nowhere any more is given up, and the next one serves', async () => {
    const { proxy, answer } = await open(300);
    await answer();
    proxy.swallow();
    await expect(answer()).rejects.toThrow('the database has said nothing for 0.3 s');
    expect((await answer()).rows).toEqual([{ one: 1 }]);
  });

  it('that is used lasts, however long it has been there', async () => {
    const { connections } = await open(1_000);
    const pids = await connections.transaction(async (db) => {
      const before = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
      for (let step = 0; step < 5; step += 1) await sql`select pg_sleep(0.3)`.execute(db);
      const after = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
      return [before.rows, after.rows];
    });
    expect(pids[0]).toEqual(pids[1]);
  });
});
