import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Core } from '../../../src/core/core.ts';
import { createCardDelivery, type DeliveryOutcome } from '../../../src/slack/card-delivery.ts';
import { createCardRegistry } from '../../../src/slack/card-registry.ts';
import { jobsInteractions } from '../../../src/slack/jobs/interactions.ts';
import { policiesCards, policiesInteractions } from '../../../src/slack/policies/interactions.ts';
import { createRegistry } from '../../../src/slack/registry.ts';
import { createSlackApp } from '../../../src/slack/slack-app.ts';
import { answeringClient, deliveringClient } from '../../../src/slack/slack-client.ts';
import { type CoreWorld, createCoreWorld } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { eventually, person, type SlackPerson } from '../../support/slack-person.ts';
import { CHANNEL, realClock, recordingLog, startSandbox } from '../bot-in-sandbox.ts';

const [OPERATOR, OTHER_OPERATOR, READER] = ['U1', 'U2', 'U3'] as const;
const MINUTE = 60_000;

describe.each(databases.slice(0, 1))('policies in a workspace', (database) => {
  let world: CoreWorld;
  let core: Core;
  let deliver: () => Promise<void>;
  let outcomes: DeliveryOutcome[];
  let people: Readonly<Record<typeof OPERATOR | typeof OTHER_OPERATOR | typeof READER, SlackPerson>>;

  beforeEach(async () => {
    const operators = { users: [OPERATOR, OTHER_OPERATOR], groups: [] };
    world = await createCoreWorld(database, { project: { operators, alertsChannel: CHANNEL } });
    const log = recordingLog();
    core = { ...world.core, clock: { ...realClock, now: () => world.clock.now() }, log };
    const sandbox = await startSandbox();
    const tokens = { botToken: sandbox.tokens.bot, apiUrl: sandbox.apiUrl };
    const settings = { ...tokens, mode: 'socket' as const, appToken: sandbox.tokens.app };
    const registry = createRegistry([...policiesInteractions, ...jobsInteractions]);
    const app = createSlackApp({ settings, core, registry });
    onTestFinished(() => app.stop());
    await app.start();
    outcomes = [];
    const cards = createCardRegistry(policiesCards);
    const delivery = createCardDelivery({
      core,
      cards,
      client: deliveringClient(tokens, core.log),
      onOutcome: (_, one) => outcomes.push(one),
    });
    deliver = async () => {
      const now = world.clock.now();
      const until = new Date(now.getTime() + MINUTE);
      const due = await core.store.cards.claimDue({ now, until, limit: 50 });
      for (const card of due) await delivery.deliver(card, new AbortController().signal);
    };
    expect((await answeringClient(tokens, core.log).auth.test()).ok).toBe(true);
    people = {
      U1: person(sandbox.url, OPERATOR),
      U2: person(sandbox.url, OTHER_OPERATOR),
      U3: person(sandbox.url, READER),
    };
  });
  afterEach(() => world.close());

  const modalSays = (who: SlackPerson, text: string) =>
    eventually(async () => JSON.stringify((await who.view())?.blocks ?? []).includes(text), { what: text });
  const heard = (who: SlackPerson, text: string) =>
    eventually(async () => (await who.messages(CHANNEL)).find((message) => message.text.includes(text)), {
      what: text,
    });
  async function pass(minutes: number): Promise<void> {
    for (let i = 0; i < minutes; i++) {
      world.clock.advance(MINUTE);
      await world.work();
      await deliver();
    }
  }

  it('are listed, run after a question, followed in one card, and not run twice', async () => {
    const { U1: olga, U2: otto, U3: rita } = people;
    world.simulator.setFaults({ failNextBackup: { diskId: 'payments-db-2', code: 'VolumeBackup.0081' } });
    await olga.command(CHANNEL, 'policies payments');
    const list = await heard(olga, 'Policies of payments, 1–3 of 3');
    const value = /"value":"(\{.*?\})"/.exec(JSON.stringify(list.blocks?.[2]))?.[1] ?? '';
    await olga.click({
      channel: CHANNEL,
      ts: list.ts,
      action_id: 'policies:run-now',
      value: value.replaceAll('\\"', '"'),
    });
    await modalSays(olga, 'Run nightly (payments) now: 4 disks');
    await olga.submit();
    await modalSays(olga, 'nightly (payments) is being started');
    await world.work();
    await deliver();
    const card = await heard(rita, '⚙️ Running: nightly (payments), 0 of 4 disks done');

    await otto.command(CHANNEL, 'run payments nightly');
    await modalSays(otto, 'nightly (payments) is being run already');
    await modalSays(otto, '|Show its card>');
    await rita.command(CHANNEL, 'run payments nightly');
    await modalSays(rita, 'Only the operators of payments run its policies');

    await pass(6);
    const done = await heard(rita, '❌ Backup failed: nightly (payments), 1 of 4 disks');
    expect(done.ts).toBe(card.ts);
    expect(new Set(outcomes)).toEqual(new Set(['posted', 'updated']));
    expect(done.text).toContain('quota of backup capacity is used up');
  });

  it('tell of a night that went wrong, disk by disk', async () => {
    const { U3: rita } = people;
    await world.work();
    await deliver();
    const alert = await heard(rita, '❌ Backup failed: nightly (payments), 1 of 4 disks');
    const runId = /"value":"([^"]+)"/.exec(JSON.stringify(alert.blocks?.at(-1)))?.[1] ?? '';
    await rita.click({ channel: CHANNEL, ts: alert.ts, action_id: 'policies:show-run', value: runId });
    await modalSays(rita, 'done in');
  });

  it('have jobs, of the project that is asked for', async () => {
    const { U3: rita } = people;
    await world.work();
    await rita.command(CHANNEL, 'jobs');
    const { blocks } = await eventually(() => rita.view());
    const option = { text: { type: 'plain_text', text: 'payments' }, value: 'payments' };
    expect(JSON.stringify(blocks)).toContain('"value":"payments"');
    await rita.submit({ project: { project: { type: 'static_select', selected_option: option } } });
    const list = await heard(rita, 'Backup jobs of payments, 1–10 of ');
    expect(list.ephemeral).toBe(true);
    await rita.click({
      channel: CHANNEL,
      ts: list.ts,
      action_id: 'jobs:turn#next',
      value: '{"project":"payments","page":1}',
    });
    await heard(rita, 'Backup jobs of payments, 11–20 of ');
  });
});
