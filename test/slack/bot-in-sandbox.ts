import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { Access } from '../../src/core/access.ts';
import { Catalogue } from '../../src/core/backups/catalogue.ts';
import type { Core } from '../../src/core/core.ts';
import type { Clock, Clouds, Log } from '../../src/core/ports.ts';
import { type ManagedProject, Projects } from '../../src/core/projects.ts';
import { SharingList } from '../../src/core/sharing/sharing-list.ts';
import type { Store } from '../../src/core/stores.ts';
import { defaultTiming } from '../../src/core/timing.ts';
import { createIds } from '../../src/ids.ts';
import { createSlackSandbox, type SlackSandbox, type SlackSandboxOptions } from '../../src/sandbox/slack/workspace.ts';
import type { Definition } from '../../src/slack/define.ts';
import type { Interaction } from '../../src/slack/dispatch/environment.ts';
import { createRegistry } from '../../src/slack/registry.ts';
import { createSlackApp, type SlackApp } from '../../src/slack/slack-app.ts';
import { openStore } from '../../src/store/store.ts';

export const CHANNEL = 'C0GENERAL';

const manifest = {
  features: {
    app_home: { home_tab_enabled: true },
    slash_commands: [{ command: '/vbs', should_escape: true }],
  },
  oauth_config: {
    scopes: {
      bot: [
        'commands',
        'chat:write',
        'files:write',
        'im:write',
        'users:read',
        'usergroups:read',
        'channels:read',
        'groups:read',
      ],
      bot_optional: ['channels:history', 'groups:history', 'im:history'],
    },
  },
  settings: {
    event_subscriptions: { bot_events: ['app_home_opened'] },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  },
};

const seed = {
  manifest,
  people: [
    { id: 'U1', name: 'Ann Asker', role: 'requester' },
    { id: 'U2', name: 'Otto Owner', role: 'approver of payments' },
    { id: 'U3', name: 'Olga Owner', role: 'approver of payments' },
  ],
  channels: [
    { id: CHANNEL, name: 'general', members: ['U1', 'U2', 'U3'] },
    { id: 'C0OTHER', name: 'other', members: ['U1', 'U2', 'U3'] },
    { id: 'C0ELSEWHERE', name: 'elsewhere', members: ['U1'], bot_is_member: false },
  ],
  usergroups: [{ id: 'S1', handle: 'owners', name: 'Owners', users: ['U2', 'U3'] }],
} satisfies SlackSandboxOptions;

export const payments: ManagedProject = {
  alias: 'payments',
  id: 'a'.repeat(32),
  region: 'eu-de',
  approvalsChannel: CHANNEL,
  alertsChannel: CHANNEL,
  approvers: { users: ['U2', 'U3'], groups: [] },
  requesters: 'everyone',
  operators: { users: ['U1'], groups: [] },
  admins: { users: ['U1'], groups: [] },
  approvals: 1,
  requestOpenForMs: 86_400_000,
  allowUnknownTargets: false,
  disks: new Map(),
};

/** What was logged, by level. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly about: object;
  readonly message: string;
}

export function recordingLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: LogLine['level']) => (about: object, message: string) =>
    void lines.push({ level, about, message });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

export const realClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {});
  },
};

const noClouds: Clouds = {
  of(alias) {
    throw new Error(`no cloud in this test: ${alias}`);
  },
};

/** A core on an empty database, with one project and no cloud. */
export async function testCore(parts: { log: Log; clock?: Clock; store?: Store }): Promise<Core> {
  const store = parts.store ?? (await openStore({ url: 'sqlite::memory:' }));
  const clock = parts.clock ?? realClock;
  const projects = new Projects([payments], []);
  const directory = { membersOf: async () => new Set<string>() };
  return {
    store,
    clouds: noClouds,
    projects,
    access: new Access(directory, projects),
    catalogue: new Catalogue(noClouds, clock, 30_000),
    sharingList: new SharingList(noClouds, clock, 30_000),
    clock,
    ids: createIds(),
    timing: defaultTiming,
    log: parts.log,
  };
}

export interface BotInSandbox {
  readonly sandbox: SlackSandbox;
  readonly app: SlackApp;
  readonly core: Core;
  readonly log: ReturnType<typeof recordingLog>;
  readonly interactions: Interaction[];
}

export async function startSandbox(options: Partial<SlackSandboxOptions> = {}): Promise<SlackSandbox> {
  const sandbox = await createSlackSandbox({ ...seed, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The bot's side of Slack with these interactions, connected to a workspace; both end with the test. */
export async function startBot(
  definitions: readonly Definition[],
  { mode = 'socket', clock = realClock }: { mode?: 'socket' | 'http'; clock?: Clock } = {},
): Promise<BotInSandbox> {
  const sandbox = await startSandbox(mode === 'http' ? { delivery: { mode } } : {});
  const log = recordingLog();
  const core = await testCore({ log, clock });
  const interactions: Interaction[] = [];
  const { botToken, appToken } = { botToken: sandbox.tokens.bot, appToken: sandbox.tokens.app };
  const common = { botToken, apiUrl: sandbox.apiUrl };
  const app = createSlackApp({
    settings:
      mode === 'http'
        ? { ...common, mode, signingSecret: sandbox.signingSecret, port: 0 }
        : { ...common, mode, appToken },
    core,
    registry: createRegistry(definitions),
    hooks: { interaction: (about) => void interactions.push(about) },
  });
  onTestFinished(async () => {
    await app.stop(100);
    await core.store.close();
  });
  await app.start();
  if (mode === 'http') sandbox.setHttpTarget(`http://127.0.0.1:${app.port()}/slack/events`);
  return { sandbox, app, core, log, interactions };
}
