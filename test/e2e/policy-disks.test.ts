import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wordsIn } from '../support/blocks.ts';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { databases } from '../support/databases.ts';
import type { Player } from '../support/player.ts';

const NO_DISK = '99999999-9999-4999-8999-999999999999';

describe.each(databases)('the disks of policies on $name', (database) => {
  let world: BotWorld;
  let ada: Player;
  let robin: Player;

  beforeAll(async () => {
    world = await startBotWorld({ database });
    ada = world.player('admin');
    robin = world.player('requester');
    // The first sweep tells which disk is in which policy.
    await robin.card(CHANNELS.alerts, /nightly \(payments\)/);
  });
  afterEach(async () => {
    await world.mend();
    expect(world.takeErrors()).toEqual([]);
  });
  afterAll(() => world.close());

  const disk = (name: string) => {
    const found = [...world.simulator.world.disks.all()].find((one) => one.name === name);
    if (!found) throw new Error(`no disk ${name}`);
    return found.id;
  };
  const disksOf = (policy: string) =>
    [...world.simulator.world.policies.all()].find(({ name }) => name === policy)?.diskIds ?? [];
  const opens = async (policy: string) => {
    await ada.types(`policy payments ${policy}`);
    await ada.form(new RegExp(`\\*${policy}\\*`));
  };

  it('are told as far as they are known, and what is not', async () => {
    await robin.types('policy payments nightly');
    await robin.form(/payments-db-1.*payments-db-2.*payments-web-1.*payments-web-2/s);
    await robin.closes();
    await robin.types('policy payments reports-weekdays');
    await robin.form(/0 of 1 disk is known\. The cloud tells only how many disks a policy has/);
    await robin.closes();
  });

  it('move, after it was said from which policy each is taken', async () => {
    await opens('ledger-hourly');
    await ada.pressesInForm('Add disks…');
    await ada.form(/A disk belongs to one policy/);
    expect((await ada.searches('Disks', 'nightly')).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['payments-db-1', 'payments-db-2', 'payments-web-1', 'payments-web-2']),
    );
    await ada.chooses('Disks', ['payments-db-1', 'payments-archive']);
    await ada.form(/⚠️ payments-db-1 is taken from nightly\..*payments-archive is in no policy, as far as is known/s);
    await ada.handsIn();
    await ada.form(/✅ 2 disks added to policy ledger-hourly \(payments\)/);
    expect(disksOf('nightly')).not.toContain(disk('payments-db-1'));
    expect(disksOf('ledger-hourly')).toEqual(
      expect.arrayContaining([disk('payments-db-1'), disk('payments-archive'), disk('payments-ledger')]),
    );
    await ada.pressesInForm('Show the policy');
    await ada.form(/ledger-hourly.*3 disks.*payments-archive.*payments-db-1.*payments-ledger/s);
    await ada.closes();
    const card = await robin.card(CHANNELS.payments, /^✅ 2 disks added to policy ledger-hourly/);
    expect(card.text).toContain('policy nightly: payments-db-1');
  });

  it('fail one by one, which the form and the card tell disk by disk', async () => {
    await opens('nightly');
    await ada.pressesInForm('Add disks…');
    await ada.form(/A disk belongs to one policy/);
    expect((await ada.handsIn({})).errors).toEqual({ Disks: 'Choose at least one disk.' });
    expect((await ada.handsIn({ 'Other disks, by id': 'payments-lab' })).errors).toEqual({
      'Other disks, by id': '“payments-lab” is no disk id: that is a UUID.',
    });
    await ada.chooses('Disks', ['payments-lab']);
    await ada.handsIn({ 'Other disks, by id': NO_DISK });
    const words =
      /⚠️ 1 of 2 disks added to policy nightly \(payments\).*❌ disk 99999999: not added.*✅ payments-lab: added/s;
    await ada.form(words);
    await ada.closes();
    expect((await robin.card(CHANNELS.payments, /1 of 2 disks added/)).text).toMatch(words);
    expect(disksOf('nightly')).toContain(disk('payments-lab'));
  });

  it('are typed by their ids, half of one being no disk yet', async () => {
    await opens('nightly');
    await ada.pressesInForm('Add disks…');
    await ada.form(/A disk belongs to one policy/);
    for (const typed of ['9', '99999999-9999', 'x'.repeat(200), NO_DISK])
      await ada.chooses('Other disks, by id', typed);
    const form = await ada.form(/• disk 99999999 is in no policy, as far as is known\./);
    expect(wordsIn(form.blocks).match(/as far as is known/g)).toHaveLength(1);
    expect(form.state.values['disks']).toEqual({
      'policy:find-disks': { type: 'multi_external_select', selected_options: [] },
    });
    await ada.handsIn();
    await ada.form(/❌ .*nightly \(payments\)/);
    await ada.closes();
  });

  it('are taken out, found among those that are known to be in it', async () => {
    await opens('nightly');
    await ada.pressesInForm('Remove disks…');
    await ada.form(/no longer backed up, unless it is added to another policy/);
    const offered = (await ada.searches('Disks', '')).map(({ text }) => text);
    expect(offered).toEqual(['payments-db-2', 'payments-lab', 'payments-web-1', 'payments-web-2']);
    await ada.chooses('Disks', ['payments-lab']);
    await ada.form(/⚠️ payments-lab is no longer backed up by a policy/);
    await ada.handsIn();
    await ada.form(/✅ 1 disk taken out of policy nightly \(payments\)/);
    await ada.closes();
    expect(disksOf('nightly')).not.toContain(disk('payments-lab'));
    await robin.card(CHANNELS.payments, /^✅ 1 disk taken out of policy nightly \(payments\) by Ada Adeyemi/);
  });
});
