import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, inject, it } from 'vitest';
import { z } from 'zod';
import { createSchema, dropSchema } from './postgres.ts';

/** A kind of database that the bot runs on. */
export interface TestDatabase {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** An empty database of its own: the address for the settings, and the way to be rid of it. */
  readonly create: () => Promise<{ readonly url: string; readonly drop: () => Promise<void> }>;
}

const sqlite: TestDatabase = {
  name: 'SQLite',
  async create() {
    const folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-sqlite-'));
    return {
      url: `sqlite:${join(folder, 'data', 'test.db')}`,
      drop: () => rm(folder, { recursive: true, force: true }),
    };
  },
};

function postgres(server: string): TestDatabase {
  return {
    name: 'PostgreSQL',
    async create() {
      const name = `test_${randomBytes(8).toString('hex')}`;
      const url = await createSchema(server, name);
      return { url, drop: () => dropSchema(server, name) };
    },
  };
}

const answer = z.union([z.object({ url: z.string() }), z.object({ refused: z.string() })]);
const asked = answer.parse(await (await fetch(inject('postgresDesk'))).json());

if ('refused' in asked) {
  if (process.env['CI'] === 'true') throw new Error(asked.refused);
  it.skip(`runs on PostgreSQL as well: SKIPPED, because ${asked.refused}`, () => undefined);
}

/** Both databases, for `describe.each`: real ones, each `create()` an empty one. */
export const databases: readonly TestDatabase[] = 'url' in asked ? [sqlite, postgres(asked.url)] : [sqlite];

/** Tests of what PostgreSQL alone does; skipped, and said so, where there is none. */
export function onPostgres(title: string, tests: (database: TestDatabase) => void): void {
  const found = databases.find(({ name }) => name === 'PostgreSQL');
  if (found) describe(title, () => tests(found));
  else it.skip(`${title}: SKIPPED without PostgreSQL`, () => undefined);
}
