import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buttonsIn } from '../support/blocks.ts';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import type { Player, Post } from '../support/player.ts';
import { eventually } from '../support/slack-person.ts';
import { Forger } from './forgery.ts';

describe('clicks and forms of a change that nobody was shown', () => {
  let world: BotWorld;
  let forger: Forger;
  let robin: Player;
  let olga: Player;
  let piotr: Player;
  let nia: Player;
  let backupId: string;
  let card: Post;
  let requestId: string;

  beforeAll(async () => {
    world = await startBotWorld({ mode: 'http', start: new Date() });
    forger = await Forger.start(world);
    robin = world.player('requester');
    olga = world.player('firstOwner');
    piotr = world.player('secondOwner');
    nia = world.player('nobody');
    backupId = world.backup('db-wanted');
    await robin.types('delete payments db-wanted');
    await robin.form(/cannot be brought back/);
    await robin.handsIn({ 'Type the backup’s name to confirm': 'db-wanted', Why: 'no longer needed' });
    card = await olga.card(CHANNELS.payments, /delete db-wanted/);
    requestId = buttonsIn(card.blocks ?? [])[0]?.value ?? '';
    await nia.presses(card, 'Approve');
  });
  afterEach(() => {
    expect(world.takeErrors()).toEqual([]);
    expect(world.simulator.world.backups.get(backupId)?.status).toBe('available');
    expect(world.calls('backups.delete')).toBe(0);
  });
  afterAll(async () => {
    await forger.close();
    await world.close();
  });

  async function answered(who: Player, actionId: string, about: { value: unknown; answer: RegExp }): Promise<void> {
    const before = forger.said().length;
    expect(await forger.click(who.id, actionId, about.value)).toMatchObject({ status: 200 });
    await eventually(
      () =>
        forger
          .said()
          .slice(before)
          .some((text) => about.answer.test(text)),
      { withinMs: 20_000, what: `${about.answer} to ${who.id} for ${actionId}` },
    );
  }

  it('do nothing for whoever may not decide, withdraw, or try again', async () => {
    const value = requestId;
    await answered(robin, 'change:approve', { value, answer: /Only the owners of payments/ });
    await answered(nia, 'change:reject', { value, answer: /Only the owners of payments/ });
    await answered(olga, 'change:withdraw', { value, answer: /Only the person who asked/ });
    await answered(nia, 'change:retry', { value, answer: /Only the one who asked and the owners of payments/ });
    await answered(robin, 'change:retry', { value, answer: /still open/ });
  });

  it.each([undefined, '', 'x'.repeat(2_000), '{"project":"payments"}'])('answer in a sentence to %j', async (value) => {
    await answered(olga, 'change:approve', { value, answer: /out of date/ });
  });

  it('find no request of another kind', async () => {
    await answered(olga, 'share:approve', { value: requestId, answer: /There is no request/ });
    await answered(olga, 'change:approve', { value: 'nonsense', answer: /There is no request/ });
  });

  it('file nothing from a form that is not ours, or of someone who may not', async () => {
    const before = (await olga.cards(CHANNELS.payments)).length;
    for (const form of ['backup:form', 'restore:form', 'delete:form']) {
      expect((await forger.form(nia.id, form, 'nonsense')).body).toMatch(/out of date/);
      const metadata = JSON.stringify({ project: 'payments', backup: backupId });
      await forger.form(nia.id, form, metadata);
    }
    expect((await forger.form(nia.id, 'change:reject-form', JSON.stringify({ requestId }))).body).toMatch(
      /Only the owners/,
    );
    expect(await olga.cards(CHANNELS.payments)).toHaveLength(before);
    const filed = await world.bots[0]?.core.store.changes.list({}, { offset: 0, limit: 10 });
    expect(filed?.items.map(({ id }) => id)).toEqual([requestId]);
  });

  it('come too late once it is decided', async () => {
    await olga.presses(card, 'Reject…');
    await olga.form(/asks to delete db-wanted/);
    await olga.handsIn({ 'Why not': 'The auditors need it.' });
    await olga.cardNow(card, /^⛔ Rejected/);
    const value = requestId;
    await answered(piotr, 'change:approve', { value, answer: /rejected already by/ });
    await answered(robin, 'change:withdraw', { value, answer: /rejected already by/ });
    await answered(robin, 'change:retry', { value, answer: /rejected|dealt with already/ });
  });
});
