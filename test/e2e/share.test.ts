import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PROJECTS } from '../../src/sandbox/vbs/seed.ts';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { databases } from '../support/databases.ts';
import { buttons, headline, type Player } from '../support/player.ts';
import { asks, asksFor, REASON } from './acts.ts';

describe.each(databases)('asking for a backup to be shared, on $name', (database) => {
  let world: BotWorld;
  let robin: Player;
  let olga: Player;

  beforeAll(async () => {
    world = await startBotWorld({ database, projects: { analytics: { allowUnknownTargets: true } } });
    robin = world.player('requester');
    olga = world.player('firstOwner');
  });
  afterEach(() => expect(world.takeErrors()).toEqual([]));
  afterAll(() => world.close());

  it('leads from the question over one click to a sharing, and everyone learns of it', async () => {
    const backup = world.backup('db-settlement');
    await robin.types('share');
    await robin.chooses('Project', 'payments');
    await robin.form(/It cannot restore the backup to a disk that exists/);
    await robin.chooses('Backup', 'db-settlement');
    await robin.form(/\*Backup\* {2}db-settlement/);
    expect(await robin.handsIn({ 'Share with': ['analytics'], Why: REASON })).toEqual({ action: 'clear', errors: {} });
    await robin.hears(/Your request to share db-settlement \(payments\) with analytics waits for 1 approval/);

    const card = await olga.card(CHANNELS.payments, /db-settlement/);
    expect(headline(card)).toBe('⏳ Waiting for 1 more approval: share db-settlement (payments) with analytics');
    expect(card.text).toContain('Robin Reuter asks for it');
    expect(card.text).toContain('Disk: payments-db-1 (100 GiB)');
    expect(card.text).toContain(`Why: ${REASON}`);
    expect(card.text).toContain('Until: no end');
    expect(buttons(card)).toEqual(['Approve', 'Reject…', 'Withdraw']);
    expect(world.sharedWith(backup)).toEqual([]);

    await olga.presses(card, 'Approve');
    const shared = await olga.cardNow(card, /^✅ Shared: db-settlement \(payments\) with analytics/);
    expect(world.sharedWith(backup)).toEqual(['analytics']);
    const [sharing] = world.simulator.world.sharings.in(backup);
    expect(JSON.stringify(shared.blocks)).toContain(`sharing with analytics  \`${sharing?.id}\``);
    expect(buttons(shared)).toEqual(['Stop sharing']);

    const told = await robin.isTold(/db-settlement/);
    expect(told.text).toContain(`is now shared with analytics; approved by <@${olga.id}>.`);
    await olga.reply(card, /Shared with analytics; the cloud shows it/);
    expect(await olga.thread(card)).toEqual([
      '✅ Olga Okafor approved. The bot shares it now.',
      '✅ Shared with analytics; the cloud shows it.',
    ]);
  });

  it('takes project and backup from the command, also a name in quotes, and shares with several projects', async () => {
    const backup = world.backup('db of the big day');
    await robin.types('share payments "db of the big day"');
    await robin.form(/\*Backup\* {2}db of the big day/);
    await robin.handsIn({ 'Share with': ['analytics', 'platform'], Why: REASON });
    const card = await olga.card(CHANNELS.payments, /db of the big day/);
    expect(headline(card)).toContain('with analytics and platform');
    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^✅ Shared: db of the big day \(payments\) with analytics and platform/);
    expect([...world.sharedWith(backup)].sort()).toEqual(['analytics', 'platform']);
  });

  it('finds any of hundreds of backups by name, by id and by disk', async () => {
    await robin.types('share payments');
    const all = await robin.searches('Backup', '');
    expect(all).toHaveLength(100);
    const hidden = world.simulator.world.backups
      .all()
      .find(({ id, name }) => name?.startsWith('db-release') && all.every((one) => one.value !== id));
    if (!hidden?.name) throw new Error('every release is among the first hundred');
    expect((await robin.searches('Backup', hidden.name)).map((one) => one.value)).toEqual([hidden.id]);
    expect((await robin.searches('Backup', hidden.id)).map((one) => one.text)).toEqual([hidden.name]);
    expect((await robin.searches('Backup', 'payments-archive')).length).toBeGreaterThan(20);
    expect(await robin.searches('Backup', 'no such thing')).toEqual([]);
    await robin.closes();
  });

  it('says at each field what is wrong with it, and asks nobody', async () => {
    world.backup('db-broken', { status: 'error' });
    await robin.types('share payments db-broken');
    await robin.form(/only a backup that is available can be shared/);
    const early = { 'Share with': ['analytics'], Until: new Date('2020-01-01') };
    expect((await robin.handsIn(early)).errors).toEqual({ Why: 'Please complete this required field.' });
    expect((await robin.handsIn({ Why: REASON })).errors).toEqual({
      Backup: 'The status of this backup is “error”: only one that is available can be shared.',
      Until: 'This time has passed; choose a later one.',
    });
    await robin.closes();
    expect((await olga.cards(CHANNELS.payments)).some((card) => card.text.includes('db-broken'))).toBe(false);
  });

  it('shares with no project that is its own, nor with one whose id is none', async () => {
    world.backup('notes', { disk: 'notebooks' });
    await robin.types('share analytics notes');
    await robin.form(/\*Backup\* {2}notes/);
    const byId = 'Other projects, by id';
    expect((await robin.handsIn({ [byId]: DEMO_PROJECTS.analytics, Why: REASON })).errors).toEqual({
      [byId]: 'analytics is the project that the backup belongs to; choose another one.',
    });
    expect((await robin.handsIn({ [byId]: 'the other one' })).errors).toEqual({
      [byId]: '“the” is no project id: that has 32 hex digits.',
    });
    expect((await robin.handsIn({ [byId]: '' })).errors).toEqual({ 'Share with': 'Choose at least one project.' });
    await robin.closes();
  });

  it('refuses to share again what is shared already', async () => {
    world.backup('db-twice');
    const card = await asksFor(robin, olga, { backup: 'db-twice' });
    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^✅ Shared/);
    const again = await asks(robin, { backup: 'db-twice' });
    expect(again.errors).toEqual({ 'Share with': 'The backup is shared with analytics already.' });
    await robin.closes();
  });

  it('takes one request at a time for a backup and a project, also from two people at the same moment', async () => {
    const omar = world.player('operator');
    world.backup('db-wanted');
    await Promise.all(
      [robin, omar].map(async (who) => {
        await who.types('share payments db-wanted');
        await who.form(/\*Backup\* {2}db-wanted/);
      }),
    );
    const answers = await Promise.all(
      [robin, omar].map((who) => who.handsIn({ 'Share with': ['analytics'], Why: REASON })),
    );
    const open = 'A request to share this backup with analytics is open already.';
    expect(answers.map(({ errors }) => errors)).toEqual(expect.arrayContaining([{}, { 'Share with': open }]));
    for (const who of [robin, omar]) if (await who.view()) await who.closes();
    const card = await olga.card(CHANNELS.payments, /db-wanted/);
    expect((await olga.cards(CHANNELS.payments)).filter((one) => one.text.includes('db-wanted'))).toHaveLength(1);
    expect((await asks(robin, { backup: 'db-wanted' })).errors).toEqual({ 'Share with': open });
    await robin.closes();
    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^✅ Shared/);
  });

  it('takes a sharing that was made by hand meanwhile, and makes no second one', async () => {
    const backup = world.backup('db-by-hand');
    const card = await asksFor(robin, olga, { backup: 'db-by-hand' });
    world.simulator.plant({ sharings: [{ backup, to: 'analytics', createdAt: world.clock.now() }] });
    await olga.presses(card, 'Approve');
    const shared = await olga.cardNow(card, /^✅ Shared/);
    expect(world.sharedWith(backup)).toEqual(['analytics']);
    const [sharing] = world.simulator.world.sharings.in(backup);
    expect(JSON.stringify(shared.blocks)).toContain(`\`${sharing?.id}\``);
  });

  it('goes on with requests, forms and lists from before the bot was started anew', async () => {
    const backup = world.backup('db-restarted');
    const card = await asksFor(robin, olga, { backup: 'db-restarted' });
    world.backup('db-half-filled');
    await robin.types('share payments db-half-filled');
    await robin.form(/\*Backup\* {2}db-half-filled/);
    const list = await olga.typesAndHears('backups payments', /Backups of payments/);
    await world.restart();
    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^✅ Shared/);
    expect(world.sharedWith(backup)).toEqual(['analytics']);
    await robin.handsIn({ 'Share with': ['analytics'], Why: REASON });
    await olga.card(CHANNELS.payments, /db-half-filled/);
    await olga.presses(list, 'Older →');
    await olga.hears(/Backups of payments\*, 11–20/);
  });

  it('fails with the cloud’s reason in plain words, and goes through once that is mended', async () => {
    const backup = world.backup('db-forbidden');
    const refusal = { kind: 'status', status: 403, code: 'VolumeBackup.0042', message: 'forbidden', times: 1 } as const;
    world.trouble({ route: 'sharings.share', ...refusal });
    const card = await asksFor(robin, olga, { backup: 'db-forbidden' });
    await olga.presses(card, 'Approve');
    const failed = await olga.cardNow(card, /^❌ Not shared/);
    expect(JSON.stringify(failed.blocks)).toContain('VolumeBackup.0042');
    await robin.isTold(/db-forbidden \(payments\) could not be shared with analytics/);
    expect(buttons(failed)).toEqual(['Try again']);
    await robin.presses(failed, 'Try again');
    await olga.cardNow(card, /^✅ Shared/);
    expect(world.sharedWith(backup)).toEqual(['analytics']);
  });

  it('fails where the backup was deleted before the owners approved', async () => {
    const backup = world.backup('db-short-lived');
    const card = await asksFor(robin, olga, { backup: 'db-short-lived' });
    world.simulator.world.removeBackup(backup);
    await olga.presses(card, 'Approve');
    const failed = await olga.cardNow(card, /^❌ Not shared.*The backup was deleted meanwhile/s);
    expect(buttons(failed)).toEqual([]);
    await robin.isTold(/db-short-lived.*The backup was deleted meanwhile/s);
  });
});
