import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PEOPLE } from '../../src/sandbox/demo-settings.ts';
import { DEMO_PROJECTS } from '../../src/sandbox/vbs/seed.ts';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { databases } from '../support/databases.ts';
import { buttons, type Player } from '../support/player.ts';

const ADA = DEMO_PEOPLE.admin.id;
const PIOTR = DEMO_PEOPLE.secondOwner.id;

describe.each(databases)('changing policies on $name', (database) => {
  let world: BotWorld;
  let ada: Player;
  let piotr: Player;
  let robin: Player;

  beforeAll(async () => {
    world = await startBotWorld({ database, projects: { payments: { admins: { users: [ADA, PIOTR] } } } });
    ada = world.player('admin');
    piotr = world.player('secondOwner');
    robin = world.player('requester');
  });
  afterEach(async () => {
    await world.mend();
    expect(world.takeErrors()).toEqual([]);
  });
  afterAll(() => world.close());

  const inCloud = (name: string) => [...world.simulator.world.policies.all()].filter((policy) => policy.name === name);
  const card = (words: RegExp) => robin.card(CHANNELS.payments, words);

  it('makes one that says in words what it will do while its form is filled in', async () => {
    await ada.types('policy payments new');
    await ada.form(/\*Runs\* {2}every day at 01:00 \(UTC\+01:00\)/);
    await ada.chooses('Time zone', 'UTC+08:00');
    await ada.form(/\*Runs\* {2}every day at 01:00 \(UTC\+08:00\)/);
    await ada.chooses('Start times', ['02:00', '22:00']);
    await ada.chooses('How often', 'On days of the week');
    await ada.chooses('Days of the week', ['Saturday']);
    const form = await ada.form(/\*Runs\* {2}on Sat at 02:00 and 22:00 \(UTC\+08:00\)/);
    // 02:00 on Saturday in UTC+08:00 is 18:00 on Friday in UTC.
    expect(JSON.stringify(form.blocks)).toContain(`<!date^${Date.UTC(2026, 10, 20, 18) / 1_000}^`);
    await ada.chooses('How many backups', '1');
    await ada.form(/\*Keeps\* {2}not said yet: a whole number from 2 to 99/);
    expect(await ada.handsIn({ Name: 'nightly' })).toMatchObject({
      errors: { Name: 'payments has a policy of this name already: choose another one.' },
    });
    expect(await ada.handsIn({ Name: 'default-weekend' })).toMatchObject({
      errors: {
        Name: 'Names that begin with “default” belong to the cloud; choose another one.',
        'How many backups': 'Give a whole number, 2–99.',
      },
    });
    await ada.chooses('How many backups', '30');
    expect(await ada.handsIn({ Name: 'weekend', Tags: 'team=data\nnew stage=test' })).toMatchObject({
      errors: { Tags: 'The cloud does not take all of these characters: new stage=test' },
    });
    await ada.chooses('Days of the week', ['Saturday', 'Sunday']);
    const again = await ada.form(/\*Runs\* {2}on Sat and Sun/);
    expect(JSON.stringify(again.blocks)).toContain('"initial_value":"team=data\\nnew stage=test"');
    await ada.chooses('Days of the week', ['Saturday']);
    await ada.form(/\*Runs\* {2}on Sat at/);
    await ada.handsIn({ Tags: 'team=data\n\n stage = test' });
    await ada.form(/✅ Policy weekend \(payments\) created/);
    expect(inCloud('weekend')).toMatchObject([
      { startTimes: ['18:00', '14:00'], weekdays: ['SAT'], timeZone: 'UTC+08:00', retentionNum: 30, status: 'ON' },
    ]);
    expect(inCloud('weekend').map(({ tags }) => tags)).toEqual([
      [
        { key: 'team', value: 'data' },
        { key: 'stage', value: 'test' },
      ],
    ]);
    await card(/^✅ Policy weekend \(payments\) created by Ada Adeyemi.*team=data and stage=test/s);
    await ada.typesAndHears('audit payments', /create the policy weekend with the tags team=data, stage=test/);
    await ada.pressesInForm('Show the policy');
    await ada.form(/\*weekend\* \(payments\) · on · no disks/);
    await ada.closes();
    const list = await robin.typesAndHears('policies payments', /weekend · on/);
    expect(list.text).toContain('on Sat at 02:00 and 22:00 (UTC+08:00) · keeps the last 30 backups');
    expect(buttons(list)).not.toContain('New policy');
  });

  it('changes one, telling on the card what became another', async () => {
    await ada.types('policy payments weekend');
    await ada.form(/\*weekend\*/);
    await ada.pressesInForm('Edit…');
    await ada.form(/\*Keeps\* {2}the last 30 backups/);
    await ada.chooses('Time zone', 'UTC+05:30');
    await ada.form(/at full hours of UTC\. In UTC\+05:30 that is at 30 min past the hour/);
    await ada.chooses('How often', 'Every so many days');
    await ada.chooses('Days', 'Every 2 days');
    await ada.form(/counted from a day that the cloud does not tell/);
    await ada.chooses('What is kept', 'Backups of the last days');
    await ada.handsIn({ Name: 'every-other-day', 'How many days': '60' });
    await ada.form(/✅ Policy weekend \(payments\) changed/);
    await ada.closes();
    expect(inCloud('every-other-day')).toMatchObject([
      { startTimes: ['21:00', '17:00'], frequency: 2, timeZone: 'UTC+05:30', retentionNum: null, retentionDays: 60 },
    ]);
    const post = await card(/^✅ Policy weekend \(payments\) changed/);
    expect(post.text).toMatch(/every-other-day \(before: weekend\)/);
    expect(post.text).toMatch(/every 2 days at 02:30 and 22:30 \(UTC\+05:30\)/);
  });

  it('switches one off and on', async () => {
    await ada.types('policy payments nightly');
    await ada.form(/\*nightly\* \(payments\) · on · 4 disks/);
    await ada.pressesInForm('Disable');
    await ada.form(/✅ Policy nightly \(payments\) disabled/);
    await ada.pressesInForm('Show the policy');
    await ada.form(/\*nightly\* \(payments\) · off · 4 disks.*none while it is off; were it on/s);
    expect(inCloud('nightly')).toMatchObject([{ status: 'OFF' }]);
    await ada.pressesInForm('Enable');
    await ada.form(/✅ Policy nightly \(payments\) enabled/);
    await ada.closes();
    expect(inCloud('nightly')).toMatchObject([{ status: 'ON' }]);
    await card(/^✅ Policy nightly \(payments\) enabled by Ada Adeyemi/);
  });

  it('deletes one once its name was typed, and names the disks that lose their protection', async () => {
    await ada.types('policy payments ledger-hourly');
    await ada.form(/\*ledger-hourly\*/);
    await ada.pressesInForm('Delete…');
    await ada.form(/1 disk is no longer backed up by a policy:.*payments-ledger/s);
    const label = 'Type ledger-hourly to confirm';
    expect((await ada.handsIn({ [label]: 'ledger' })).errors).toEqual({
      [label]: 'Type the policy’s name as it is: ledger-hourly',
    });
    await ada.handsIn({ [label]: 'ledger-hourly' });
    const done = await ada.form(/✅ Policy ledger-hourly \(payments\) deleted/);
    expect(JSON.stringify(done.blocks)).not.toContain('Show the policy');
    await ada.closes();
    expect(inCloud('ledger-hourly')).toEqual([]);
    expect((await card(/^✅ Policy ledger-hourly \(payments\) deleted/)).text).toContain('payments-ledger');
  });

  it('is for admins alone, who are named to others', async () => {
    await robin.types('policy payments nightly');
    const view = await robin.form(/\*nightly\*/);
    expect(JSON.stringify(view.blocks)).not.toMatch(/Edit…|Delete…|Disable/);
    await robin.closes();
    await robin.typesAndHears(
      'policy payments new',
      /⛔ Only the admins of payments change its policies: <@U0ADA> and <@U0PIOTR>/,
    );
  });

  it('makes one policy of a form that is handed in twice', async () => {
    const before = world.calls('policies.create');
    await ada.types('policy analytics new');
    await ada.form(/A new backup policy in analytics/);
    await Promise.all([ada.handsIn({ Name: 'twice' }), ada.handsIn({ Name: 'twice' })]);
    await ada.form(/✅ Policy twice \(analytics\) created/);
    await ada.closes();
    expect(world.calls('policies.create') - before).toBe(1);
    expect(inCloud('twice')).toHaveLength(1);
  });

  it('opens at once while the cloud is slow, and says why where it answers nothing of use', async () => {
    world.trouble({ route: 'policies.list', kind: 'latency', ms: 1_500, times: 1, skip: 0 });
    await ada.types('policy payments new');
    await ada.form(/⚙️ Reading the policies of payments/);
    await ada.form(/A new backup policy in payments/);
    await ada.closes();
    world.trouble({ route: 'policies.list', kind: 'truncated', skip: 0 });
    await ada.types('policy payments new');
    await ada.form(/❌ The cloud answered something that the bot does not understand/);
    await ada.closes();
  });

  it('carries out later what was asked for while the cloud was down', async () => {
    await ada.types('policy analytics new');
    await ada.form(/A new backup policy in analytics/);
    world.trouble({ route: 'policies.list', kind: 'status', status: 503, skip: 0 });
    await ada.handsIn({ Name: 'patient' });
    await ada.form(/⚙️ Creating: policy patient \(analytics\)/);
    await robin.card(CHANNELS.analytics, /^⚙️ .*policy patient/);
    expect(inCloud('patient')).toEqual([]);
    await world.mend();
    await robin.card(CHANNELS.analytics, /^✅ Policy patient \(analytics\) created/);
    await ada.closes();
    expect(inCloud('patient')).toHaveLength(1);
  });

  it('lets the later of two admins know that their form is out of date', async () => {
    await ada.types('policy payments reports-weekdays');
    await ada.form(/\*reports-weekdays\*/);
    await ada.pressesInForm('Edit…');
    await ada.form(/\*Keeps\* {2}backups for 30 days/);
    await piotr.types('policy payments reports-weekdays');
    await piotr.form(/\*reports-weekdays\*/);
    await piotr.pressesInForm('Edit…');
    await piotr.form(/\*Keeps\* {2}backups for 30 days/);
    await ada.handsIn({ 'How many days': '40' });
    await ada.form(/✅ Policy reports-weekdays \(payments\) changed/);
    await ada.closes();
    await piotr.handsIn({ 'How many days': '50' });
    await piotr.form(/❌ .* not changed.*changed by someone else while the form was open\. Open it again/s);
    await piotr.closes();
    expect(inCloud('reports-weekdays')).toMatchObject([{ retentionDays: 40 }]);
  });

  it('says why the cloud would not have an eleventh, and what to do', async () => {
    const there = [...world.simulator.world.policiesOf(DEMO_PROJECTS.payments)].length;
    for (let at = there; at < 10; at += 1) {
      await ada.types('policy payments new');
      await ada.form(/A new backup policy/);
      await ada.handsIn({ Name: `more-${at}` });
      await ada.form(/✅ Policy more-\d \(payments\) created/);
      await ada.closes();
    }
    await ada.types('policy payments new');
    await ada.form(/⚠️ payments has 10 policies, and the cloud takes 10 in a project\. Delete one first/);
    await ada.handsIn({ Name: 'eleventh' });
    await ada.form(/❌.*has 10 policies already, which is the most\. Delete one of them first/s);
    await ada.closes();
  });
});
