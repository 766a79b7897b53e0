import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import type { Player, Post } from '../support/player.ts';
import { asksFor, REASON } from './acts.ts';

describe('the record', () => {
  let world: BotWorld;
  let robin: Player;
  let olga: Player;

  beforeAll(async () => {
    world = await startBotWorld({ without: [CHANNELS.platform] });
    robin = world.player('requester');
    olga = world.player('firstOwner');
    world.backup('db-recorded');
    const card = await asksFor(robin, olga, { backup: 'db-recorded' });
    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^✅ Shared/);
  });
  afterEach(() => expect(world.takeErrors()).toEqual([]));
  afterAll(() => world.close());

  /** The file in the thread of a message, as it was uploaded. */
  const fileIn = async (post: Post): Promise<string> => {
    const reply = (await olga.posts(post.channel)).find((one) => one.thread_ts === post.ts && 'files' in one);
    const [url = ''] = /http:[^"]+\.csv/.exec(JSON.stringify(reply)) ?? [];
    return (await fetch(url)).text();
  };

  it('tells who asked, who approved, and what the bot did, with the cloud’s request id', async () => {
    await olga.types('audit payments', CHANNELS.payments);
    const list = await olga.hears(/Record of payments/, CHANNELS.payments);
    expect(list.text).toMatch(
      /The bot shared db-recorded with analytics\n.*the cloud’s request id `.+`.*<@U0OLGA> approved the request to share db-recorded.*<@U0ROBIN> asked to share/s,
    );
    expect(list.text).toContain(REASON);
    await olga.presses(list, 'Change filter');
    await olga.handsIn({ About: 'settlement', Outcome: 'ok' });
    await olga.hears(/Record of payments, 1 of 1\n\noutcome ok · with “settlement”/, CHANNELS.payments);
  });

  it('goes as a file into a thread of the project’s channel', async () => {
    await olga.types('audit payments', CHANNELS.payments);
    const list = await olga.hears(/Record of payments, 1–\d of \d/, CHANNELS.payments);
    await olga.presses(list, 'Export as CSV…');
    await olga.form(/comma-separated/);
    await olga.handsIn();
    const post = await olga.card(CHANNELS.payments, /^Record of payments, \d entries\nExported by Olga Okafor/);
    await olga.hears(/✅ Exported: the file with \d entries is in/, CHANNELS.payments);
    const csv = await fileIn(post);
    expect(csv).toMatch(
      /"Olga Okafor","U0OLGA","share.approved","Olga Okafor approved the request to share db-recorded"/,
    );
    expect(csv).toContain(`“${REASON}”`);
  });

  it('goes to the person alone where they choose so, or where the bot is not in the channel', async () => {
    await olga.types('audit payments');
    const list = await olga.hears(/Record of payments/);
    await olga.presses(list, 'Export as CSV…');
    await olga.form(/comma-separated/);
    await olga.handsIn();
    const direct = await olga.isTold(/^Record of payments/);
    await olga.hears(/✅ Exported/);
    expect(await fileIn(direct)).toContain('share.approved');

    await olga.types('audit payments', CHANNELS.platform);
    const elsewhere = await olga.hears(/Record of payments/, CHANNELS.platform);
    await olga.presses(elsewhere, 'Export as CSV…');
    await olga.form(/comma-separated/);
    await olga.handsIn({ 'Where to': 'Into a thread in this channel' });
    await olga.hears(/The bot may not write in <#C0PLATFORM>/, CHANNELS.platform);
    expect((await olga.directMessages()).filter((post) => post.text.startsWith('Record of payments'))).toHaveLength(2);
  });

  it('is not shown to those who only ask', async () => {
    await robin.types('audit payments');
    await robin.hears(/⛔ Only the owners, operators and admins of payments read its record/);
  });
});
