import { onTestFinished } from 'vitest';
import type { Core } from '../../../src/core/core.ts';
import type { ManagedProject } from '../../../src/core/projects.ts';
import { createSlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { createCardDelivery } from '../../../src/slack/card-delivery.ts';
import { createCardRegistry } from '../../../src/slack/card-registry.ts';
import { cards } from '../../../src/slack/features.ts';
import { home } from '../../../src/slack/home/home.ts';
import { createRegistry } from '../../../src/slack/registry.ts';
import { requestsInteractions } from '../../../src/slack/requests/interactions.ts';
import { shareInteractions } from '../../../src/slack/share/interactions.ts';
import { createSlackApp } from '../../../src/slack/slack-app.ts';
import { deliveringClient } from '../../../src/slack/slack-client.ts';
import { type CoreWorld, createCoreWorld, OWNER, REQUESTER, SECOND_OWNER } from '../../support/core-world.ts';
import { databases } from '../../support/databases.ts';
import { eventually, person, type SeenMessage, type SlackPerson } from '../../support/slack-person.ts';

export const CHANNEL = 'CPAYMENTS';
export const GENERAL = 'CGENERAL';
/** Where the policies' scheduled runs are told. */
const ALERTS = ['APAYMENTS', 'AANALYTICS', 'APLATFORM'];

const manifest = {
  features: { app_home: { home_tab_enabled: true }, slash_commands: [{ command: '/vbs', should_escape: true }] },
  oauth_config: {
    scopes: {
      bot: ['commands', 'chat:write', 'im:write', 'users:read', 'usergroups:read', 'channels:read', 'groups:read'],
      bot_optional: ['channels:history', 'groups:history', 'im:history'],
    },
  },
  settings: {
    event_subscriptions: { bot_events: ['app_home_opened'] },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  },
};

/** The bot's sharing side on a real database, connected to a workspace and a cloud, with people to play. */
export interface BotAndCloud {
  readonly world: CoreWorld;
  readonly core: Core;
  readonly requester: SlackPerson;
  readonly owner: SlackPerson;
  readonly secondOwner: SlackPerson;
  /** Does what the background would do now: the work, then the cards. */
  work(): Promise<void>;
  /** The card of the newest request, as it is in the channel now. */
  card(): Promise<SeenMessage>;
}

export async function startBotAndCloud(project: Partial<ManagedProject> = {}): Promise<BotAndCloud> {
  const [sqlite] = databases;
  if (!sqlite) throw new Error('there is no database to test on');
  const world = await createCoreWorld(sqlite, { project });
  onTestFinished(() => world.close());
  const people = [REQUESTER, OWNER, SECOND_OWNER];
  const sandbox = await createSlackSandbox({
    manifest,
    people: people.map((id) => ({ id, name: id.toLowerCase(), role: 'somebody' })),
    channels: [CHANNEL, GENERAL, ...ALERTS].map((id) => ({ id, name: id.toLowerCase(), members: people })),
  });
  onTestFinished(() => sandbox.close());
  const { core } = world;
  const settings = {
    mode: 'socket' as const,
    botToken: sandbox.tokens.bot,
    appToken: sandbox.tokens.app,
    apiUrl: sandbox.apiUrl,
  };
  const registry = createRegistry([...shareInteractions, ...requestsInteractions, home]);
  const app = createSlackApp({ settings, core, registry });
  await app.start();
  onTestFinished(() => app.stop());
  const delivery = createCardDelivery({
    core,
    cards: createCardRegistry(cards),
    client: deliveringClient(settings, core.log),
    onOutcome: () => undefined,
  });
  const requester = person(sandbox.url, REQUESTER);
  return {
    world,
    core,
    requester,
    owner: person(sandbox.url, OWNER),
    secondOwner: person(sandbox.url, SECOND_OWNER),
    async work() {
      await world.work();
      await deliverAll(core, delivery);
    },
    async card() {
      const top = (await requester.messages(CHANNEL)).filter(
        (one) => !one.ephemeral && (one.thread_ts ?? one.ts) === one.ts,
      );
      const last = top.at(-1);
      if (!last) throw new Error('there is no card in the channel');
      return last;
    },
  };
}

async function deliverAll(core: Core, delivery: ReturnType<typeof createCardDelivery>): Promise<void> {
  const { signal } = new AbortController();
  for (;;) {
    const now = core.clock.now();
    const claimed = await core.store.cards.claimDue({ now, until: new Date(now.getTime() + 60_000), limit: 50 });
    if (claimed.length === 0) return;
    for (const card of claimed) await delivery.deliver(card, signal);
  }
}

/** The last thing that the bot said to this person alone in the channel. */
export function privately(who: SlackPerson, channel: string, matching: RegExp): Promise<string> {
  return eventually(
    async () =>
      (await who.messages(channel)).filter((one) => one.ephemeral).find((one) => matching.test(one.text))?.text,
    { what: `a private ${matching}` },
  );
}

/** The replies in the thread of a card, first lines only. */
export async function thread(who: SlackPerson, card: SeenMessage): Promise<string[]> {
  const replies = (await who.messages(CHANNEL)).filter((one) => one.thread_ts === card.ts && one.ts !== card.ts);
  return replies.map((one) => one.text);
}

/** The first line of a message. */
export function firstLine(message: { text: string } | undefined): string | undefined {
  return message?.text.split('\n')[0];
}

/** The labels of the buttons in a message. */
export function buttonsOf(message: SeenMessage): string[] {
  const found = [
    ...JSON.stringify(message.blocks ?? []).matchAll(/"type":"button","text":\{"type":"plain_text","text":"([^"]+)"/g),
  ];
  return found.flatMap((match) => match[1] ?? []);
}

/** Clicks a button of the card, whatever the card shows. */
export async function clickCard(who: SlackPerson, card: SeenMessage, actionId: string): Promise<void> {
  await who.click({ channel: CHANNEL, ts: card.ts, action_id: actionId });
}

/** Waits until the modal on top shows these words. */
export async function modalWith(who: SlackPerson, matching: RegExp) {
  return eventually(
    async () => {
      const view = await who.view();
      return view && matching.test(JSON.stringify(view.blocks)) ? view : undefined;
    },
    { what: `a modal with ${matching}` },
  );
}
