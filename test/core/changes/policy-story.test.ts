import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Deed } from '../../../src/core/changes/change.ts';
import { NotAllowed } from '../../../src/core/errors.ts';
import type { Policy } from '../../../src/core/policies/policy.ts';
import { type CoreWorld, createCoreWorld, OPERATOR, OWNER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { ask, nightlyPlan } from './changing.ts';

describe.each(databases)('changes of policies on $name', (database) => {
  let world: CoreWorld;
  let nightly: Policy;

  const policies = () => world.core.clouds.of('payments').policies();
  const named = async (name: string) => (await policies()).find((policy) => policy.name === name);

  beforeEach(async () => {
    world = await createCoreWorld(database);
    const found = await named('nightly');
    if (!found) throw new Error('the seed has no policy nightly');
    nightly = found;
  });
  afterEach(() => world.close());

  const of = () => ({ policyId: nightly.id, policyName: nightly.name });
  async function made(deed: Deed) {
    const { id } = await ask(world.core, deed);
    await world.work();
    return world.core.store.changes.get(id);
  }

  it('makes one with its tags', async () => {
    const tags = [{ key: 'team', value: 'db' }];
    expect(await made({ kind: 'policy.create', plan: nightlyPlan, tags })).toMatchObject({ state: 'done' });
    const policy = await named('hourly-db');
    expect(policy).toMatchObject({ ...nightlyPlan, disks: 0 });
    expect(await world.core.clouds.of('payments').tagsOf(policy?.id ?? '')).toEqual(tags);
  });

  it('changes one, and shows it done once the cloud shows it so', async () => {
    const { id: _, disks: __, ...before } = nightly;
    const plan = { ...before, name: 'nightly-two', retention: { ...before.retention, keepLast: 9 } };
    expect(await made({ kind: 'policy.modify', ...of(), before, plan })).toMatchObject({ state: 'done' });
    expect(await named('nightly-two')).toMatchObject({ id: nightly.id, retention: { keepLast: 9 } });
  });

  it('switches one off and on, and deletes it', async () => {
    expect(await made({ kind: 'policy.switch', ...of(), enabled: false })).toMatchObject({ state: 'done' });
    expect((await named('nightly'))?.enabled).toBe(false);
    expect(await made({ kind: 'policy.switch', ...of(), enabled: true })).toMatchObject({ state: 'done' });
    expect((await named('nightly'))?.enabled).toBe(true);
    expect(await made({ kind: 'policy.delete', ...of(), disks: nightly.disks, diskIds: [] })).toMatchObject({
      state: 'done',
    });
    expect(await named('nightly')).toBeUndefined();
  });

  it('tells disk by disk what became of each', async () => {
    const newest = await world.core.clouds.of('payments').tasks(nightly.id)[Symbol.asyncIterator]().next();
    const known: string = newest.value?.diskId ?? '';
    const foreign = '00000000-0000-4000-8000-000000000000';
    const taken = await made({ kind: 'policy.remove-disks', ...of(), diskIds: [known] });
    expect(taken).toMatchObject({ state: 'done', result: { disks: { succeeded: [known], failed: [] } } });
    expect((await named('nightly'))?.disks).toBe(nightly.disks - 1);
    const put = await made({ kind: 'policy.add-disks', ...of(), diskIds: [known, foreign], taken: [] });
    expect(put).toMatchObject({
      state: 'done',
      result: { disks: { succeeded: [known], failed: [{ diskId: foreign, failure: { kind: 'refused' } }] } },
    });
    await made({ kind: 'policy.add-disks', ...of(), diskIds: [foreign], taken: [] });
    const { items } = await world.core.store.audit.list({ actions: ['change.executed'] }, { offset: 0, limit: 3 });
    expect(items.map(({ outcome, details }) => [outcome, details['disksFailed']])).toEqual([
      ['failed', [foreign]],
      ['ok', [foreign]],
      ['ok', []],
    ]);
  });

  it('adds, changes and removes tags, one and several', async () => {
    const tags = () => world.core.clouds.of('payments').tagsOf(nightly.id);
    const before = await tags();
    const change = (action: 'create' | 'update' | 'delete', ...pairs: readonly (readonly [string, string])[]) =>
      made({ kind: 'policy.tags', ...of(), action, tags: pairs.map(([key, value]) => ({ key, value })) });
    expect(await change('create', ['a', '1'])).toMatchObject({ state: 'done' });
    expect(await change('update', ['a', '2'])).toMatchObject({ state: 'done' });
    expect(await change('create', ['b', ''], ['c', '3'])).toMatchObject({ state: 'done' });
    expect(await tags()).toEqual([
      ...before,
      ...[
        ['a', '2'],
        ['b', ''],
        ['c', '3'],
      ].map(([key, value]) => ({ key, value })),
    ]);
    expect(await change('delete', ['a', '2'])).toMatchObject({ state: 'done' });
    expect(await change('delete', ['b', ''], ['c', '3'])).toMatchObject({ state: 'done' });
    expect(await tags()).toEqual(before);
  });

  it('is for admins alone', async () => {
    for (const by of [OPERATOR, OWNER]) {
      await expect(ask(world.core, { kind: 'policy.switch', ...of(), enabled: false }, { by })).rejects.toThrow(
        NotAllowed,
      );
    }
  });
});
