import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { buttons, headline, type Player } from '../support/player.ts';
import { eventually } from '../support/slack-person.ts';

const MINUTE = 60_000;
const QUOTA = { code: 'VolumeBackup.0081', reason: 'The capacity quota is used up.' };

describe('running a policy', () => {
  let world: BotWorld;
  let omar: Player;
  let robin: Player;

  beforeAll(async () => {
    world = await startBotWorld();
    omar = world.player('operator');
    robin = world.player('requester');
  });
  afterEach(async () => {
    await world.mend();
    expect(world.takeErrors()).toEqual([]);
  });
  afterAll(() => world.close());

  /** The cards of runs that a person began. */
  const runs = async () => (await omar.cards(CHANNELS.alerts)).filter((card) => card.text.includes('by Omar Osman'));

  it('follows it disk by disk in one card, to the last disk and with the reason of each failure', async () => {
    world.simulator.setFaults({ failNextBackup: { diskId: 'payments-db-2', ...QUOTA } });
    world.simulator.setFaults({ slowBackup: { diskId: 'payments-web-2', factor: 600 } });
    await omar.types('run payments nightly');
    await omar.form(/Run nightly \(payments\) now: 4 disks/);
    await omar.handsIn();
    await omar.form(/nightly \(payments\) is being started/);
    await omar.closes();

    const card = await robin.card(
      CHANNELS.alerts,
      /^⚙️ Running: nightly \(payments\), 3 of 4 disks done.*payments-db-1 \(/s,
    );
    expect(card.text).toMatch(/❌ payments-db-2 \(100 GiB\) · failed after .*quota/);
    expect(card.text).toMatch(/✅ payments-db-1 \(100 GiB\) · done in/);
    expect(card.text).toMatch(/payments-web-2 \(40 GiB\) · running since/);
    expect(card.text).toMatch(/ · next scheduled run .*21 Nov 2026, 01:00 UTC/);
    expect(JSON.stringify(card.blocks)).toContain('VolumeBackup.0081');

    await omar.types('run payments nightly');
    const going = await omar.form(/nightly \(payments\) is being run already: begun by <@U0OMAR>/);
    expect(JSON.stringify(going.blocks)).toContain(`${card.ts.replace('.', '')}|Show its card>`);
    expect(going.submit).toBeNull();
    await omar.closes();
    expect(JSON.stringify((await omar.home()).blocks)).toContain('Running: nightly (payments), 3 of 4 disks done');

    world.clock.advance(11 * MINUTE);
    const done = await robin.cardNow(card, /^❌ Backup failed: nightly \(payments\), 1 of 4 disks/);
    expect(done.text).toMatch(/took 1\d min/);
    expect(done.text).toMatch(/✅ payments-web-2 \(40 GiB\) · done in 1\d min/);
    expect(await runs()).toHaveLength(1);
    expect(world.calls('policies.execute')).toBe(1);
  });

  it('asks for project and policy where they are left out', async () => {
    await omar.types('run');
    await omar.chooses('Project', 'payments');
    await omar.handsIn({ Policy: 'ledger-hourly' });
    await omar.form(/Run ledger-hourly \(payments\) now: 1 disk/);
    await omar.handsIn();
    await omar.form(/is being started/);
    await omar.closes();
    const card = await robin.card(CHANNELS.alerts, /^✅ Backed up: ledger-hourly \(payments\), 1 disk in/);
    expect(card.text).toContain('Started by Omar Osman');
  });

  it('names the nearest policy where there is none of that name', async () => {
    await omar.types('run payments nigthly');
    await omar.form(/There is no policy `nigthly`\. Did you mean `nightly`\?/);
    await omar.closes();
  });

  it('runs it once where the answer to its start was lost', async () => {
    const before = world.calls('policies.execute');
    world.trouble({ route: 'policies.execute', kind: 'cut_after', times: 1 });
    await omar.types('run payments nightly');
    await omar.form(/Run nightly/);
    await omar.handsIn();
    await omar.form(/is being started/);
    await omar.closes();
    await robin.card(CHANNELS.alerts, /^✅ Backed up: nightly \(payments\), 4 disks in/);
    expect(world.calls('policies.execute') - before).toBe(1);
  });

  it('says why the cloud would not start it, and offers to run it again', async () => {
    const refusal = {
      kind: 'status',
      status: 400,
      code: 'AutoBackup.0225',
      message: 'is being executed',
      times: 1,
    } as const;
    world.trouble({ route: 'policies.execute', ...refusal });
    await omar.types('run payments nightly');
    await omar.form(/Run nightly/);
    await omar.handsIn();
    await omar.closes();
    const card = await robin.card(CHANNELS.alerts, /^❌ Not started: nightly \(payments\)/);
    expect(JSON.stringify(card.blocks)).toContain('AutoBackup.0225');
    expect(buttons(card)).toEqual(['Run again']);
    const before = (await runs()).length;
    await omar.presses(card, 'Run again');
    await omar.form(/Run nightly/);
    await omar.handsIn();
    await omar.closes();
    await eventually(
      async () => (await runs())[before]?.text.startsWith('✅ Backed up: nightly (payments), 4 disks in'),
      {
        withinMs: 20_000,
        what: 'another card of a run',
      },
    );
  });
});

describe('the policies’ own runs', () => {
  let world: BotWorld;
  let robin: Player;

  beforeAll(async () => {
    // Two minutes before the nightly policy strikes.
    world = await startBotWorld({ start: new Date('2026-11-21T00:58:00Z') });
    robin = world.player('requester');
  });
  afterEach(() => expect(world.takeErrors()).toEqual([]));
  afterAll(() => world.close());

  it('tell of last night’s failure, disk by disk on a click, when the bot first looks', async () => {
    const alert = await robin.card(CHANNELS.alerts, /^❌ Backup failed: nightly \(payments\), 1 of 4 disks/);
    expect(alert.text).toContain('payments-db-2 · failed');
    expect(alert.text).not.toContain('payments-db-1');
    await robin.presses(alert, 'Show run');
    await robin.form(/payments-db-2 · failed.*payments-db-1 · done/s);
    await robin.closes();
  });

  it('make one message each, which is changed as the disks end; what went well is one line', async () => {
    world.simulator.setFaults({ failNextBackup: { diskId: 'payments-db-2', ...QUOTA } });
    world.simulator.setFaults({ timeoutNextBackup: { diskId: 'payments-db-1' } });
    world.simulator.setFaults({ slowBackup: { diskId: 'payments-web-1', factor: 1_200 } });
    const before = (await robin.cards(CHANNELS.alerts)).length;
    world.clock.advance(2 * MINUTE + 1_000);
    const alert = await robin.card(CHANNELS.alerts, /^❌ Backup failed: nightly \(payments\), \d of 4 disks so far/);
    expect(alert.text).toMatch(/payments-db-2 · failed.*quota/);
    const ledger = await robin.card(CHANNELS.alerts, /ledger-hourly/);
    expect(ledger.text).toMatch(/^✅ Backed up: ledger-hourly \(payments\), 1 disk in [^\n]*$/);
    expect(buttons(ledger)).toEqual([]);
    world.clock.advance(21 * MINUTE);
    const done = await robin.cardNow(alert, /^❌ Backup failed: nightly \(payments\), 2 of 4 disks, /);
    expect(done.text).toMatch(/payments-db-1 · timed out/);
    expect(done.text).toMatch(/✅ 2 disks backed up in 2\d min/);
    const posted = (await robin.cards(CHANNELS.alerts)).slice(before).map(headline);
    expect(posted).toHaveLength(2);
    expect(new Set(posted.map((text) => text.split(' (')[0]))).toEqual(
      new Set(['✅ Backed up: ledger-hourly', '❌ Backup failed: nightly']),
    );
  });
});
