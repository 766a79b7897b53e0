import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { onPostgres } from '../support/databases.ts';
import { headline, type Player } from '../support/player.ts';
import { eventually } from '../support/slack-person.ts';
import { asks } from './acts.ts';

const NAMES = Array.from({ length: 8 }, (_, index) => `db-shared-${index + 1}`);
const PATIENCE = { withinMs: 20_000 };

onPostgres('two bots on one PostgreSQL', (database) => {
  let world: BotWorld;
  let robin: Player;
  let olga: Player;
  let piotr: Player;
  let omar: Player;

  beforeAll(async () => {
    world = await startBotWorld({ database, replicas: 2 });
    robin = world.player('requester');
    olga = world.player('firstOwner');
    piotr = world.player('secondOwner');
    omar = world.player('operator');
  });
  afterEach(() => expect(world.takeErrors()).toEqual([]));
  afterAll(() => world.close());

  /** Waits until no card waits to be shown. */
  const quiet = () => eventually(async () => (await world.bots.at(-1)?.core.store.cards.waiting()) === 0, PATIENCE);

  async function cardsOf(names: readonly string[]) {
    await quiet();
    const cards = (await olga.cards(CHANNELS.payments)).filter((card) =>
      names.some((name) => card.text.includes(name)),
    );
    expect(cards).toHaveLength(names.length);
    return cards;
  }

  it('do nothing twice and forget nothing, whichever of them hears of it', async () => {
    await eventually(() => world.slack.connections() === 4, PATIENCE);
    const ids = NAMES.map((name) => world.backup(name));
    for (const backup of NAMES) expect((await asks(robin, { backup })).errors).toEqual({});
    const cards = await cardsOf(NAMES);
    await Promise.all(cards.flatMap((card) => [olga.presses(card, 'Approve'), piotr.presses(card, 'Approve')]));
    for (const card of cards) await olga.cardNow(card, /^✅ Shared/);
    for (const card of await cardsOf(NAMES)) {
      expect(
        (await olga.thread(card)).map((text) => text.replace(/(Olga Okafor|Piotr Paluch) approved/, 'approved')),
      ).toEqual(['✅ approved. The bot shares it now.', '✅ Shared with analytics; the cloud shows it.']);
    }
    expect(ids.map((id) => world.sharedWith(id))).toEqual(ids.map(() => ['analytics']));
    expect(world.calls('sharings.share')).toBe(NAMES.length);
    const told = (await robin.directMessages()).filter((post) => post.text.includes('is now shared with analytics'));
    expect(told).toHaveLength(NAMES.length);
  });

  it('post one alert of a night, and follow a run in one card', async () => {
    await omar.types('run payments nightly');
    await omar.form(/Run nightly/);
    await omar.handsIn();
    await omar.closes();
    await olga.card(CHANNELS.alerts, /^✅ Backed up: nightly \(payments\), 4 disks in/);
    await quiet();
    const nightly = (await olga.cards(CHANNELS.alerts)).filter((card) => card.text.includes('nightly (payments)'));
    expect(nightly.map((card) => headline(card).split(' (')[0])).toEqual([
      '❌ Backup failed: nightly',
      '✅ Backed up: nightly',
    ]);
    expect(world.calls('policies.execute')).toBe(1);
  });

  it('go on as one when the other leaves in the middle of its work', async () => {
    const names = NAMES.map((name) => `${name}-more`);
    const ids = names.map((name) => world.backup(name));
    for (const backup of names) expect((await asks(robin, { backup })).errors).toEqual({});
    const cards = await cardsOf(names);
    world.trouble({ route: 'sharings.share', kind: 'latency', ms: 300 });
    for (const card of cards) await olga.presses(card, 'Approve');
    await world.bots[0]?.stop();
    for (const card of cards) await olga.cardNow(card, /^✅ Shared/);
    await cardsOf(names);
    expect(ids.map((id) => world.sharedWith(id))).toEqual(ids.map(() => ['analytics']));
    expect(world.slack.connections()).toBe(2);
    await robin.typesAndHears('help', /What `\/vbs` does/);
  });
});
