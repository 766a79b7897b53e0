import { expect, onTestFinished, test } from 'vitest';
import { backupsInteractions } from '../../../src/slack/backups/interactions.ts';
import { createRegistry } from '../../../src/slack/registry.ts';
import { shareInteractions } from '../../../src/slack/share/interactions.ts';
import { sharesInteractions } from '../../../src/slack/shares/interactions.ts';
import { createSlackApp } from '../../../src/slack/slack-app.ts';
import { eventually, person, type SeenMessage, type SlackPerson } from '../../support/slack-person.ts';
import { startSandbox } from '../bot-in-sandbox.ts';
import { backup, sharing } from './samples.ts';
import { smallWorld } from './small-world.ts';

const CHANNEL = 'C0GENERAL';

/** The lists in a workspace as strict as Slack, with a small cloud behind them. */
async function startLists() {
  const sandbox = await startSandbox({
    people: [
      { id: 'UDEV', name: 'Dev', role: 'requester' },
      { id: 'UOWNER', name: 'Otto Owner', role: 'approver of payments' },
    ],
    channels: [{ id: CHANNEL, name: 'general', members: ['UDEV', 'UOWNER'] }],
    usergroups: [],
  });
  const { core, cloud } = await smallWorld([]);
  const app = createSlackApp({
    settings: { mode: 'socket', botToken: sandbox.tokens.bot, appToken: sandbox.tokens.app, apiUrl: sandbox.apiUrl },
    core,
    registry: createRegistry([...backupsInteractions, ...sharesInteractions, ...shareInteractions]),
    hooks: {},
  });
  onTestFinished(() => app.stop(100));
  await app.start();
  return { cloud, dev: person(sandbox.url, 'UDEV'), owner: person(sandbox.url, 'UOWNER') };
}

/** The one message of this person's whose first line begins so. */
async function listOf(someone: SlackPerson, heading: string): Promise<SeenMessage> {
  return eventually(async () => (await someone.messages(CHANNEL)).find((message) => message.text.startsWith(heading)), {
    what: heading,
  });
}

interface Part {
  readonly action_id?: string;
  readonly value?: string;
  readonly accessory?: Part;
  readonly elements?: readonly Part[];
}

/** What a person clicks: the first button with this id in a message or view. */
function buttonOf(shown: { readonly blocks?: readonly Part[] | undefined } | null, actionId: string) {
  const parts = (shown?.blocks ?? []).flatMap((block) => [block.accessory, ...(block.elements ?? [])]);
  const found = parts.find((part) => part?.action_id === actionId);
  if (found?.value === undefined) throw new Error(`no button ${actionId}`);
  return { action_id: actionId, value: found.value };
}

async function viewWith(someone: SlackPerson, text: string) {
  return eventually(
    async () => {
      const view = await someone.view();
      return JSON.stringify(view?.blocks ?? []).includes(text) && view;
    },
    { what: text },
  );
}

test('someone looks through the backups, filters them, looks at one and asks to share it', async () => {
  const { cloud, dev } = await startLists();
  cloud.held = Array.from({ length: 1_204 }, (_, index) => backup(index));
  cloud.shared = [sharing(3)];

  await dev.command(CHANNEL, 'backups payments');
  const first = await listOf(dev, '*Backups of payments*, 1–10 of 1,204');
  expect(first.ephemeral).toBe(true);
  await dev.click({ channel: CHANNEL, ts: first.ts, ...buttonOf(first, 'backups:page#next') });
  const second = await listOf(dev, '*Backups of payments*, 11–20 of 1,204');
  expect(await dev.messages(CHANNEL)).toHaveLength(1);

  await dev.click({ channel: CHANNEL, ts: second.ts, ...buttonOf(second, 'backups:filter') });
  await viewWith(dev, 'Which backups of payments to show');
  await dev.submit({ name: { name: { type: 'plain_text_input', value: '-0003' } } });
  const filtered = await listOf(dev, '*Backups of payments*, 1 of 1 · name or id with “-0003”');
  expect(filtered.text).toContain('shared with analytics');
  expect(await dev.messages(CHANNEL)).toHaveLength(1);

  await dev.click({ channel: CHANNEL, ts: filtered.ts, ...buttonOf(filtered, 'backups:details') });
  const details = await viewWith(dev, 'Available: *db-nightly-0003* (payments)');
  await dev.click(buttonOf(details, 'backups:share'));
  const form = await viewWith(dev, 'db-nightly-0003');
  expect(form.callback_id).toBe('share:form');
});

test('an owner looks through what is shared, and is asked once more before one is stopped', async () => {
  const { cloud, owner } = await startLists();
  cloud.shared = Array.from({ length: 34 }, (_, index) => sharing(index));

  await owner.command(CHANNEL, 'shares out payments');
  const first = await listOf(owner, '*Shared by payments*, 1–10 of 34');
  await owner.click({ channel: CHANNEL, ts: first.ts, ...buttonOf(first, 'shares:page#next') });
  const second = await listOf(owner, '*Shared by payments*, 11–20 of 34');
  await owner.click({ channel: CHANNEL, ts: second.ts, ...buttonOf(second, 'shares:details') });
  const details = await viewWith(owner, 'analytics can create a disk from it');
  await owner.click(buttonOf(details, 'share:stop-sharing'));
  await viewWith(owner, 'Stop sharing db-nightly-0010 (payments) with analytics?');
});
