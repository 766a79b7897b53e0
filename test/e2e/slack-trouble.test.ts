import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { headline, type Player } from '../support/player.ts';
import { eventually } from '../support/slack-person.ts';
import { asks, asksFor } from './acts.ts';

const PATIENCE = { withinMs: 20_000 };

describe('when Slack is in trouble', () => {
  let world: BotWorld;
  let robin: Player;
  let olga: Player;
  let piotr: Player;
  let ana: Player;
  let omar: Player;

  beforeAll(async () => {
    world = await startBotWorld({ without: [CHANNELS.platform] });
    robin = world.player('requester');
    olga = world.player('firstOwner');
    piotr = world.player('secondOwner');
    ana = world.player('analyticsOwner');
    omar = world.player('operator');
  });
  afterEach(async () => {
    await world.mend();
    expect(world.takeErrors()).toEqual([]);
  });
  afterAll(() => world.close());

  /** The cards of these backups, in the order in which they stand in the channel. */
  async function cardsOf(prefix: string): Promise<readonly string[]> {
    const found = (await olga.cards(CHANNELS.payments)).map((card) => headline(card));
    return found.flatMap((line) => line.match(new RegExp(`${prefix}-\\d+`))?.[0] ?? []);
  }

  async function ask(prefix: string, count: number): Promise<readonly string[]> {
    const names = Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
    for (const name of names) world.backup(name);
    for (const name of names) expect((await asks(robin, { backup: name })).errors).toEqual({});
    return names;
  }

  it.each([
    ['down', { kind: 'http', status: 503, times: 'until_cleared' }],
    ['cut off', { kind: 'cut_before', times: 'until_cleared' }],
    ['limiting the rate', { kind: 'rate_limit', retry_after: 1, times: 'until_cleared' }],
  ] as const)('and %s, cards arrive later, in order and once', async (how, fault) => {
    await world.slack.setFaults({ slack: { 'chat.postMessage': fault, 'chat.update': fault } });
    const names = await ask(`db-${how.replaceAll(' ', '-')}`, 3);
    const tried = () =>
      world.slack.log().filter((entry) => entry.method === 'chat.postMessage' && entry.status !== 200);
    const before = tried().length;
    await eventually(() => tried().length > before, PATIENCE);
    expect(await cardsOf(`db-${how.replaceAll(' ', '-')}`)).toEqual([]);
    await world.mend();
    await olga.card(CHANNELS.payments, new RegExp(`${names.at(-1)}`));
    expect(await cardsOf(`db-${how.replaceAll(' ', '-')}`)).toEqual(names);
  });

  it('and holding to its limit of a message a second, a burst of cards still arrives whole and in order', async () => {
    await world.slack.setFaults({ rate_limits: true });
    const names = await ask('db-burst', 6);
    await olga.card(CHANNELS.payments, /db-burst-6/);
    expect(await cardsOf('db-burst')).toEqual(names);
    expect(world.slack.log().some((entry) => entry.method === 'chat.postMessage' && entry.status === 429)).toBe(true);
  });

  it('and losing its answers, a card, its thread and a direct message are there once all the same', async () => {
    const once = { kind: 'cut_after', times: 1 } as const;
    await world.slack.setFaults({ slack: { 'chat.postMessage': once } });
    world.backup('db-cut-1');
    await asks(robin, { backup: 'db-cut-1' });
    const card = await eventually(async () => {
      const found = await olga.card(CHANNELS.payments, /db-cut-1/);
      return (await world.bots[0]?.core.store.cards.waiting()) === 0 && found;
    }, PATIENCE);
    expect(await cardsOf('db-cut')).toEqual(['db-cut-1']);

    await world.slack.setFaults({ slack: { 'chat.update': once, 'chat.postMessage': { ...once, times: 3 } } });
    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^✅ Shared/);
    await eventually(async () => (await world.bots[0]?.core.store.cards.waiting()) === 0, PATIENCE);
    expect(await cardsOf('db-cut')).toEqual(['db-cut-1']);
    expect(await olga.thread(card)).toEqual([
      '✅ Olga Okafor approved. The bot shares it now.',
      '✅ Shared with analytics; the cloud shows it.',
    ]);
    expect((await robin.directMessages()).filter((post) => post.text.includes('db-cut-1'))).toHaveLength(1);
  });

  it('and delivering everything twice, there is one form, one request, one vote and one run', async () => {
    const id = world.backup('db-double-1');
    const heard = async () => (await robin.posts()).filter((post) => post.ephemeral).map((post) => post.text);
    const before = await heard();
    await world.slack.setFaults({ redeliver: 1 });
    await robin.types('share payments db-double-1');
    await robin.form(/\*Backup\* {2}db-double-1/);
    await world.slack.setFaults({ redeliver: 1 });
    await robin.handsIn({ 'Share with': ['analytics'], Why: 'twice' });
    const card = await olga.card(CHANNELS.payments, /db-double-1/);
    await world.slack.setFaults({ redeliver: 1 });
    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^✅ Shared/);
    await omar.types('run payments ledger-hourly');
    await omar.form(/Run ledger-hourly/);
    await world.slack.setFaults({ redeliver: 1 });
    await omar.handsIn();
    await omar.form(/is being started/);
    await omar.closes();
    await robin.card(CHANNELS.alerts, /^✅ Backed up: ledger-hourly/);
    expect(await cardsOf('db-double')).toEqual(['db-double-1']);
    expect(world.sharedWith(id)).toEqual(['analytics']);
    expect(world.calls('policies.execute')).toBe(1);
    expect(await robin.view()).toBeNull();
    const words = (await heard()).slice(before.length);
    expect(words).toEqual([expect.stringContaining('Your request to share db-double-1')]);
  });

  it('and people click twice, it counts once', async () => {
    const id = world.backup('db-clicks-1');
    const card = await asksFor(robin, olga, { backup: 'db-clicks-1' });
    await Promise.all([1, 2, 3].map(() => olga.presses(card, 'Approve')));
    await olga.cardNow(card, /^✅ Shared/);
    expect(world.sharedWith(id)).toEqual(['analytics']);
    expect((await olga.thread(card)).filter((text) => text.includes('approved'))).toHaveLength(1);
  });

  it('and renewing or losing connections, nobody has to do anything', async () => {
    await world.slack.setFaults({ socket: { disconnect: 'refresh_requested', connections: 1 } });
    await robin.typesAndHears('help', /What `\/vbs` does/);
    await eventually(() => world.slack.connections() === 2, PATIENCE);
    await world.slack.setFaults({ socket: { drop: true, refuse_open: 2 } });
    await eventually(() => world.slack.connections() > 0, PATIENCE);
    await robin.typesAndHears('help', /What `\/vbs` does/);
    world.backup('db-again-1');
    await asksFor(robin, olga, { backup: 'db-again-1' });
    expect(world.takeErrors().filter((line) => !line.includes('slack-sdk'))).toEqual([]);
  });

  it('and opens no modal, or changes none, the person is told instead of waiting', async () => {
    const failing = { kind: 'error', error: 'internal_error', times: 1 } as const;
    await world.slack.setFaults({ slack: { 'views.open': failing } });
    await robin.typesAndHears('share payments', /Slack does not take what the bot answers now. Try again/);
    expect(await robin.view()).toBeNull();
    world.backup('db-stuck-1');
    await world.slack.setFaults({ slack: { 'views.update': { ...failing, times: 'until_cleared' } } });
    await robin.typesAndHears('share payments db-stuck-1', /Slack does not take what the bot answers now. Try again/);
    await robin.closes();
    const errors = world.takeErrors().join();
    expect(errors).toContain('command share failed');
    expect(errors).not.toContain('trigger');
  });

  it('and loses its answer to the opening of a modal, the modal is filled all the same', async () => {
    world.backup('db-opened-1');
    await world.slack.setFaults({ slack: { 'views.open': { kind: 'cut_after', times: 1 } } });
    await robin.types('share payments db-opened-1');
    await robin.form(/\*Backup\* {2}db-opened-1/);
    await robin.closes();
  });

  it('and a card was deleted by hand, it is posted anew once something changes in it', async () => {
    world.backup('db-deleted-1');
    const card = await asksFor(robin, olga, { backup: 'db-deleted-1' });
    const answer = await fetch(`${world.slack.apiUrl}chat.delete`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.slack.tokens.bot}` },
      body: new URLSearchParams({ channel: CHANNELS.payments, ts: card.ts }),
    });
    expect(await answer.json()).toMatchObject({ ok: true });
    expect(await cardsOf('db-deleted')).toEqual([]);
    const mine = await robin.typesAndHears('requests', /Your requests.*db-deleted-1/s);
    await robin.presses(mine, 'Withdraw', /db-deleted-1/);
    const anew = await olga.card(CHANNELS.payments, /^↩️ Withdrawn: share db-deleted-1/);
    expect(anew.ts).not.toBe(card.ts);
    expect(await cardsOf('db-deleted')).toEqual(['db-deleted-1']);
    await olga.reply(anew, /withdrew the request/);
  });

  it('and the bot is not in a channel, its owners are told, and the other cards go on', async () => {
    world.backup('reg-lost', { disk: 'registry' });
    world.backup('db-elsewhere-1');
    await asks(robin, { backup: 'reg-lost', project: 'platform' });
    await asksFor(robin, olga, { backup: 'db-elsewhere-1' });
    for (const owner of [olga, ana]) {
      const told = await owner.isTold(/A share request could not be shown in <#C0PLATFORM>/);
      expect(told.text).toContain('invite it there with `/invite @vbs`');
    }
    expect(await piotr.directMessages()).toEqual([]);
    await robin.types('requests');
    await robin.presses(await robin.hears(/Waiting for 2 more approvals: share reg-lost/), 'Withdraw', /reg-lost/);
    await robin.hears(/Withdrawn: share reg-lost/);
    const refusals = world.takeErrors();
    expect(refusals).not.toEqual([]);
    expect(refusals.filter((line) => !line.startsWith('Slack will not take a card'))).toEqual([]);
  });
});
