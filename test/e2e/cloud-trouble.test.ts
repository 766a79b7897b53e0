import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wordsIn } from '../support/blocks.ts';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { headline, type Player } from '../support/player.ts';
import { eventually } from '../support/slack-person.ts';
import { asks, asksFor, REASON } from './acts.ts';

/** What people hear when the cloud fails them. */
const SAYS_SO = /The cloud does not answer now|The backup service is unavailable|unavailable/;

describe('when the cloud is in trouble', () => {
  let world: BotWorld;
  let robin: Player;
  let olga: Player;
  let piotr: Player;
  let ana: Player;
  let omar: Player;

  beforeAll(async () => {
    world = await startBotWorld();
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

  /** Asks and approves, and waits until the backup is shared. */
  async function share(name: string) {
    const id = world.backup(name);
    const card = await asksFor(robin, olga, { backup: name });
    return { id, card, approve: () => olga.presses(card, 'Approve') };
  }

  it('and slow, everyone hears at once what is waited for, and then gets it', async () => {
    world.backup('db-slow');
    world.trouble({ route: '*', kind: 'latency', ms: 5_000 });
    await Promise.all([
      robin.types('share payments db-slow').then(() => robin.form(/Reading the backups of payments/)),
      omar.types('run payments nightly').then(() => omar.form(/Reading the policies of payments/)),
      ana.types('backups payments').then(() => ana.hears(/Reading the backups of payments/)),
      olga.types('shares payments').then(() => olga.hears(/Reading .* payments/)),
    ]);
    await olga.typesAndHears('policies payments', /Reading .*policies of payments/);
    await robin.form(/\*Backup\* {2}db-slow/);
    await omar.form(/Run nightly \(payments\) now/);
    await ana.hears(/Backups of payments.*1–10 of/);
    await olga.hears(/Shared by payments/);
    await olga.hears(/Policies of payments, 1–3 of 3/);
    await robin.closes();
    await omar.closes();
  });

  it('and down, every command says so, and what needs no cloud goes on', async () => {
    world.simulator.setFaults({ projectDown: { project: 'payments' } });
    await Promise.all([
      ana.typesAndHears('backups payments', SAYS_SO),
      olga.typesAndHears('shares payments', SAYS_SO),
      piotr.typesAndHears('policies payments', SAYS_SO),
      omar.types('run payments nightly').then(() => omar.form(SAYS_SO)),
      robin.types('share payments db-any').then(() => robin.form(SAYS_SO)),
    ]);
    await omar.closes();
    // A search that takes long says so; one that is typed again hears more.
    await eventually(async () => (await robin.searches('Backup', ''))[0]?.text.includes('cloud'), { withinMs: 20_000 });
    await robin.closes();
    await robin.types('requests');
    await robin.hears(/Your requests/);
    const watched = () => world.bots[0]?.core.store.watches.get('payments');
    await eventually(async () => (await watched())?.lastFailure, { withinMs: 20_000 });
    await robin.typesAndHears('jobs payments', /The last look at the cloud.*failed, so this may be out of date/s);
    expect(wordsIn((await robin.home()).blocks)).toContain('Your requests');
  });

  it('and down between question and click, the card says that it is delayed, until it is done', async () => {
    const { id, card, approve } = await share('db-delayed');
    world.simulator.setFaults({ projectDown: { project: 'payments' } });
    await approve();
    const delayed = await olga.cardNow(card, /^⚙️ Sharing is delayed: db-delayed/);
    expect(delayed.text).toMatch(SAYS_SO);
    world.simulator.setFaults({ projectDown: { project: 'payments', status: null } });
    await olga.cardNow(card, /^✅ Shared/);
    expect(world.sharedWith(id)).toEqual(['analytics']);
  });

  it('and down when the form is handed in, the request is filed all the same', async () => {
    world.backup('db-late');
    await robin.types('share payments db-late');
    await robin.form(/\*Backup\* {2}db-late/);
    world.simulator.setFaults({ projectDown: { project: 'payments' } });
    expect((await robin.handsIn({ 'Share with': ['analytics'], Why: REASON })).action).toBe('clear');
    expect(headline(await olga.card(CHANNELS.payments, /db-late/))).toMatch(
      /^⏳ Waiting for 1 more approval: share db-late/,
    );
  });

  it('and loses its answer to a share that it made, the backup is shared once', async () => {
    const { id, card, approve } = await share('db-made');
    const before = world.calls('sharings.share');
    world.trouble({ route: 'sharings.share', kind: 'cut_after', times: 1 });
    await approve();
    await olga.cardNow(card, /^✅ Shared/);
    expect(world.sharedWith(id)).toEqual(['analytics']);
    expect(world.calls('sharings.share') - before).toBe(1);
  });

  it('and answers shares in every wrong way, each backup is shared once in the end', async () => {
    const route = 'sharings.share';
    const faults = [
      { route, kind: 'cut_before', times: 1 },
      { route, kind: 'cut_after', times: 1 },
      { route, kind: 'truncated', times: 1 },
      { route, kind: 'html', status: 502, times: 1 },
      { route, kind: 'status', status: 500, times: 1 },
      { route, kind: 'status', status: 503, times: 2 },
      { route, kind: 'rate_limit', retryAfter: 1, times: 1 },
      { route, kind: 'wrong_schema', drop: 'id', times: 1 },
    ] as const;
    const asked = [];
    for (const [index] of faults.entries()) asked.push(await share(`db-storm-${index}`));
    world.trouble(...faults);
    for (const { approve } of asked) await approve();
    for (const { id, card } of asked) {
      await olga.cardNow(card, /^✅ Shared/);
      expect(world.sharedWith(id)).toEqual(['analytics']);
      await olga.reply(card, /Shared with analytics; the cloud shows it/);
      expect((await olga.thread(card)).filter((text) => text.includes('Shared with'))).toHaveLength(1);
    }
  });

  it('and its answer to the share stays away, the card says that this is looked into', async () => {
    const { id, card, approve } = await share('db-lost');
    world.trouble(
      { route: 'sharings.share', kind: 'cut_after', times: 1 },
      { route: 'sharings.list', kind: 'status', status: 503, skip: 1 },
    );
    await approve();
    await olga.cardNow(card, /^⚙️ Being looked into: share db-lost/);
    await world.mend();
    await olga.cardNow(card, /^✅ Shared/);
    expect(world.sharedWith(id)).toEqual(['analytics']);
  });

  it('and fails every reading for a while, it is shared once', async () => {
    const { id, card, approve } = await share('db-unread');
    world.trouble(
      { route: 'sharings.list', kind: 'truncated', times: 5 },
      { route: 'backups.get', kind: 'truncated', times: 5 },
    );
    await approve();
    await olga.cardNow(card, /^✅ Shared/);
    expect(world.sharedWith(id)).toEqual(['analytics']);
  });

  it('and forgets all tokens, or lets them end, nobody notices', async () => {
    world.backup('db-token');
    world.simulator.revokeTokens();
    expect((await asks(robin, { backup: 'db-token' })).errors).toEqual({});
    const card = await olga.card(CHANNELS.payments, /db-token/);
    world.clock.advance(25 * 3_600_000);
    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^✅ Shared/);
  });

  it('and takes the credentials no more, people hear what to check', async () => {
    world.trouble({ route: 'tokens.create', kind: 'status', status: 401 });
    world.simulator.revokeTokens();
    await ana.typesAndHears(
      'backups payments',
      /does not accept the credentials of this project\. Check the credentials of payments.*does not log in again before/,
    );
    // What the cloud makes of the next login is not found out by each command.
    const before = world.calls('tokens.create');
    await world.mend();
    await olga.typesAndHears('policies payments', /does not log in again before/);
    expect(world.calls('tokens.create')).toBe(before);
    world.clock.advance(3_600_000);
    await ana.typesAndHears('backups payments', /Backups of payments.*1–10 of/);
  });

  it('and answers nonsense, people hear so', async () => {
    world.trouble({ route: 'backups.list', kind: 'truncated' });
    await ana.typesAndHears('backups payments', /answered something that the bot does not understand/);
  });
});
