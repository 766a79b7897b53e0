import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { databases } from '../support/databases.ts';
import type { Player } from '../support/player.ts';

describe.each(databases)('the tags of policies on $name', (database) => {
  let world: BotWorld;
  let ada: Player;
  let robin: Player;

  beforeAll(async () => {
    world = await startBotWorld({ database });
    ada = world.player('admin');
    robin = world.player('requester');
  });
  afterEach(async () => {
    await world.mend();
    expect(world.takeErrors()).toEqual([]);
  });
  afterAll(() => world.close());

  const tagsOf = (policy: string) =>
    Object.fromEntries(
      ([...world.simulator.world.policies.all()].find(({ name }) => name === policy)?.tags ?? []).map(
        ({ key, value }) => [key, value],
      ),
    );

  it('are added, several at once, with what is wrong said at the field', async () => {
    await ada.types('tags payments nightly');
    await ada.form(/\*nightly\* \(payments\) · 2 tags.*stage=production.*team=payments/s);
    await ada.pressesInForm('Add or change several…');
    await ada.form(/At most 10 tags a policy/);
    const errors = async (entries: Record<string, string>) => (await ada.handsIn(entries)).errors['Tags'];
    expect(await errors({ Tags: 'stage=test' })).toBe('The policy has stage already: choose “Change” for it.');
    expect(await errors({ Tags: 'new key=1' })).toBe('The cloud does not take all of these characters: new key=1');
    expect(await errors({ 'What to do': 'Remove', Tags: 'colour' })).toBe(
      'The policy has no tag colour: it has stage, team.',
    );
    await ada.handsIn({ 'What to do': 'Add', Tags: 'owner=ada\n\ncompliance = pci\nempty' });
    await ada.form(/✅ 3 tags added to policy nightly \(payments\)/);
    await ada.closes();
    expect(tagsOf('nightly')).toEqual({
      stage: 'production',
      team: 'payments',
      owner: 'ada',
      compliance: 'pci',
      empty: '',
    });
    await robin.card(CHANNELS.payments, /^✅ 3 tags added to policy nightly \(payments\) by Ada Adeyemi/);
  });

  it('are changed and removed, one by one or several at once', async () => {
    await ada.types('policy payments nightly');
    await ada.form(/\*nightly\*/);
    await ada.pressesInForm('Tags…');
    await ada.form(/5 tags/);
    const button = (await ada.form()).blocks.findIndex((block) => JSON.stringify(block).includes('Change owner'));
    expect(button).toBeGreaterThan(0);
    await ada.clicks({ action_id: 'tags:edit#2', block_id: String((await ada.form()).blocks[button]?.['block_id']) });
    await ada.form(/At most 10 tags a policy/);
    await ada.handsIn({ Tags: 'owner=grace' });
    await ada.form(/✅ Tag owner set on policy nightly \(payments\)/);
    expect(tagsOf('nightly')).toMatchObject({ owner: 'grace' });
    await ada.pressesInForm('Show the policy');
    await ada.form(/\*nightly\*/);
    await ada.pressesInForm('Tags…');
    await ada.form(/5 tags/);
    await ada.pressesInForm('Add or change several…');
    await ada.form(/At most 10 tags a policy/);
    await ada.handsIn({ 'What to do': 'Remove', Tags: 'owner\ncompliance' });
    await ada.form(/✅ 2 tags removed from policy nightly \(payments\)/);
    await ada.closes();
    expect(tagsOf('nightly')).toEqual({ stage: 'production', team: 'payments', empty: '' });
  });

  it('are all shown, and find the policies that have them', async () => {
    await robin.types('tags payments');
    await robin.form(/compliance: sox.*stage: production, test.*team: payments, reporting/s);
    expect((await robin.handsIn({ 'Find policies by tag': 'stage=test\nstage=production' })).errors).toEqual({
      'Find policies by tag': 'Each key may stand here once; part several values by commas.',
    });
    await robin.handsIn({ 'Find policies by tag': 'stage=production' });
    await robin.form(/\*2 policies of payments have stage=production\*.*nightly.*ledger-hourly/s);
    await robin.handsIn({ 'Find policies by tag': 'stage=production,test\nteam' });
    await robin.form(/\*2 policies of payments have stage=production or test and team\*/);
    await robin.handsIn({ 'Find policies by tag': 'stage=nowhere' });
    await robin.form(/No policy of payments has stage=nowhere/);
    await robin.handsIn({ 'Find policies by tag': 'compliance' });
    await robin.form(/\*1 policy of payments has compliance\*/);
    await robin.pressesInForm('Show', /ledger-hourly/);
    await robin.form(/\*ledger-hourly\* \(payments\) · on · 1 disk/);
    await robin.closes();
  });

  it('are changed by admins alone', async () => {
    await robin.types('tags payments nightly');
    const view = await robin.form(/\*nightly\*/);
    expect(JSON.stringify(view.blocks)).not.toMatch(/Change…|Remove|several/);
    await robin.closes();
  });
});
