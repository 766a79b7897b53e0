import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { onEachDatabase } from './on-each-database.ts';
import { rawSql } from './raw-sql.ts';
import { claimAt } from './samples.ts';

const WRITER = new URL('crash-writer.ts', import.meta.url).pathname;

onEachDatabase('a process killed while it writes', ({ open, url, database }) => {
  it('loses nothing that was committed, leaves nothing half done, and holds nothing for long', async () => {
    const committed = await writeUntilKilled(await url(), 40);
    const store = await open();
    const all = { offset: 0, limit: 10_000 };
    const requests = (await store.shareRequests.list({ states: ['pending'] }, all)).items.map(({ id }) => id);
    expect(requests).toEqual(expect.arrayContaining([...committed]));
    expect((await store.audit.list({}, all)).items.map(({ subject }) => subject).toSorted()).toEqual(
      requests.toSorted(),
    );
    expect(await store.shareRequests.claimDue(claimAt(0.9))).toEqual([]);
    expect(await store.shareRequests.claimDue(claimAt(1))).toMatchObject([{ item: { id: 'HELD' } }]);
    if (database === 'SQLite') {
      expect(await rawSql(await url(), 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    }
  });
});

/** Lets a process write until it has committed so many numbers; answers the requests that it said it committed. */
async function writeUntilKilled(url: string, commits: number): Promise<readonly string[]> {
  const writer = spawn(process.execPath, ['--import', 'tsx', WRITER, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(writer, 'exit');
  const committed: string[] = [];
  for await (const number of createInterface({ input: writer.stdout })) {
    committed.push(`R${number}`);
    if (committed.length === commits) writer.kill('SIGKILL');
  }
  expect(await exit).toEqual([null, 'SIGKILL']);
  return committed;
}
