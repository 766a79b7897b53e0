import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotAllowed } from '../../../src/core/errors.ts';
import { CloudError } from '../../../src/core/failure.ts';
import { policiesInteractions } from '../../../src/slack/policies/interactions.ts';
import { type CoreWorld, createCoreWorld, OPERATOR, REQUESTER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { type Acting, acting } from './acting.ts';

describe.each(databases.slice(0, 1))('/vbs policies', (database) => {
  let world: CoreWorld;

  beforeEach(async () => {
    world = await createCoreWorld(database, { project: { requesters: { users: [REQUESTER], groups: [] } } });
  });
  afterEach(() => world.close());

  const play = (user: string) => acting(world.core, user, policiesInteractions);
  const heard = (person: Acting) => person.said.at(-1);
  const buttons = (person: Acting) => JSON.stringify(heard(person)).match(/"text":"Run now"/g) ?? [];

  it('shows what the cloud has now, with the last runs that the bot has seen', async () => {
    await world.work();
    const person = play(REQUESTER);
    await person.command('policies payments');
    expect(heard(person)?.text).toBe(
      [
        'Policies of payments, 1–3 of 3',
        [
          'nightly · on · 4 disks',
          'Schedule: every day at 02:00 (UTC+01:00) · keeps the last 30 backups, and the first of each month',
          'Last run: ❌ Backup failed, 1 of 4 disks, <!date^1795136400^{date_short_pretty} at {time}|20 Nov 2026, 01:00 UTC>',
        ].join('\n'),
        [
          'ledger-hourly · on · 1 disk',
          'Schedule: every hour (UTC) · keeps the last 24 backups',
          'Last run: ✅ Backed up, 1 disk in 2 min 10 s, <!date^1795176000^{date_short_pretty} at {time}|20 Nov 2026, 12:00 UTC>',
        ].join('\n'),
        [
          'reports-weekdays · off · 1 disk',
          'Schedule: off; when on, on Mon, Tue, Wed, Thu and Fri at 18:00 (UTC) · keeps backups for 30 days',
          'Last run: none seen yet',
        ].join('\n'),
      ].join('\n\n'),
    );
  });

  it('offers to run them to operators alone', async () => {
    const [reader, operator] = [play(REQUESTER), play(OPERATOR)];
    await reader.command('policies payments');
    await operator.command('policies payments');
    expect([buttons(reader).length, buttons(operator).length]).toEqual([0, 3]);
  });

  it('is for those who have to do with the project, on every page', async () => {
    const stranger = play('USTRANGER');
    await expect(stranger.command('policies payments')).rejects.toBeInstanceOf(NotAllowed);
    const turned = stranger.click('policies:turn', { project: 'payments', page: 1 });
    await expect(turned).rejects.toBeInstanceOf(NotAllowed);
    expect(stranger.said).toEqual([]);
  });

  it('fails with the cloud’s reason where the cloud is down', async () => {
    world.simulator.setFaults({ projectDown: { project: 'payments' } });
    await expect(play(OPERATOR).command('policies payments')).rejects.toBeInstanceOf(CloudError);
  });

  it('shows the last page there is where the asked one is gone', async () => {
    const person = play(OPERATOR);
    await person.click('policies:turn', { project: 'payments', page: 7 });
    expect(heard(person)?.text).toMatch(/^Policies of payments, 1–3 of 3/);
  });
});
