import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test file asks for the run's PostgreSQL; the first one that asks starts it. */
    readonly postgresDesk: string;
  }
}

/** Shares one PostgreSQL among the test files of a run, started only if one of them needs it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<PostgresServer> | undefined;
  const desk = createServer((_request, response) => {
    starting ??= startPostgres().catch((error: unknown) => {
      process.stderr.write(`\n${String(error)}\nThe tests on PostgreSQL are SKIPPED; with CI=true they fail.\n\n`);
      throw error;
    });
    starting.then(
      (server) => response.end(JSON.stringify({ url: server.url })),
      (error: unknown) => response.end(JSON.stringify({ refused: String(error) })),
    );
  });
  await new Promise<void>((resolve) => void desk.listen(0, '127.0.0.1', resolve));
  const address = desk.address();
  if (typeof address !== 'object' || !address) throw new Error('the desk has no address');
  project.provide('postgresDesk', `http://127.0.0.1:${address.port}/`);
  return async () => {
    desk.closeAllConnections();
    desk.close();
    const server = await starting?.catch(() => undefined);
    await server?.stop();
  };
}
