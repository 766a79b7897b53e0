import { describe, expect, it } from 'vitest';
import { asksFor } from '../e2e/acts.ts';
import { APPROVALS, createPlace, type Place } from '../process/place.ts';
import { rawSql } from '../store/raw-sql.ts';
import { databases } from '../support/databases.ts';
import { headline, type Post } from '../support/player.ts';
import { releaseBackup } from '../support/release-backup.ts';
import { eventually } from '../support/slack-person.ts';

/** The bot leaves within ten seconds, whatever hangs. */
const LEAVES_WITHIN_MS = 10_000;
const FOR_EVER_MS = 300_000;
const LEASED = ['share_requests', 'sharings', 'policy_runs', 'watches', 'cards'];

describe('SIGTERM', () => {
  it('ends a bot that has nothing to do at once', async () => {
    const place = await createPlace();
    const program = place.start();
    await program.says(/"msg":"ready"/);
    const { code, ms, stderr } = await program.signal('SIGTERM');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(ms).toBeLessThan(4_000);
    expect(program.log().slice(-2)).toMatchObject([{ signal: 'SIGTERM', msg: 'stopping' }, { msg: 'stopped' }]);
  });

  it('ends a bot that cannot reach Slack', async () => {
    const place = await createPlace();
    await place.slack.setFaults({ slack: { '*': { kind: 'latency', ms: FOR_EVER_MS, times: 'until_cleared' } } });
    const program = place.start();
    await program.says(/"msg":"status pages are served"/);
    await eventually(() => place.slack.log().length > 0, { withinMs: 20_000 });
    const { code, ms } = await program.signal('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(3_000);
  });
});

describe.each(databases)('SIGTERM while the cloud hangs at the log-in of a sweep, on $name', ({ create }) => {
  it('gives the sweep free, and calls nothing of that a fault', async () => {
    const { url, drop } = await create();
    const place = await createPlace({ databaseUrl: url, drop });
    place.simulator.setFaults({ routes: [{ route: '*', kind: 'latency', ms: FOR_EVER_MS }] });
    const program = place.start();
    await program.says(/"msg":"ready"/);
    await eventually(async () => (await held(place)).includes('watches'), { withinMs: 10_000 });
    const { code, ms } = await program.signal('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(LEAVES_WITHIN_MS);
    expect(program.log().filter(({ level }) => level !== 'info')).toEqual([]);
    expect(await held(place)).toEqual([]);
  });
});

describe.each(databases)('SIGTERM while the cloud and Slack hang, on $name', ({ create }) => {
  it('gives free what was under way, and the next process ends it', { timeout: 60_000 }, async () => {
    const { place, card, program, backup } = await asked(await create());
    const hang = { kind: 'latency', ms: FOR_EVER_MS, times: 'until_cleared' } as const;
    place.simulator.setFaults({ routes: [{ route: '*', kind: 'latency', ms: FOR_EVER_MS }] });
    await place.slack.setFaults({ slack: { 'chat.update': hang, 'chat.postMessage': hang } });
    await place.player('firstOwner').presses(card, 'Approve');
    await eventually(async () => (await held(place)).join() === 'share_requests,cards', { withinMs: 10_000 });

    const { code, ms } = await program.signal('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(LEAVES_WITHIN_MS);
    expect(await held(place)).toEqual([]);

    place.simulator.setFaults({ clear: true });
    await place.slack.setFaults({ clear: true });
    place.start();
    expect(await sharedIn(place, card)).toContain(`✅ Shared: ${backup} (payments) with analytics`);
    await place.player('requester').isTold(/db-release-.* analytics/);
  });
});

/** A place where a backup of payments has been asked for. */
async function asked({ url, drop }: { url: string; drop: () => Promise<void> }) {
  const place = await createPlace({ databaseUrl: url, drop });
  const program = place.start();
  await program.says(/"msg":"ready"/);
  const backup = releaseBackup(place.simulator);
  const wish = { backup, channel: APPROVALS };
  const card = await asksFor(place.player('requester'), place.player('firstOwner'), wish);
  return { place, program, card, backup };
}

async function sharedIn(place: Place, card: Post): Promise<string> {
  const seen = await eventually(
    async () => (await place.player('firstOwner').cards(card.channel)).find(({ text }) => text.startsWith('✅')),
    { withinMs: 25_000, what: 'a card that says how it ended' },
  );
  expect(seen.ts).toBe(card.ts);
  return headline(seen);
}

/** The tables that have a row which a worker holds. */
async function held({ databaseUrl }: Place): Promise<readonly string[]> {
  const tables: string[] = [];
  const now = new Date().toISOString();
  for (const table of LEASED) {
    const rows = await rawSql(databaseUrl, `select 1 from ${table} where lease_until > '${now}'`);
    if (rows.length > 0) tables.push(table);
  }
  return tables;
}
