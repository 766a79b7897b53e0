import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { buttons, headline, type Player } from '../support/player.ts';
import { asksFor } from './acts.ts';

const MINUTE = 60_000;

describe('who may do what', () => {
  let world: BotWorld;
  let robin: Player;
  let olga: Player;
  let piotr: Player;
  let ana: Player;
  let omar: Player;
  let nia: Player;

  beforeAll(async () => {
    world = await startBotWorld();
    robin = world.player('requester');
    olga = world.player('firstOwner');
    piotr = world.player('secondOwner');
    ana = world.player('analyticsOwner');
    omar = world.player('operator');
    nia = world.player('nobody');
  });
  afterEach(async () => {
    await world.mend();
    expect(world.takeErrors()).toEqual([]);
  });
  afterAll(() => world.close());

  it('tells whoever may not decide who may, and does nothing', async () => {
    const backup = world.backup('db-guarded');
    const card = await asksFor(robin, olga, { backup: 'db-guarded' });
    for (const who of [nia, omar, robin]) {
      await who.presses(card, 'Approve');
      await who.hears(
        /^⛔ Only the owners of payments decide on this request: <!subteam\^S0PAYOWNERS>\./,
        CHANNELS.payments,
      );
      await who.presses(card, 'Reject…');
      expect(await who.view()).toBeNull();
    }
    expect((await robin.hears(/Only the owners/, CHANNELS.payments)).text).toContain('your own vote would not count');
    for (const who of [nia, omar, olga]) {
      await who.presses(card, 'Withdraw');
      await who.hears(/Only the person who asked can withdraw/, CHANNELS.payments);
    }
    expect(headline(await olga.cardNow(card, /./))).toContain('⏳ Waiting for 1 more approval');
    expect(world.sharedWith(backup)).toEqual([]);

    await piotr.presses(card, 'Approve');
    const shared = await piotr.cardNow(card, /^✅ Shared/);
    for (const who of [nia, omar, robin]) {
      await who.presses(shared, 'Stop sharing');
      await who.hears(/Only the owners of payments stop a sharing/, CHANNELS.payments);
      expect(await who.view()).toBeNull();
    }
    expect(world.sharedWith(backup)).toEqual(['analytics']);
  });

  it('counts no approval of what one asked for oneself, owner or not', async () => {
    const backup = world.backup('nb-own', { disk: 'notebooks' });
    const wish = { backup: 'nb-own', project: 'analytics', targets: ['platform'], channel: CHANNELS.analytics };
    const card = await asksFor(ana, ana, wish);
    await ana.presses(card, 'Approve');
    await ana.hears(/You asked for it, so your own vote would not count anyway/, CHANNELS.analytics);
    await ana.presses(card, 'Reject…');
    expect(await ana.view()).toBeNull();
    await ana.presses(card, 'Withdraw');
    await ana.cardNow(card, /^↩️ Withdrawn/);
    expect(world.sharedWith(backup)).toEqual([]);
  });

  it('tells a person without any rights so, whatever they type', async () => {
    await nia.types('share');
    await nia.hears(/^⛔ There is no project in which you may do this/);
    expect(await nia.view()).toBeNull();
    for (const [words, answer] of [
      ['share payments', /Only the requesters of payments ask for a share/],
      ['run payments nightly', /Only the operators of payments run its policies/],
      ['backups payments', /Only the people of payments see it/],
      ['shares payments', /Only the people of payments see it/],
      ['policies payments', /Only the people of payments see it/],
      ['jobs payments', /Only the people of payments see it/],
    ] as const) {
      await nia.types(words);
      await Promise.any([nia.hears(answer), nia.form(answer)]);
      if (await nia.view()) await nia.closes();
    }
  });

  it('lets operators alone run a policy, and shows nobody else a button for it', async () => {
    await robin.types('policies payments');
    expect(buttons(await robin.hears(/Policies of payments/))).not.toContain('Run now');
    await robin.types('run payments nightly');
    await robin.form(/Only the operators of payments run its policies: <@U0OMAR>/);
    await robin.closes();
    expect(world.calls('policies.execute')).toBe(0);
  });

  it('tells who clicks on a card that is out of date who decided before', async () => {
    const backup = world.backup('db-raced');
    const card = await asksFor(robin, olga, { backup: 'db-raced' });
    await world.slack.setFaults({
      slack: { 'chat.update': { kind: 'error', error: 'internal_error', times: 'until_cleared' } },
    });
    await piotr.presses(card, 'Approve');
    await robin.isTold(/db-raced \(payments\) is now shared/);
    const stale = await olga.cardNow(card, /^⏳ Waiting/);
    await olga.presses(stale, 'Approve');
    await olga.hears(/was approved already by <@U0PIOTR>, .+; the backup is shared\./, CHANNELS.payments);
    await olga.presses(stale, 'Reject…');
    expect(await olga.view()).toBeNull();
    await robin.presses(stale, 'Withdraw');
    await robin.hears(/was approved already by <@U0PIOTR>/, CHANNELS.payments);
    await world.mend();
    expect(buttons(await olga.cardNow(card, /^✅ Shared/))).toEqual(['Stop sharing']);
    expect(world.sharedWith(backup)).toEqual(['analytics']);
  });

  it('lets nobody decide while Slack does not tell who is an owner', async () => {
    const backup = world.backup('db-doubtful');
    const card = await asksFor(robin, olga, { backup: 'db-doubtful' });
    world.clock.advance(10 * MINUTE);
    const lost = { kind: 'error', error: 'internal_error', times: 'until_cleared' } as const;
    await world.slack.setFaults({ slack: { 'usergroups.users.list': lost } });
    await olga.presses(card, 'Approve');
    await olga.hears(
      /Who may do this in payments cannot be looked up in Slack now, so nothing was done/,
      CHANNELS.payments,
    );
    expect(headline(await olga.cardNow(card, /./))).toContain('⏳ Waiting for 1 more approval');
    expect(world.sharedWith(backup)).toEqual([]);
    await world.mend();
    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^✅ Shared/);
  });

  it('answers in time while Slack takes long to tell who is an owner', async () => {
    const backup = world.backup('db-patient');
    const card = await asksFor(robin, olga, { backup: 'db-patient' });
    world.clock.advance(10 * MINUTE);
    const slow = { kind: 'latency', ms: 3_500, times: 2 } as const;
    await world.slack.setFaults({ slack: { 'usergroups.users.list': slow } });
    await Promise.all([
      olga.presses(card, 'Reject…').then(() => olga.hears(/That took too long.*\/vbs requests/, CHANNELS.payments)),
      piotr.presses(card, 'Approve').then(() => piotr.cardNow(card, /^✅ Shared/)),
    ]);
    expect(await olga.view()).toBeNull();
    expect(world.sharedWith(backup)).toEqual(['analytics']);
  });
});
