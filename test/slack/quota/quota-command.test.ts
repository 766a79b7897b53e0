import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotAllowed } from '../../../src/core/errors.ts';
import { CloudError } from '../../../src/core/failure.ts';
import { quotaInteractions } from '../../../src/slack/quota/interactions.ts';
import { type CoreWorld, createCoreWorld, REQUESTER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { acting } from '../policies/acting.ts';

describe.each(databases.slice(0, 1))('/vbs quota', (database) => {
  let world: CoreWorld;

  beforeEach(async () => {
    world = await createCoreWorld(database, { project: { requesters: { users: [REQUESTER], groups: [] } } });
  });
  afterEach(() => world.close());

  const play = (user = REQUESTER) => acting(world.core, user, quotaInteractions);

  it('tells what the cloud counts, and what is being made as set aside', async () => {
    const person = play();
    await person.command('quota payments');
    expect(person.said[0]?.text).toMatch(
      /^✅ There is room: the backup quota of payments\nNumber: (\d+) of 1,000 backups used \(\d+ %\).*; \d+ left\.\nSize: [\d,]+ GiB of 200,000 GiB used/,
    );
    await person.command('quota platform');
    expect(person.said[1]?.text).toMatch(
      /^✅ No limit: the backup quota of platform\nNumber: \d+ used; there is no limit/,
    );
  });

  it('asks for the project where several come into question', async () => {
    const person = play();
    await person.command('quota');
    await person.submit({ project: 'analytics' });
    expect(person.saidThrough[0]?.[1].text).toContain('the backup quota of analytics');
  });

  it('is for those who have to do with the project', async () => {
    const stranger = play('USTRANGER');
    await expect(stranger.command('quota payments')).rejects.toBeInstanceOf(NotAllowed);
    expect(stranger.said).toEqual([]);
  });

  it('leaves it to the cloud’s own failure where it does not answer', async () => {
    world.simulator.setFaults({ projectDown: { project: 'payments' } });
    await expect(play().command('quota payments')).rejects.toBeInstanceOf(CloudError);
  });
});
