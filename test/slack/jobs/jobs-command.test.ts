import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotAllowed, NotFound } from '../../../src/core/errors.ts';
import { jobsInteractions } from '../../../src/slack/jobs/interactions.ts';
import { type CoreWorld, createCoreWorld, REQUESTER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { type Acting, acting, readModal } from '../policies/acting.ts';

describe.each(databases.slice(0, 1))('/vbs jobs', (database) => {
  let world: CoreWorld;

  beforeEach(async () => {
    world = await createCoreWorld(database, { project: { requesters: { users: [REQUESTER], groups: [] } } });
  });
  afterEach(() => world.close());

  const play = (user = REQUESTER) => acting(world.core, user, jobsInteractions);
  const heard = (person: Acting) => person.said.at(-1)?.text ?? '';
  const newest = async () => {
    const [task] = (await world.core.store.tasks.list({ project: 'payments' }, { offset: 0, limit: 1 })).items;
    return task?.id ?? '';
  };

  it('shows failures first, ten a page, and turns pages in place', async () => {
    await world.work();
    const person = play();
    await person.command('jobs payments');
    expect(heard(person)).toMatch(/^Backup jobs of payments, 1–10 of \d+\n/);
    expect(heard(person).split('\n\n')[2]).toMatch(/^❌ disk [0-9a-f]{8} · failed after .*quota of backups is used up/);
    expect(heard(person)).toMatch(/As of .*just now/);
    await person.click('jobs:turn', { project: 'payments', page: 1 });
    expect(heard(person)).toMatch(/^Backup jobs of payments, 11–20 of /);
    await person.click('jobs:turn', { project: 'payments', page: 99_999 });
    expect(heard(person)).toMatch(/^Backup jobs of payments, (\d+)–(\d+) of \2\n/);
  });

  it('says what to do before anything was seen', async () => {
    const person = play();
    await person.command('jobs payments');
    expect(heard(person)).toContain('`/vbs run payments` runs one now');
    expect(heard(person)).toContain('The bot has not looked at this project yet');
  });

  it('shows what it knows, and says why it is old, where the cloud is down', async () => {
    await world.work();
    world.simulator.setFaults({ projectDown: { project: 'payments' } });
    world.clock.advance(2 * 60_000);
    await world.work();
    const person = play();
    await person.command('jobs payments');
    expect(heard(person)).toContain('⚠️ The last look at the cloud');
    expect(heard(person)).toMatch(/^Backup jobs of payments, 1–10 of /);
  });

  it('opens what is known of one job', async () => {
    await world.work();
    const person = play();
    await person.click('jobs:details', { project: 'payments', task: await newest() });
    expect(readModal(person.modal)).toContain('VolumeBackup.0080');
    expect(readModal(person.modal)).toMatch(/job id [0-9a-f-]{32,36}/);
  });

  it('is for those who have to do with the project, at every click', async () => {
    await world.work();
    const stranger = play('USTRANGER');
    const task = await newest();
    await expect(stranger.command('jobs payments')).rejects.toBeInstanceOf(NotAllowed);
    await expect(stranger.click('jobs:turn', { project: 'payments', page: 1 })).rejects.toBeInstanceOf(NotAllowed);
    await expect(stranger.click('jobs:details', { project: 'payments', task })).rejects.toBeInstanceOf(NotAllowed);
    await expect(play().click('jobs:details', { project: 'analytics', task })).rejects.toBeInstanceOf(NotFound);
    expect([stranger.said, stranger.modal]).toEqual([[], undefined]);
  });
});
