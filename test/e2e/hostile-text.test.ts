import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isJson } from '../support/blocks.ts';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import type { Player } from '../support/player.ts';
import { REASON } from './acts.ts';

const NASTY = '<!channel> *x* `y` <@U1> _z_ & <https://evil.example|click>';
/** The longest name that the cloud would ever give, each sign of which takes five once it is escaped. */
const LONG = '&'.repeat(255);
const DISK = 'payments-staging';

describe('text of people and of the cloud that means harm', () => {
  let world: BotWorld;
  let robin: Player;
  let olga: Player;
  let omar: Player;

  beforeAll(async () => {
    world = await startBotWorld();
    robin = world.player('requester');
    olga = world.player('firstOwner');
    omar = world.player('operator');
    world.simulator.plant({
      policies: [
        { name: NASTY, project: 'payments', startTimes: ['05:00'], frequency: 1, retentionNum: 7, disks: [DISK] },
      ],
    });
  });
  afterEach(() => {
    expect(parsedBySlack(world).filter((text) => HARM.test(text))).toEqual([]);
    expect(refusedBySlack(world)).toEqual([]);
    expect(world.takeErrors()).toEqual([]);
  });
  afterAll(() => world.close());

  it('stays text in requests, cards, threads, direct messages, lists and at home', async () => {
    for (const [name, shown] of [
      [NASTY, 'channel'],
      [LONG, '&amp;&amp;'],
    ] as const) {
      const then = (words: string) => new RegExp(`${shown}.*${words}`, 's');
      const id = world.backup(name);
      await robin.types(`share payments ${id}`);
      await robin.form(/\*Backup\* {2}/);
      await robin.handsIn({ 'Share with': ['analytics', 'platform'], Why: `${NASTY}\n> ${NASTY}\n${LONG}` });
      const card = await olga.card(CHANNELS.payments, /^⏳ Waiting/);
      await robin.typesAndHears('requests', /Your requests/);
      await olga.home();
      await olga.presses(card, 'Approve');
      const shared = await olga.cardNow(card, /^✅ Shared/);
      await olga.reply(shared, /the cloud shows it/);
      await robin.isTold(then('is now shared'));
      const list = await olga.typesAndHears('shares payments', /Shared by payments\*, 1–/);
      await olga.presses(list, 'Details', then('with analytics'));
      await olga.form(/asked for it/);
      await olga.closes();
      await olga.presses(shared, 'Stop sharing');
      await olga.form(/All 2 sharings of this backup/);
      await olga.handsIn({});
      await olga.closes();
      await robin.isTold(then('is no longer shared'));
    }
  });

  it('stays text in a rejection and its reason', async () => {
    const id = world.backup(NASTY);
    await robin.types(`share payments ${id}`);
    await robin.form(/\*Backup\* {2}/);
    await robin.handsIn({ 'Share with': ['analytics'], Why: REASON });
    const card = await olga.card(CHANNELS.payments, /^⏳ Waiting/);
    await olga.presses(card, 'Reject…');
    await olga.handsIn({ 'Why not': NASTY });
    await olga.cardNow(card, /^⛔ Rejected/);
    await robin.isTold(/was rejected/);
  });

  it('stays text in commands, searches and filters', async () => {
    world.backup(NASTY, { disk: DISK });
    await robin.types(`share payments "${NASTY}"`);
    await robin.form(/Share|Choose/);
    await robin.searches('Backup', '<!channel>');
    await robin.closes();
    for (const words of [
      NASTY,
      `help ${NASTY}`,
      `backups ${NASTY}`,
      `backups payments ${NASTY}`,
      `run payments ${NASTY}`,
    ]) {
      await omar.types(words);
    }
    await omar.form(/Run .*now|There is no policy/);
    await omar.closes();
    const list = await robin.typesAndHears(`backups payments "${NASTY}"`, /Backups of payments/);
    await robin.presses(list, 'Change filter');
    await robin.handsIn({ 'Name or id': NASTY, Disk: NASTY });
    await robin.hears(/disk “/);
  });

  it('stays text in policies, their runs and the cloud’s reasons', async () => {
    world.simulator.setFaults({ failNextBackup: { diskId: DISK, code: 'Nasty.0001', reason: NASTY } });
    const list = await omar.typesAndHears('policies payments', /Policies of payments/);
    await omar.presses(list, 'Run now', /channel/);
    await omar.form(/Run .* now: 1 disk/);
    await omar.handsIn();
    await omar.closes();
    await omar.card(CHANNELS.alerts, /^❌ Backup failed.*The cloud says/s);
    await omar.typesAndHears('jobs payments', /Backup jobs of payments/);
    world.trouble({
      route: 'policies.execute',
      kind: 'status',
      status: 400,
      code: `${NASTY}`,
      message: NASTY,
      times: 1,
    });
    await omar.presses(list, 'Run now', /channel/);
    await omar.form(/Run .* now: 1 disk/);
    await omar.handsIn();
    await omar.closes();
    await omar.card(CHANNELS.alerts, /^❌ Not started/);
    await omar.home();
  });
});

/** What would notify, link or format. */
const HARM = /<!channel>|<@U1>|<https:\/\/evil|\*x\*|`y`|(?<![\w])_z_(?!\w)/;

/** All text that Slack parses as mrkdwn: that of messages, and text objects that say so. */
function parsedBySlack(world: BotWorld): readonly string[] {
  return world.slack
    .log()
    .flatMap((entry) => (entry.direction === 'from_app' ? [entry.request] : [entry.response]))
    .flatMap((sent) => [
      ...(isJson(sent) && typeof sent['text'] === 'string' ? [sent['text']] : []),
      ...mrkdwnIn(sent),
    ]);
}

function mrkdwnIn(node: unknown): readonly string[] {
  if (typeof node === 'string' && /^[[{]/.test(node)) return mrkdwnIn(parsed(node));
  if (Array.isArray(node)) return node.flatMap(mrkdwnIn);
  if (!isJson(node)) return [];
  const own = node['type'] === 'mrkdwn' && typeof node['text'] === 'string' ? [node['text']] : [];
  return [...own, ...Object.values(node).flatMap(mrkdwnIn)];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The calls that Slack did not take. */
function refusedBySlack(world: BotWorld): readonly unknown[] {
  return world.slack
    .log()
    .filter(({ direction, response }) => direction === 'from_app' && isJson(response) && response['ok'] === false)
    .map(({ method, response }) => ({ method, response }));
}
