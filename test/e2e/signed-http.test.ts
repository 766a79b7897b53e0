import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buttonsIn } from '../support/blocks.ts';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { headline, type Player, type Post } from '../support/player.ts';
import { eventually } from '../support/slack-person.ts';
import { asksFor } from './acts.ts';
import { Forger, nowInSeconds } from './forgery.ts';

describe('over signed HTTP', () => {
  let world: BotWorld;
  let forger: Forger;
  let robin: Player;
  let olga: Player;
  let ana: Player;
  let nia: Player;
  /** A request that waits, and whose card nobody may decide by forgery. */
  let card: Post;
  let requestId: string;
  let backupId: string;

  beforeAll(async () => {
    world = await startBotWorld({ mode: 'http', start: new Date() });
    forger = await Forger.start(world);
    robin = world.player('requester');
    olga = world.player('firstOwner');
    ana = world.player('analyticsOwner');
    nia = world.player('nobody');
    backupId = world.backup('db-target');
    card = await asksFor(robin, olga, { backup: 'db-target' });
    requestId = buttonsIn(card.blocks ?? [])[0]?.value ?? '';
  });
  afterEach(async () => {
    expect(headline(await olga.cardNow(card, /./))).toContain('⏳ Waiting for 1 more approval: share db-target');
    expect(world.sharedWith(backupId)).toEqual([]);
    expect(world.takeErrors()).toEqual([]);
  });
  afterAll(async () => {
    await forger.close();
    await world.close();
  });

  it('commands, forms, searches, clicks and the home tab work as they do over a socket', async () => {
    const id = world.backup('db-http');
    await robin.types('share');
    await robin.chooses('Project', 'payments');
    await robin.chooses('Backup', 'db-http');
    await robin.form(/\*Backup\* {2}db-http/);
    await robin.handsIn({ 'Share with': ['analytics'], Why: 'over HTTP' });
    const own = await olga.card(CHANNELS.payments, /db-http/);
    await nia.presses(own, 'Approve');
    await nia.hears(/Only the owners of payments/, CHANNELS.payments);
    await olga.presses(own, 'Approve');
    await olga.cardNow(own, /^✅ Shared/);
    expect(world.sharedWith(id)).toEqual(['analytics']);
    expect(JSON.stringify((await robin.home()).blocks)).toContain('db-http');
  });

  it('a wrong signature, an old stamp, one of the future and a repetition are refused', async () => {
    await world.slack.setFaults({ signature: { forge: 1 } });
    await expect(robin.types('help')).rejects.toThrow('dispatch_failed');
    await world.slack.setFaults({ signature: { stale: 1 } });
    await expect(robin.types('help')).rejects.toThrow('dispatch_failed');
    const at = nowInSeconds();
    const click = { type: 'block_actions', user: { id: olga.id } };
    expect(await forger.deliver(click, { secret: 'guessed' })).toMatchObject({ status: 401 });
    expect(await forger.deliver(click, { at: at - 301 })).toMatchObject({ status: 401 });
    expect(await forger.deliver(click, { at: at + 305 })).toMatchObject({ status: 401 });
    const body = new URLSearchParams({ command: '/vbs', text: 'help', user_id: robin.id, channel_id: 'C1' }).toString();
    expect(await forger.send(body, { at })).toMatchObject({ status: 200 });
    expect(await forger.send(body, { at })).toMatchObject({ status: 401 });
  });

  it('a button that this person was never shown does nothing for them', async () => {
    await nia.presses(card, 'Approve');
    const only = /Only the (owners|operators|people|requesters) of/;
    for (const [who, actionId, value, answer] of [
      [nia, 'share:approve', requestId, only],
      [nia, 'share:reject', requestId, only],
      [nia, 'share:withdraw', requestId, /Only the person who asked/],
      [robin, 'share:approve', requestId, only],
      [ana, 'share:approve', requestId, only],
      [nia, 'backups:details', JSON.stringify({ project: 'payments', backupId }), only],
      [olga, 'share:stop-all', JSON.stringify({ project: 'analytics', backupId }), only],
    ] as const) {
      const before = forger.said().length;
      expect(await forger.click(who.id, actionId, value)).toMatchObject({ status: 200 });
      await eventually(
        () =>
          forger
            .said()
            .slice(before)
            .some((text) => answer.test(text)),
        {
          what: `${actionId} refused to ${who.id}`,
        },
      );
    }
    expect(world.calls('policies.execute')).toBe(0);
  });

  it.each([
    ['nothing', undefined, /out of date/],
    ['an empty text', '', /out of date/],
    ['a text that is too long', 'x'.repeat(2_000), /out of date/],
    ['what another button carries', '{"project":"payments"}', /out of date/],
    ['no request', 'nonsense', /There is no request `nonsense`/],
    ['a piece of SQL', "' or 1=1 --", /There is no request/],
  ])('a button that carries %s answers in a sentence', async (_what, value, answer) => {
    await nia.presses(card, 'Approve');
    const before = forger.said().length;
    expect(await forger.click(olga.id, 'share:approve', value)).toMatchObject({ status: 200 });
    await eventually(
      () =>
        forger
          .said()
          .slice(before)
          .some((text) => answer.test(text)),
      { what: String(answer) },
    );
  });

  it('a button or a form that nobody knows answers that it is out of date', async () => {
    await nia.presses(card, 'Approve');
    const before = forger.said().length;
    await forger.click(olga.id, 'share:everything', requestId);
    await eventually(() =>
      forger
        .said()
        .slice(before)
        .some((text) => /out of date/.test(text)),
    );
    expect((await forger.form(olga.id, 'share:unknown-form', '{}')).body).toMatch(/out of date/);
  });

  it('a form with metadata that is not ours, or of someone who may not, files nothing', async () => {
    const before = (await olga.cards(CHANNELS.payments)).length;
    for (const metadata of ['', 'nonsense', '{}', '{"requestId":17}']) {
      expect((await forger.form(olga.id, 'share:reject-form', metadata)).body).toMatch(/out of date/);
    }
    expect((await forger.form(nia.id, 'share:form', JSON.stringify({ project: 'payments' }))).body).toMatch(/Only the/);
    expect((await forger.form(nia.id, 'share:reject-form', JSON.stringify({ requestId }))).body).toMatch(
      /Only the owners of payments/,
    );
    const run = { project: 'payments', policyId: 'nightly', policyName: 'nightly', disks: 4 };
    expect((await forger.form(robin.id, 'run:confirm', JSON.stringify(run))).body).toMatch(/Only the operators/);
    expect(await olga.cards(CHANNELS.payments)).toHaveLength(before);
    expect(world.calls('policies.execute')).toBe(0);
  });
});
