import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BotWorld, CHANNELS, startBotWorld } from '../support/bot-world.ts';
import { databases } from '../support/databases.ts';
import { buttons, headline, type Player, type Post } from '../support/player.ts';
import { eventually } from '../support/slack-person.ts';

const WHY = 'The release broke the settlement tables (PAY-2231)';

describe.each(databases)('backups are made, restored and deleted, on $name', (database) => {
  let world: BotWorld;
  let robin: Player;
  let olga: Player;
  let omar: Player;

  beforeAll(async () => {
    world = await startBotWorld({ database });
    robin = world.player('requester');
    olga = world.player('firstOwner');
    omar = world.player('operator');
  });
  afterEach(async () => {
    await world.mend();
    expect(world.takeErrors()).toEqual([]);
  });
  afterAll(() => world.close());

  /** Asks for a disk to be overwritten, and waits for the card. */
  async function asksToRestore(backup: string, disk: string): Promise<Post> {
    await robin.types(`restore payments ${backup}`);
    await robin.form(/\*Backup\* {2}/);
    await robin.chooses('Disk to overwrite', disk);
    await robin.form(/This overwrites everything on/);
    const handed = await robin.handsIn({ 'Type the disk’s name to confirm': disk, Why: WHY });
    expect(handed).toEqual({ action: 'clear', errors: {} });
    return olga.card(CHANNELS.payments, new RegExp(`^⏳ .*: restore ${backup}`));
  }

  /** Asks for a backup to be deleted, and waits for the card. */
  async function asksToDelete(backup: string): Promise<Post> {
    await robin.types(`delete payments ${backup}`);
    await robin.form(/cannot be brought back/);
    const handed = await robin.handsIn({ 'Type the backup’s name to confirm': backup, Why: WHY });
    expect(handed).toEqual({ action: 'clear', errors: {} });
    return olga.card(CHANNELS.payments, new RegExp(`^⏳ .*: delete ${backup}`));
  }

  const backupsNamed = (name: string) => [...world.simulator.world.backups.all()].filter((one) => one.name === name);

  it('leads from a disk over the form to a backup', async () => {
    await omar.types('backup payments payments-staging');
    await omar.form(/\*Disk\* {2}payments-staging/);
    const handed = await omar.handsIn({ 'Name of the backup': 'lab-before-upgrade', Tags: 'team=lab\nkeep=yes' });
    expect(handed).toEqual({ action: 'clear', errors: {} });
    await omar.hears(/Backing up: payments-staging \(payments\) as lab-before-upgrade/);
    const card = await omar.card(CHANNELS.alerts, /lab-before-upgrade/);
    const done = await omar.cardNow(card, /^✅ Backed up: payments-staging \(payments\) as lab-before-upgrade/);
    expect(done.text).toContain('Tags: team=lab and keep=yes');
    expect(buttons(done)).toEqual([]);
    expect(backupsNamed('lab-before-upgrade')).toMatchObject([{ status: 'available', isIncremental: true }]);
    await omar.isTold(/Backed up: payments-staging \(payments\) as lab-before-upgrade/);
    await omar.reply(card, /the cloud shows it/);
  });

  it('says at each field what the cloud would refuse', async () => {
    await omar.types('backup payments payments-staging');
    await omar.form(/\*Disk\* {2}payments-staging/);
    expect((await omar.handsIn({ 'Name of the backup': 'auto lab', Tags: 'team' })).errors).toEqual({
      Tags: '“team” has no “=”: write key=value, one a line.',
    });
    const wrong = { 'Name of the backup': 'autolab', Tags: 'a=1\na=2', Description: 'a <b>', 'Snapshot id': 'S1' };
    expect((await omar.handsIn(wrong)).errors).toEqual({
      'Name of the backup': 'Names that begin with “auto” belong to the cloud; choose another one.',
      Tags: 'Each key may stand here once.',
      Description: 'The cloud does not take all of these characters: < >',
      'Snapshot id': '“S1” is no snapshot id: that is a UUID.',
    });
    await omar.closes();
  });

  it('finds disks by name, by the names of their backups and by id, and takes an id that nothing is known of', async () => {
    world.backup('ledger-special', { disk: 'payments-ledger' });
    await omar.types('backup payments');
    const found = async (query: string) => (await omar.searches('Disk', query)).map(({ text }) => text);
    expect(await found('ledger-special')).toEqual(['payments-ledger']);
    expect(await found('payments db')).toEqual(['payments-db-1', 'payments-db-2']);
    const unknown = 'ABCDEF01-0000-4000-8000-000000000000';
    expect(await found(unknown)).toEqual([unknown.toLowerCase()]);
    await omar.closes();
  });

  it('offers another try where a job fails, which then goes through', async () => {
    world.simulator.setFaults({ failNextBackup: { diskId: 'payments-reports' } });
    await omar.types('backup payments payments-reports');
    await omar.form(/\*Disk\* {2}payments-reports/);
    await omar.handsIn({ 'Name of the backup': 'reports-again' });
    const card = await omar.card(CHANNELS.alerts, /reports-again/);
    const failed = await omar.cardNow(card, /^❌ Not backed up: payments-reports/);
    expect(buttons(failed)).toEqual(['Try again']);
    await omar.isTold(/Not backed up: payments-reports.*Try again/s);
    await omar.presses(failed, 'Try again');
    await omar.cardNow(card, /^✅ Backed up: payments-reports \(payments\) as reports-again/);
  });

  it('finds a backup whose answer was lost, and makes it once', async () => {
    world.trouble({ route: 'cloudbackups.create', kind: 'cut_after', times: 1 });
    await omar.types('backup payments payments-archive');
    await omar.form(/\*Disk\* {2}payments-archive/);
    await omar.handsIn({ 'Name of the backup': 'archive-once' });
    const card = await omar.card(CHANNELS.alerts, /archive-once/);
    await omar.cardNow(card, /^✅ Backed up: payments-archive/);
    expect(backupsNamed('archive-once')).toHaveLength(1);
  });

  it('overwrites a disk only once an owner approves, and never on the word of who asked', async () => {
    world.backup('db-good');
    const card = await asksToRestore('db-good', 'payments-db-2');
    expect(headline(card)).toBe('⏳ Waiting for 1 more approval: restore db-good (payments) to payments-db-2');
    expect(card.text).toContain('Overwrites: payments-db-2');
    expect(card.text).toContain(`Why: ${WHY}`);
    expect(buttons(card)).toEqual(['Approve', 'Reject…', 'Withdraw']);
    await robin.typesAndHears('requests', /restore db-good/);
    await olga.typesAndHears('requests', /Waiting for you.*restore db-good/s);
    await robin.presses(card, 'Approve');
    await robin.hears(/Only the owners of payments decide/, CHANNELS.payments);
    expect(world.calls('cloudbackups.restore')).toBe(0);
    await Promise.all([olga.presses(card, 'Approve'), olga.presses(card, 'Approve')]);
    const done = await olga.cardNow(card, /^✅ Restored: db-good \(payments\) to payments-db-2/);
    expect(done.text).toContain('The data of the backup is on payments-db-2 now.');
    expect(world.calls('cloudbackups.restore')).toBe(1);
    await robin.isTold(/Restored: db-good \(payments\) to payments-db-2; approved by/);
  });

  it('refuses a disk that is too small, and what is not confirmed', async () => {
    world.backup('db-large');
    await robin.types('restore payments db-large');
    await robin.form(/\*Backup\* {2}/);
    await robin.chooses('Disk to overwrite', 'payments-lab');
    await robin.form(/too small.*20 GiB as of its newest backup, the backup needs 100 GiB/s);
    await robin.chooses('Disk to overwrite', 'payments-db-2');
    await robin.form(/This overwrites everything on/);
    const handed = await robin.handsIn({ 'Type the disk’s name to confirm': 'payments-db-1', Why: WHY });
    expect(handed.errors).toEqual({
      'Type the disk’s name to confirm': 'This is not “payments-db-2”: everything on that disk would be lost.',
    });
    await robin.closes();
  });

  it('says that it is not certain where the answer to a restoration was lost, and does not repeat it', async () => {
    world.backup('db-lost');
    const card = await asksToRestore('db-lost', 'payments-db-2');
    const before = world.calls('cloudbackups.restore');
    world.trouble({ route: 'cloudbackups.restore', kind: 'cut_before', times: 1 });
    await olga.presses(card, 'Approve');
    const unsure = await olga.cardNow(card, /^⚠️ Not certain whether db-lost \(payments\) was restored/);
    expect(unsure.text).toContain('The bot does not repeat it');
    expect(buttons(unsure)).toEqual([]);
    expect(world.calls('cloudbackups.restore') - before).toBeLessThanOrEqual(1);
    await robin.isTold(/It is not certain whether db-lost \(payments\) was restored/);
  });

  it('deletes a backup that an owner gave up', async () => {
    const id = world.backup('db-old');
    const card = await asksToDelete('db-old');
    await olga.presses(card, 'Approve');
    await olga.cardNow(card, /^⚙️ Deleting: db-old/);
    await eventually(() => world.simulator.world.backups.get(id)?.status === 'deleting', { what: 'the call' });
    world.clock.advance(11_000);
    await olga.cardNow(card, /^✅ Deleted: db-old \(payments\)/);
    expect(world.simulator.world.backups.get(id)).toBeUndefined();
    await robin.isTold(/Deleted: db-old \(payments\); approved by/);
  });

  it('keeps what is rejected, with the reason, and what is withdrawn', async () => {
    const id = world.backup('db-kept');
    const card = await asksToDelete('db-kept');
    await olga.presses(card, 'Reject…');
    await olga.form(/asks to delete db-kept/);
    await olga.handsIn({ 'Why not': 'The auditors need it.' });
    const rejected = await olga.cardNow(card, /^⛔ Rejected: delete db-kept/);
    expect(rejected.text).toContain('“The auditors need it.”');
    expect(buttons(rejected)).toEqual([]);
    await robin.isTold(/was rejected by .*“The auditors need it.”/);

    const again = await asksToDelete('db-kept');
    await olga.presses(again, 'Withdraw');
    await olga.hears(/Only the person who asked can withdraw/, CHANNELS.payments);
    await robin.presses(again, 'Withdraw');
    await olga.cardNow(again, /^↩️ Withdrawn: delete db-kept/);
    expect(world.simulator.world.backups.get(id)?.status).toBe('available');
  });

  it('lets a request lapse that nobody decides on', async () => {
    world.backup('db-lapses');
    const card = await asksToDelete('db-lapses');
    world.clock.advance(3 * 24 * 3_600_000 + 1_000);
    const lapsed = await olga.cardNow(card, /^⌛ Expired: delete db-lapses/);
    expect(lapsed.text).toContain('`/vbs delete` asks again.');
    await robin.isTold(/to delete db-lapses .* expired/);
  });

  it('refuses to delete what is shared, at once and right before the call', async () => {
    const id = world.backup('db-shared');
    const card = await asksToDelete('db-shared');
    world.simulator.plant({ sharings: [{ backup: id, to: 'analytics', createdAt: world.clock.now() }] });
    await robin.types('delete payments db-shared');
    await robin.form(/It is shared with analytics, which would lose it/);
    expect((await robin.handsIn()).action).toBe('update');
    await robin.closes();
    await olga.presses(card, 'Approve');
    const failed = await olga.cardNow(card, /^❌ Not deleted: db-shared/);
    expect(failed.text).toContain('The backup is shared with other projects');
    expect(world.simulator.world.backups.get(id)?.status).toBe('available');
    expect(buttons(failed)).toEqual(['Try again']);
  });

  it('takes nothing from people without the right', async () => {
    const nia = world.player('nobody');
    await nia.types('backup payments');
    await nia.hears(/Only the operators and admins of payments back up its disks/);
    await nia.types('delete payments');
    await nia.hears(/Only the people of payments ask for this/);
    await robin.types('backup payments');
    await robin.hears(/Only the operators and admins of payments back up its disks/);
  });
});
