import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { databases } from '../support/databases.ts';
import { anEntry } from './samples.ts';

/** A database of its own on the server of this address, whose language is Turkish. */
async function turkish(address: string): Promise<string> {
  const server = new URL(address);
  server.search = '';
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  const name = `turkish_${randomBytes(8).toString('hex')}`;
  const language = `locale_provider icu icu_locale 'tr' locale 'C'`;
  await client.query(`create database ${name} template template0 encoding 'UTF8' ${language}`);
  onTestFinished(async () => {
    await client.query(`drop database ${name} with (force)`);
    await client.end();
  });
  server.pathname = name;
  return server.href;
}

it.each(databases.filter(({ name }) => name === 'PostgreSQL'))(
  'the record is searched in any case where the language of $name has other capitals',
  async ({ create }) => {
    const { url, drop } = await create();
    onTestFinished(drop);
    const store = await openStore({ url: await turkish(url) });
    onTestFinished(() => store.close());
    await store.audit.write(anEntry({ subject: 'INDIGO', details: { name: 'db-INDIA', reason: 'istanbul' } }));
    const totals = ['india', 'INDIA', 'ISTANBUL', 'indigo', 'INDIGO'].map(
      async (text) => (await store.audit.list({ text }, { offset: 0, limit: 1 })).total,
    );
    expect(await Promise.all(totals)).toEqual([1, 1, 1, 1, 1]);
  },
);
