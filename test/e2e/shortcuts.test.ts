import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import type { Player, Post } from '../support/player.ts';
import { REASON } from './acts.ts';

describe('shortcuts', () => {
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

  /** A message in a channel, as an app of somebody else would write it. */
  const written = async (text: string): Promise<Post> => {
    const answer = await fetch(`${world.slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.slack.tokens.bot}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: CHANNELS.general, text }),
    });
    expect(await answer.json()).toMatchObject({ ok: true });
    return robin.card(CHANNELS.general, new RegExp(text.slice(0, 20).replaceAll(/[^\w ]/g, '.')));
  };

  it('open the form from anywhere', async () => {
    await robin.runs('share:anywhere');
    await robin.chooses('Project', 'payments');
    await robin.form(/Nothing is shared before 1 owner of payments approves/);
    await robin.closes();
  });

  it('open the form filled in with the backup that a message names, and ask for it', async () => {
    world.backup('db-named-here');
    await robin.runs('share:named-here', await written('The bug came back in db-named-here, can someone look?'));
    await robin.form(/\*Backup\* {2}db-named-here/);
    await robin.handsIn({ 'Share with': ['analytics'], Why: REASON });
    await olga.card(CHANNELS.payments, /db-named-here/);
  });

  it('know a backup by its id as well, and one of the bot’s own cards', async () => {
    const id = world.backup(null);
    await robin.runs('share:named-here', await written(`id: ${id}`));
    await robin.form(new RegExp(`\\*Backup\\* {2}unnamed \\(${id.slice(0, 8)}\\)`));
    await robin.closes();
    const card = await olga.card(CHANNELS.payments, /db-named-here/);
    await robin.runs('share:named-here', card);
    await robin.form(/\*Backup\* {2}db-named-here/);
    await robin.closes();
  });

  it('ask which one where a message names several', async () => {
    world.backup('db-first');
    world.backup('db-second');
    await robin.runs('share:named-here', await written('Compare db-first with db-second'));
    await robin.form(/The message names 2 backups/);
    await robin.handsIn({ Backup: 'db-second (payments)' });
    await robin.form(/\*Backup\* {2}db-second/);
    await robin.closes();
  });

  it('say what to do where a message names none, and which projects were not looked at', async () => {
    world.simulator.setFaults({ projectDown: { project: 'analytics' } });
    await robin.runs('share:named-here', await written('Nothing to see here'));
    await robin.form(/names no backup.*`\/vbs share` lets you search.*Backups of analytics were not looked at/s);
    await robin.closes();
  });

  it('tell those who may ask nowhere', async () => {
    const nia = world.player('nobody');
    await nia.runs('share:anywhere');
    await nia.form(/There is no project in which you may do this/);
    await nia.runs('share:named-here', await written('db-first for Nia'));
    await nia.form(/There is no project in which you may do this/);
  });

  it('open at once, however long the cloud takes', async () => {
    world.simulator.setFaults({ routes: [{ route: 'backups.summary', kind: 'latency', ms: 1_500 }] });
    const post = await written('db-second once more');
    await robin.runs('share:named-here', post);
    await robin.form(/Looking for the backups/);
    await robin.form(/\*Backup\* {2}db-second/);
    await robin.closes();
  });
});
