import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buttonsIn, wordsIn } from '../support/blocks.ts';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { buttons, headline, type Player } from '../support/player.ts';
import { asksFor, REASON } from './acts.ts';

describe('looking around', () => {
  let world: BotWorld;
  let robin: Player;
  let olga: Player;
  let omar: Player;

  beforeAll(async () => {
    world = await startBotWorld();
    robin = world.player('requester');
    olga = world.player('firstOwner');
    omar = world.player('operator');
  });
  afterEach(() => expect(world.takeErrors()).toEqual([]));
  afterAll(() => world.close());

  it('begins with help, which names every command', async () => {
    for (const words of ['', 'help']) {
      await robin.types(words);
      const help = await robin.hears(/What `\/vbs` does/);
      for (const word of [
        'backups',
        'share',
        'shares',
        'requests',
        'policies',
        'run',
        'jobs',
        'job',
        'quota',
        'audit',
        'help',
      ]) {
        expect(help.text).toContain(`/vbs ${word}`);
      }
    }
    await robin.types('help share');
    await robin.hears(/\/vbs share payments db-nightly-0412/);
  });

  it('suggests the nearest where a word is wrong, and says where a quote was not closed', async () => {
    await robin.types('bakcups payments');
    await robin.hears(/There is no `\/vbs bakcups`\. Did you mean `\/vbs backups \[project\] \[name\]`/);
    await robin.types('policies payment');
    await robin.hears(/There is no project `payment`\. Did you mean `payments`\?/);
    await robin.types('share payments "db-nightly');
    await robin.hears(/A quote \("\) is opened and not closed/);
    for (const [command, usage, words = 'mine'] of [
      ['requests mine', 'requests'],
      ['jobs payments mine', 'jobs [project]'],
      ['policies payments mine', 'policies [project]'],
      ['quota payments mine', 'quota [project]'],
      ['audit payments mine', 'audit [project]'],
      ['shares payments in mine', 'shares [project] [in|out]'],
      ['shares in mine payments out', 'shares [project] [in|out]', 'payments out'],
      ['job payments mine 4010b39b5281d3590152874bfa3b1604', 'job [project] &lt;id&gt;'],
    ] as const) {
      const { text } = await robin.typesAndHears(command, /not understood/);
      expect(text).toContain(`“${words}” is not understood after \`/vbs ${usage}\`.`);
    }
    await robin.types('<!channel> *x*');
    expect((await robin.hears(/There is no `\/vbs &lt;!channel&gt;`/)).text).not.toContain('<!channel>');
  });

  it('pages through more than a thousand backups, and filters them', async () => {
    const newest = world.clock.now();
    world.simulator.plant({
      backups: [{ disk: 'payments-archive', count: 1_200, newest, everyHours: 1, prefix: 'bulk' }],
    });
    await robin.types('backups payments');
    const list = await robin.hears(/Backups of payments.*1–10 of 1,3\d\d/);
    await robin.presses(list, 'Older →');
    const second = await robin.hears(/Backups of payments.*11–20 of 1,3\d\d/);
    expect(second.ts).toBe(list.ts);
    await robin.presses(second, '← Newer');
    await robin.presses(await robin.hears(/Backups of payments.*1–10 of/), 'Change filter');
    await robin.handsIn({ 'Name or id': 'lab', Status: 'error', Disk: 'payments-lab' });
    const filtered = await robin.hears(/Backups of payments.*name or id with “lab”, status error, disk “payments-lab”/);
    expect(filtered.text).toMatch(/❌ Error: \*lab-broken\*/);
    expect(filtered.text).toMatch(/1,3\d\d without the filter/);
    await robin.presses(filtered, 'Details');
    await robin.form(/Why it failed\* {2}The snapshot status is error/);
    expect(buttonsIn((await robin.form()).blocks).map(({ label }) => label)).toEqual(['Delete…']);
    await robin.closes();
  });

  it('leads from a backup in the list to a request for it', async () => {
    world.backup('db-found');
    await robin.types('backups payments db-found');
    await robin.presses(await robin.hears(/name or id with “db-found”/), 'Details', /db-found/);
    await robin.form(/Shared\* {2}with no other project/);
    await robin.pressesInForm('Share');
    await robin.form(/\*Backup\* {2}db-found/);
    await robin.handsIn({ 'Share with': ['analytics'], Why: REASON });
    const card = await olga.card(CHANNELS.payments, /db-found/);
    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^✅ Shared/);
    await robin.types('backups payments db-found');
    await robin.hears(/db-found.*shared with analytics/s);
    await robin.types('shares analytics in');
    await robin.hears(/Shared with analytics.*db-found.*by payments/s);
  });

  it('asks for the project that a command leaves out', async () => {
    for (const [words, answer] of [
      ['backups', /Backups of platform/],
      ['shares', /Shared by platform/],
      ['policies', /Policies of platform/],
      ['jobs', /No policy of platform has backed up a disk/],
      ['quota', /No limit: the backup quota of platform/],
    ] as const) {
      await robin.types(words);
      await robin.handsIn({ Project: 'platform' });
      await robin.hears(answer);
    }
  });

  it('shows policies in words, and runs one from there', async () => {
    await omar.types('policies payments');
    const list = await omar.hears(/Policies of payments, 1–3 of 3/);
    expect(list.text).toMatch(
      /nightly · on · 4 disks\nSchedule: every day at 02:00 \(UTC\+01:00\) · keeps the last 30 backups, and the first of each month\nLast run: ❌ Backup failed, 1 of 4 disks/,
    );
    expect(list.text).toMatch(/ledger-hourly · on · 1 disk\nSchedule: every/);
    expect(list.text).toMatch(/reports-weekdays · off/);
    await omar.presses(list, 'Run now', /nightly/);
    await omar.form(/Run nightly \(payments\) now: 4 disks/);
    await omar.closes();
  });

  it('shows jobs, failures first, with their reasons', async () => {
    await robin.types('jobs payments');
    const list = await robin.hears(/Backup jobs of payments, 1–10 of/);
    expect(list.text.split('\n\n')[2]).toMatch(/❌ payments-db-2 · failed/);
    await robin.presses(list, 'Details', /payments-db-2 · failed/);
    const details = await robin.form(/quota.*VolumeBackup\.0080/is);
    const [, id = ''] = /job id ([0-9a-f-]+)/.exec(wordsIn(details.blocks)) ?? [];
    await robin.pressesInForm('Show steps');
    await robin.form(/❌ Failed: create backup \(payments\)/);
    await robin.closes();
    await robin.closes();
    await robin.types(`job ${id}`);
    await robin.hears(/^❌ Failed: create backup \(payments\)\n.*quota/s);
    await robin.presses(list, 'Next →');
    await robin.hears(/Backup jobs of payments, 11–20 of/);
  });

  it('shows requests, mine and those that wait for me, with links to their cards', async () => {
    world.backup('db-wanted');
    const card = await asksFor(robin, olga, { backup: 'db-wanted' });
    const link = new RegExp(`db-wanted[^]{0,200}${card.ts.replace('.', '')}\\|open its card`);
    await robin.types('requests');
    const mine = await robin.hears(/Your requests.*db-wanted.*Waiting for you: No request waits for you/s);
    expect(mine.text).toMatch(link);
    await olga.types('requests');
    const waiting = await olga.hears(/You have asked for nothing yet.*Waiting for you.*db-wanted/s);
    expect(waiting.text).toMatch(link);

    const home = await olga.home();
    expect(wordsIn(home.blocks)).toMatch(/Waiting for you.*db-wanted/s);
    expect(wordsIn(home.blocks)).toMatch(/Went wrong in the last 7 days.*Backup failed: nightly/s);
    const own = await robin.home();
    await robin.pressesAtHome(own, 'Withdraw', /db-wanted/);
    await olga.cardNow(card, /^↩️ Withdrawn/);
    expect(wordsIn((await robin.home()).blocks)).toMatch(/Withdrawn: share db-wanted/);
    expect(wordsIn((await olga.home()).blocks)).not.toContain('db-wanted');
  });

  it('asks for a share from the home tab', async () => {
    await robin.pressesAtHome(await robin.home(), 'Share a backup');
    await robin.chooses('Project', 'payments');
    await robin.form(/Nothing is shared before 1 owner of payments approves/);
    await robin.closes();
    expect(headline(await olga.card(CHANNELS.payments, /db-wanted/))).toContain('Withdrawn');
    expect(buttons(await olga.card(CHANNELS.payments, /db-wanted/))).toEqual([]);
  });
});
