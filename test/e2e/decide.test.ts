import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { databases } from '../support/databases.ts';
import { buttons, headline, type Player } from '../support/player.ts';
import { asks, asksFor } from './acts.ts';

const HOUR = 3_600_000;

describe.each(databases)('deciding on a request, on $name', (database) => {
  let world: BotWorld;
  let robin: Player;
  let olga: Player;
  let piotr: Player;
  let ana: Player;

  beforeAll(async () => {
    world = await startBotWorld({
      database,
      projects: { payments: { requestOpenFor: '1h', approvers: { groups: ['S0PAYOWNERS'] } } },
    });
    robin = world.player('requester');
    olga = world.player('firstOwner');
    piotr = world.player('secondOwner');
    ana = world.player('analyticsOwner');
  });
  afterEach(() => expect(world.takeErrors()).toEqual([]));
  afterAll(() => world.close());

  /** A backup of platform, which wants two approvals, asked for. */
  async function onPlatform(backup: string) {
    const id = world.backup(backup, { disk: 'registry' });
    const wish = { backup, project: 'platform', targets: ['analytics'], channel: CHANNELS.platform };
    return { id, card: await asksFor(robin, olga, wish) };
  }

  it('comes to one decision and one call where two owners click at the same moment', async () => {
    const names = ['db-race-1', 'db-race-2', 'db-race-3', 'db-race-4', 'db-race-5', 'db-race-6'];
    const raced = [];
    for (const name of names)
      raced.push({ id: world.backup(name), card: await asksFor(robin, olga, { backup: name }) });
    const before = world.calls('sharings.share');
    await Promise.all(raced.flatMap(({ card }) => [olga.presses(card, 'Approve'), piotr.presses(card, 'Approve')]));
    for (const { id, card } of raced) {
      await olga.cardNow(card, /^✅ Shared/);
      expect(world.sharedWith(id)).toEqual(['analytics']);
      await olga.reply(card, /the cloud shows it/);
      expect((await olga.thread(card)).filter((text) => text.includes('approved'))).toHaveLength(1);
    }
    expect(world.calls('sharings.share') - before).toBe(names.length);
    await Promise.any([olga, piotr].map((who) => who.hears(/already by <@U0(OLGA|PIOTR)>/, CHANNELS.payments)));
  });

  it('tells an owner who asks where the others are too few to approve it, whatever it is', async () => {
    world.backup('reg-too-few', { disk: 'registry' });
    const wish = { backup: 'reg-too-few', project: 'platform', targets: ['analytics'], channel: CHANNELS.platform };
    await asksFor(ana, olga, wish);
    const warning =
      /waits for 2 approvals.*\n⚠️ As things are it cannot be approved: it needs 2 approvals, and besides you only 1 owner of platform can give one\. Whoever runs the bot can name more owners/;
    await ana.hears(warning);
    world.backup('reg-to-go', { disk: 'registry' });
    await ana.types('delete platform "reg-to-go"');
    await ana.form(/\*Backup\* {2}reg-to-go/);
    await ana.handsIn({ Why: 'not needed', 'Type the backup’s name to confirm': 'reg-to-go' });
    await ana.hears(new RegExp(`delete .*reg-to-go.*${warning.source}`));
    await asks(robin, { ...wish, targets: ['payments'] });
    expect((await robin.hears(/waits for 2 approvals/)).text).not.toContain('⚠️');
  });

  it('waits for as many owners as the project wants, each counted once', async () => {
    const { id, card } = await onPlatform('reg-two');
    expect(headline(card)).toContain('⏳ Waiting for 2 more approvals');
    await ana.presses(card, 'Approve');
    await ana.hears(/Your approval counts; 1 more is needed/, CHANNELS.platform);
    const half = await ana.cardNow(card, /^⏳ Waiting for 1 more approval/);
    await ana.presses(half, 'Approve');
    await ana.hears(/Your approval was counted already; 1 more is needed/, CHANNELS.platform);
    expect(world.sharedWith(id)).toEqual([]);
    await olga.presses(half, 'Approve');
    const shared = await olga.cardNow(card, /^✅ Shared/);
    expect(shared.text).toContain('Approved by Ana Abreu');
    await robin.isTold(/reg-two.*approved by <@U0ANA> and <@U0OLGA>/);
    expect(world.sharedWith(id)).toEqual(['analytics']);
  });

  it('tells an owner what became of their own vote, at a second click and at a change of mind', async () => {
    const { card } = await onPlatform('reg-mind');
    await ana.presses(card, 'Approve');
    const half = await ana.cardNow(card, /^⏳ Waiting for 1 more approval/);
    await ana.presses(half, 'Reject…');
    await ana.hears(/You approved this request .+, and an approval is not taken back/, CHANNELS.platform);
    expect(await ana.view()).toBeNull();
    await Promise.all([olga.presses(half, 'Approve'), olga.presses(half, 'Approve')]);
    await olga.hears(
      /^You approved this request .+; the (backup is shared|bot is carrying it out)\.$/,
      CHANNELS.platform,
    );
    await olga.cardNow(card, /^✅ Shared/);

    world.backup('db-twice-no');
    const other = await asksFor(robin, olga, { backup: 'db-twice-no' });
    await olga.presses(other, 'Reject…');
    await olga.presses(other, 'Reject…');
    await olga.handsIn({ 'Why not': 'No.' });
    await olga.cardNow(other, /^⛔ Rejected/);
  });

  it('ends with one rejection, whose reason the requester and the thread are told', async () => {
    const { id, card } = await onPlatform('reg-no');
    await ana.presses(card, 'Approve');
    await olga.presses(await olga.cardNow(card, /1 more approval/), 'Reject…');
    expect((await olga.handsIn({})).errors).toEqual({ 'Why not': 'Please complete this required field.' });
    await olga.handsIn({ 'Why not': 'Card numbers are in it.' });
    const rejected = await olga.cardNow(card, /^⛔ Rejected: share reg-no \(platform\) with analytics/);
    expect(buttons(rejected)).toEqual([]);
    expect(rejected.text).toContain('Card numbers are in it.');
    await robin.isTold(/reg-no .* was rejected by <@U0OLGA>: “Card numbers are in it\.”/);
    await olga.reply(card, /rejected it: “Card numbers are in it\.”/);
    expect(world.sharedWith(id)).toEqual([]);
  });

  it('hears both when one owner approves while another writes why not', async () => {
    const id = world.backup('db-crossed');
    const card = await asksFor(robin, olga, { backup: 'db-crossed' });
    await olga.presses(card, 'Reject…');
    await olga.form(/asks to share db-crossed/);
    await piotr.presses(card, 'Approve');
    await piotr.cardNow(card, /^✅ Shared/);
    await olga.handsIn({ 'Why not': 'Too late for this.' });
    await olga.form(/approved already by <@U0PIOTR>/);
    await olga.closes();
    expect(world.sharedWith(id)).toEqual(['analytics']);
    expect((await olga.thread(card)).join()).not.toContain('Too late');
  });

  it('is over once the requester withdraws, on the card or in the list of requests', async () => {
    world.backup('db-regret');
    const card = await asksFor(robin, olga, { backup: 'db-regret' });
    await robin.presses(card, 'Withdraw');
    const withdrawn = await olga.cardNow(card, /^↩️ Withdrawn/);
    expect(buttons(withdrawn)).toEqual([]);
    await olga.reply(card, /withdrew the request/);

    world.backup('db-regret-again');
    const second = await asksFor(robin, olga, { backup: 'db-regret-again' });
    await robin.types('requests');
    await robin.presses(await robin.hears(/Your requests.*db-regret-again/s), 'Withdraw', /db-regret-again/);
    await olga.cardNow(second, /^↩️ Withdrawn/);
    await robin.hears(/Your requests.*Withdrawn: share db-regret-again/s);
  });

  it('is over when nobody decides in time, or the end of the sharing comes first', async () => {
    const id = world.backup('db-forgotten');
    world.backup('db-brief');
    const forgotten = await asksFor(robin, olga, { backup: 'db-forgotten' });
    const until = new Date(world.clock.now().getTime() + HOUR / 2);
    const brief = await asksFor(robin, olga, { backup: 'db-brief', until });
    world.clock.advance(HOUR / 2 + 1_000);
    await olga.presses(brief, 'Approve');
    await olga.hears(/expired already/, CHANNELS.payments);
    expect(headline(await olga.cardNow(forgotten, /./))).toContain('⏳ Waiting');
    world.clock.advance(HOUR / 2);
    await olga.cardNow(brief, /^⌛ Expired: share db-brief/);
    const expired = await olga.cardNow(forgotten, /^⌛ Expired: share db-forgotten/);
    expect(buttons(expired)).toEqual([]);
    await robin.isTold(/db-forgotten .* expired: it was not decided in time/);
    expect(world.sharedWith(id)).toEqual([]);
  });
});
