import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotAllowed, NotFound } from '../../../src/core/errors.ts';
import { CloudError } from '../../../src/core/failure.ts';
import type { PolicyRun } from '../../../src/core/policies/policy-run.ts';
import { policiesInteractions } from '../../../src/slack/policies/interactions.ts';
import { type CoreWorld, createCoreWorld, NOW, OPERATOR, REQUESTER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { acting, readModal } from './acting.ts';

describe.each(databases.slice(0, 1))('/vbs run', (database) => {
  let world: CoreWorld;
  let operators: string[];

  beforeEach(async () => {
    operators = [OPERATOR];
    world = await createCoreWorld(database, { project: { operators: { users: operators, groups: [] } } });
  });
  afterEach(() => world.close());

  const play = (user = OPERATOR) => acting(world.core, user, policiesInteractions);
  const idOf = async (name: string, project = 'payments') =>
    (await world.core.clouds.of(project).policies()).find((policy) => policy.name === name)?.id ?? '';
  const runs = async (): Promise<readonly PolicyRun[]> =>
    (await world.core.store.runs.list({ startedBy: OPERATOR }, { offset: 0, limit: 10 })).items;

  it.each([
    ['its name', 'nightly'],
    ['its name in another case', 'NIGHTLY'],
    ['its id', 'id'],
  ])('asks before it runs the policy that is named by %s', async (_, named) => {
    const person = play();
    await person.command(`run payments ${named === 'id' ? await idOf('nightly') : named}`);
    expect(readModal(person.modal)).toContain('Run nightly (payments) now: 4 disks');
    expect(await runs()).toEqual([]);
    await person.submit();
    expect(readModal(person.modal)).toContain(
      'nightly (payments) is being started. The card in <#APAYMENTS> follows it',
    );
    expect(await runs()).toMatchObject([{ policyName: 'nightly', disks: 4, state: 'requested', startedBy: OPERATOR }]);
  });

  it('takes two deliveries of one submission for one', async () => {
    const deliveries = [play(), play()];
    for (const delivery of deliveries) await delivery.command('run payments nightly');
    for (const delivery of deliveries) await delivery.submit({}, 'view V1');
    for (const { modal } of deliveries) expect(readModal(modal)).toContain('is being started');
    expect(await runs()).toHaveLength(1);
  });

  it('names the policies there are where there is no such policy', async () => {
    await expect(play().command('run payments nightli')).rejects.toMatchObject({
      thing: 'policy',
      candidates: ['nightly', 'ledger-hourly', 'reports-weekdays'],
    });
    await expect(play().command('run payment nightly')).rejects.toBeInstanceOf(NotFound);
  });

  it('is for operators, at the command and at the submission', async () => {
    await expect(play(REQUESTER).command('run payments nightly')).rejects.toBeInstanceOf(NotAllowed);
    const wish = { project: 'payments', policy: await idOf('nightly') };
    await expect(play(REQUESTER).click('policies:run-now', wish)).rejects.toBeInstanceOf(NotAllowed);
    const person = play();
    await person.command('run payments nightly');
    operators.length = 0;
    await expect(person.submit()).rejects.toBeInstanceOf(NotAllowed);
    expect(await runs()).toEqual([]);
  });

  it('asks for project and policy where they are left out', async () => {
    const person = play();
    await person.command('run');
    expect(readModal(person.modal)).toContain('Its policies are shown next.');
    await person.click('run:project', 'analytics', 'modal');
    expect(readModal(person.modal)).toContain('warehouse-nightly');
    await person.submit({ project: 'analytics', policy: await idOf('warehouse-nightly', 'analytics') });
    expect(readModal(person.modal)).toContain('Run warehouse-nightly (analytics) now: 2 disks');
    await person.submit();
    expect(await runs()).toMatchObject([{ project: 'analytics', policyName: 'warehouse-nightly' }]);
  });

  it('shows the policies of the project that was chosen where Slack did not tell of the choice', async () => {
    const person = play();
    await person.command('run');
    await person.submit({ project: 'payments', policy: null });
    expect(readModal(person.modal)).toContain('ledger-hourly');
  });

  it('asks for the policy alone where the project is named', async () => {
    const person = play();
    await person.command('run payments');
    expect(readModal(person.modal)).toContain('reports-weekdays');
  });

  it('says so to a person who may run policies nowhere', async () => {
    const person = play(REQUESTER);
    await person.command('run');
    expect(person.said.map(({ text }) => text)).toEqual([expect.stringContaining('There is no project in which')]);
  });

  it('links to the run that is going on, instead of asking and at the submission', async () => {
    const [first, second, third] = [play(), play(), play()];
    await first.command('run payments nightly');
    await second.command('run payments nightly');
    await first.submit();
    await postCard();
    await second.submit();
    await third.click('policies:run-now', { project: 'payments', policy: await idOf('nightly') });
    for (const late of [second, third]) {
      expect(readModal(late.modal)).toContain('nightly (payments) is being run already');
      expect(readModal(late.modal)).toContain('<https://slack.test/APAYMENTS/1.5|Show its card>');
    }
    expect(await runs()).toHaveLength(1);
  });

  it('asks which one is meant where two policies have the name', async () => {
    const { clouds } = world.core;
    const twice = { ...world.core, clouds: { of: (alias: string) => doubled(clouds.of(alias)) } };
    const person = acting(twice, OPERATOR, policiesInteractions);
    await person.command('run payments nightly');
    expect(readModal(person.modal).match(/"value":"[^"]+"/g)).toHaveLength(4);
  });

  it('fails with the cloud’s reason where the cloud is down', async () => {
    world.simulator.setFaults({ projectDown: { project: 'payments' } });
    await expect(play().command('run payments nightly')).rejects.toBeInstanceOf(CloudError);
    await expect(play().command('run payments')).rejects.toBeInstanceOf(CloudError);
  });

  it('asks again from the card of a run that could not be started', async () => {
    const person = play();
    await person.command('run payments nightly');
    await person.submit();
    const [run] = await runs();
    world.simulator.setFaults({ routes: [{ route: 'policies.execute', kind: 'status', status: 403 }] });
    await world.work();
    expect((await runs())[0]).toMatchObject({ state: 'failed' });
    await person.click('policies:run-again', run?.id);
    expect(readModal(person.modal)).toContain('Run nightly (payments) now: 4 disks');
    await expect(play(REQUESTER).click('policies:run-again', run?.id)).rejects.toBeInstanceOf(NotAllowed);
  });

  async function postCard(): Promise<void> {
    const { cards } = world.core.store;
    const [card] = await cards.claimDue({ now: NOW, until: new Date(NOW.getTime() + 60_000), limit: 1 });
    if (card === undefined) throw new Error('there is no card to post');
    await cards.shown(card.id, card.lease, { channel: card.place.id, ts: '1.5', shown: card.wanted });
  }
});

/** A cloud in which every policy is there twice, under another id. */
function doubled(cloud: ReturnType<CoreWorld['core']['clouds']['of']>): typeof cloud {
  return new Proxy(cloud, {
    get(target, name) {
      if (name !== 'policies') return Reflect.get(target, name, target);
      return async () => {
        const policies = await target.policies();
        return [...policies, ...policies.map((policy) => ({ ...policy, id: `${policy.id}-2` }))];
      };
    },
  });
}
