import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotAllowed } from '../../../src/core/errors.ts';
import { policiesInteractions } from '../../../src/slack/policies/interactions.ts';
import { type CoreWorld, createCoreWorld, OPERATOR } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { acting } from './acting.ts';

describe.each(databases.slice(0, 1))('buttons that change policies', (database) => {
  let world: CoreWorld;

  beforeEach(async () => {
    world = await createCoreWorld(database);
  });
  afterEach(() => world.close());

  it.each([
    ['policy:turn', { enabled: false }],
    ['policy:edit', {}],
    ['policy:delete', {}],
    ['policy:add-disks', {}],
    ['policy:remove-disks', {}],
    ['tags:edit', {}],
    ['tags:remove', { key: 'stage' }],
  ])('%s is refused to a person who is no admin any more, whatever their screen shows', async (id, more) => {
    const [policy] = await world.core.clouds.of('payments').policies();
    const ops = acting(world.core, OPERATOR, policiesInteractions);
    const click = ops.click(id, { project: 'payments', policy: policy?.id, ...more });
    await expect(click).rejects.toThrow(NotAllowed);
    const filed = await world.core.store.changes.list({ projects: ['payments'] }, { offset: 0, limit: 1 });
    expect(filed.total).toBe(0);
  });

  it('make no new policy for one either', async () => {
    const ops = acting(world.core, OPERATOR, policiesInteractions);
    await expect(ops.click('policy:new', 'payments')).rejects.toThrow(NotAllowed);
    await expect(ops.command('policy payments new')).rejects.toThrow(NotAllowed);
  });
});
