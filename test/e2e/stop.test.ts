import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { buttons, type Player, type Post } from '../support/player.ts';
import { asksFor, type Wish } from './acts.ts';

const HOUR = 3_600_000;

describe('a sharing ends', () => {
  let world: BotWorld;
  let robin: Player;
  let olga: Player;

  beforeAll(async () => {
    world = await startBotWorld();
    robin = world.player('requester');
    olga = world.player('firstOwner');
  });
  afterEach(async () => {
    await world.mend();
    expect(world.takeErrors()).toEqual([]);
  });
  afterAll(() => world.close());

  async function shared(wish: Wish): Promise<{ id: string; card: Post }> {
    const id = world.backup(wish.backup);
    const card = await asksFor(robin, olga, wish);
    await olga.presses(card, 'Approve');
    return { id, card: await olga.cardNow(card, /^✅ Shared/) };
  }

  it('by itself when its time has come', async () => {
    const until = new Date(world.clock.now().getTime() + HOUR);
    const { id, card } = await shared({ backup: 'db-until', until });
    expect(card.text).toContain('then sharing stops by itself');
    world.clock.advance(HOUR + 1_000);
    const over = await olga.cardNow(card, /^↩️ No longer shared: db-until \(payments\) with analytics/);
    expect(buttons(over)).toEqual([]);
    expect(world.sharedWith(id)).toEqual([]);
    await olga.reply(card, /The sharing with analytics is stopped: its end has come/);
    await robin.isTold(/db-until \(payments\) is no longer shared with analytics: its end has come/);
  });

  it('when an owner stops it, after being asked', async () => {
    const { id, card } = await shared({ backup: 'db-stop' });
    await olga.presses(card, 'Stop sharing');
    await olga.form(/Stop sharing db-stop \(payments\) with analytics\?/);
    expect(world.sharedWith(id)).toEqual(['analytics']);
    await olga.handsIn();
    await olga.form(/reads back that nothing is left/);
    await olga.closes();
    await olga.cardNow(card, /^↩️ No longer shared/);
    expect(world.sharedWith(id)).toEqual([]);
    await robin.isTold(/db-stop \(payments\) is no longer shared with analytics: <@U0OLGA> ordered it/);
  });

  it('alone, where the backup has several and one is chosen', async () => {
    const { id, card } = await shared({ backup: 'db-many', targets: ['analytics', 'platform'] });
    await olga.presses(card, 'Stop sharing');
    await olga.form(/All 2 sharings of this backup/);
    await olga.handsIn({ 'Which sharing of db-many': 'With platform' });
    await olga.form(/reads back that nothing is left/);
    await olga.closes();
    const half = await olga.cardNow(card, /^✅ Shared: db-many \(payments\) with analytics/);
    await olga.reply(card, /The sharing with platform is stopped/);
    expect(world.sharedWith(id)).toEqual(['analytics']);
    expect(buttons(half)).toEqual(['Stop sharing']);
  });

  it('with all others, but not before their number is read and confirmed', async () => {
    const { id, card } = await shared({ backup: 'db-all', targets: ['analytics', 'platform'] });
    await olga.presses(card, 'Stop sharing');
    await olga.handsIn({ 'Which sharing of db-all': 'All 2 sharings of this backup' });
    await olga.form(/Stop all 2 sharings of db-all/);
    world.simulator.plant({ sharings: [{ backup: id, to: 'platform', createdAt: world.clock.now() }] });
    await olga.handsIn();
    await olga.form(/The number has changed meanwhile.*Stop all 3 sharings/s);
    expect(world.sharedWith(id)).toHaveLength(3);
    await olga.handsIn();
    await olga.form(/stops all 3 sharings/);
    await olga.closes();
    await olga.cardNow(card, /^↩️ No longer shared/);
    await olga.card(CHANNELS.payments, /^↩️ No longer shared: db-all \(payments\) with platform/);
    expect(world.sharedWith(id)).toEqual([]);
  });

  it('from the list of sharings, also where it was made outside the bot', async () => {
    const id = world.backup('db-by-hand');
    world.simulator.plant({ sharings: [{ backup: id, to: 'analytics', createdAt: world.clock.now() }] });
    await robin.types('shares payments out');
    await robin.presses(await robin.hears(/Shared by payments.*db-by-hand/s), 'Details', /db-by-hand/);
    await robin.form(/outside the bot.*Only the owners of payments can stop it/s);
    await robin.closes();

    await olga.types('shares payments');
    await olga.presses(await olga.hears(/Shared by payments.*db-by-hand/s), 'Details', /db-by-hand/);
    await olga.form(/outside the bot/);
    await olga.pressesInForm('Stop sharing');
    await olga.form(/Stop sharing db-by-hand \(payments\) with analytics\?/);
    await olga.handsIn();
    await olga.form(/reads back that nothing is left/);
    await olga.closes();
    await olga.closes();
    const notice = await robin.card(CHANNELS.payments, /No longer shared: db-by-hand \(payments\) with analytics/);
    expect(notice.text).toContain('Olga Okafor ordered it');
    expect(world.sharedWith(id)).toEqual([]);
  });

  it('once, where the cloud’s answer to the stop was lost', async () => {
    const { id, card } = await shared({ backup: 'db-cut' });
    world.trouble({ route: 'sharings.cancel', kind: 'cut_after', times: 1 });
    await olga.presses(card, 'Stop sharing');
    await olga.form(/Stop sharing db-cut/);
    await olga.handsIn();
    await olga.cardNow(card, /^↩️ No longer shared/);
    await olga.closes();
    expect(world.sharedWith(id)).toEqual([]);
    await olga.reply(card, /is stopped/);
    expect((await olga.thread(card)).filter((text) => text.includes('is stopped'))).toHaveLength(1);
  });

  it('not, where the cloud refuses; the card says so and can be stopped again', async () => {
    const { id, card } = await shared({ backup: 'db-stays' });
    const refusal = {
      kind: 'status',
      status: 403,
      code: 'VolumeBackup.0044',
      message: 'no right to',
      times: 1,
    } as const;
    world.trouble({ route: 'sharings.cancel', ...refusal });
    await olga.presses(card, 'Stop sharing');
    await olga.form(/Stop sharing db-stays/);
    await olga.handsIn();
    await olga.closes();
    await olga.reply(card, /The sharing with analytics could not be stopped, so it goes on/);
    await robin.isTold(/db-stays .* could not be stopped, so it goes on.*\*Stop sharing\* on its card/s);
    const still = await olga.cardNow(card, /^⚠️ Still shared, it could not be stopped: db-stays/);
    expect(world.sharedWith(id)).toEqual(['analytics']);
    await olga.presses(still, 'Stop sharing');
    await olga.form(/Stop sharing db-stays/);
    await olga.handsIn();
    await olga.closes();
    await olga.cardNow(card, /^↩️ No longer shared/);
  });
});
