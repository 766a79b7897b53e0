import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Bot, createBot } from '../../src/app.ts';
import { parseSettings, type Settings } from '../../src/config.ts';
import type { Clock, Log } from '../../src/core/ports.ts';
import type { Timing } from '../../src/core/timing.ts';
import { DEMO_CHANNELS, DEMO_GROUPS, DEMO_PEOPLE, demoSettingsFile } from '../../src/sandbox/demo-settings.ts';
import { createSlackSandbox, type SlackSandbox } from '../../src/sandbox/slack/workspace.ts';
import { createSimClock, type SimClock } from '../../src/sandbox/vbs/clock.ts';
import type { Faults } from '../../src/sandbox/vbs/http/faults.ts';
import { DEMO_PROJECTS, demoSeed } from '../../src/sandbox/vbs/seed.ts';
import { createVbsSimulator, type VbsSimulator } from '../../src/sandbox/vbs/simulator.ts';
import { databases, type TestDatabase } from './databases.ts';
import { Player } from './player.ts';

export const CHANNELS = {
  payments: DEMO_CHANNELS.paymentsApprovals.id,
  alerts: DEMO_CHANNELS.paymentsAlerts.id,
  analytics: DEMO_CHANNELS.analytics.id,
  platform: DEMO_CHANNELS.platform.id,
  general: DEMO_CHANNELS.general.id,
} as const;

/** A moment of the day at which last night's run, with its failure, is news. */
const NOON = new Date('2026-11-20T12:20:00Z');
const TIMING: Partial<Timing> = {
  leaseMs: 20_000,
  settleMs: 600,
  lookMs: 100,
  retryMs: 100,
  retryMaxMs: 400,
  followMinMs: 100,
  followMaxMs: 400,
  sweepMs: 500,
  catalogueMs: 0,
};
/** What takes minutes in a cloud takes a second. */
const PACE = { taskSeconds: 1, waitSeconds: 0, staggerSeconds: 0 };

export type Alias = keyof typeof DEMO_PROJECTS;

export interface BotWorldOptions {
  /** SQLite unless given. */
  readonly database?: TestDatabase;
  readonly mode?: 'socket' | 'http';
  /** How many bots share the database; one unless given. */
  readonly replicas?: number;
  readonly timing?: Partial<Timing>;
  /** What differs from the demo in a project's settings. */
  readonly projects?: Partial<Record<Alias, object>>;
  /** Channels that the bot was not invited to. */
  readonly without?: readonly string[];
  /** Noon of a certain day unless given; HTTP wants the true time, since signatures are held against it. */
  readonly start?: Date;
}

/** The bot as people have it, between a Slack and a cloud that are stood in for, over real connections. */
export interface BotWorld {
  readonly slack: SlackSandbox;
  readonly simulator: VbsSimulator;
  readonly clock: SimClock;
  readonly bots: readonly Bot[];
  readonly settings: Settings;
  /** What the bots logged as errors since the last call. */
  takeErrors(): readonly string[];
  /** Stops every bot as an operator does, and starts one anew on the same database. */
  restart(): Promise<void>;
  player(who: keyof typeof DEMO_PEOPLE): Player;
  /** Sets faults of the cloud beside those that are set. */
  trouble(...routes: NonNullable<Faults['routes']>): void;
  /** Ends all troubles, the cloud's and Slack's. */
  mend(): Promise<void>;
  /** Makes a backup of payments-db-1, or another disk, a minute old; answers its id. */
  backup(name: string | null, about?: { disk?: string; status?: 'available' | 'error' }): string;
  /** The projects with which the cloud shares this backup, each as often as it does. */
  sharedWith(backupId: string): readonly string[];
  /** How often a route of the cloud was called, counting what it refused. */
  calls(route: string): number;
  close(): Promise<void>;
}

/** Starts a world of its own. */
export async function startBotWorld(options: BotWorldOptions = {}): Promise<BotWorld> {
  const clock = createSimClock({ start: options.start ?? NOON });
  const simulator = await createVbsSimulator({ clock, seed: demoSeed(clock.now()), ...PACE });
  const slack = await startSlack(options, clock, simulator);
  const { url, drop } = await databaseOf(options).create();
  const settings = settingsOf(options, { slack, simulator, databaseUrl: url });
  const errors: string[] = [];
  const timing = { ...TIMING, ...options.timing };
  const begin = async (): Promise<Bot> => {
    const bot = await createBot(settings, { log: logTo(errors), clock: realSteps(clock), timing });
    await bot.start();
    return bot;
  };
  const bots = await Promise.all(Array.from({ length: options.replicas ?? 1 }, begin));
  const port = bots[0]?.port();
  if (port !== undefined) slack.setHttpTarget(`http://127.0.0.1:${port}/slack/events`);
  return {
    slack,
    simulator,
    clock,
    bots,
    settings,
    takeErrors: () => errors.splice(0),
    async restart() {
      await Promise.all(bots.splice(0).map((bot) => bot.stop()));
      bots.push(await begin());
    },
    player: (who) => new Player({ url: slack.url, id: DEMO_PEOPLE[who].id, home: CHANNELS.general }),
    trouble: (...routes) => simulator.setFaults({ routes }),
    async mend() {
      simulator.setFaults({ clear: true });
      await slack.setFaults({ clear: true, rate_limits: false });
    },
    backup: (name, about) => plantBackup(simulator, name, about),
    sharedWith: (backupId) => simulator.world.sharings.in(backupId).map((sharing) => aliasOf(sharing.toProjectId)),
    calls: (route) => simulator.log().filter((entry) => entry.route === route).length,
    async close() {
      await Promise.all(bots.map((bot) => bot.stop()));
      await slack.close();
      await simulator.close();
      await drop();
    },
  };
}

function databaseOf({ database = databases[0] }: BotWorldOptions): TestDatabase {
  if (!database) throw new Error('there is no database to test on');
  return database;
}

async function startSlack(options: BotWorldOptions, clock: SimClock, simulator: VbsSimulator): Promise<SlackSandbox> {
  return createSlackSandbox({
    people: Object.values(DEMO_PEOPLE),
    channels: Object.values(DEMO_CHANNELS).map((channel) => ({
      ...channel,
      bot_is_member: options.without?.includes(channel.id) !== true,
    })),
    usergroups: DEMO_GROUPS,
    manifest: parse(await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8')),
    now: () => clock.now(),
    delivery: { mode: options.mode ?? 'socket' },
    onFaults: { vbs: (faults) => simulator.setFaults(faults) },
  });
}

const settingsFile = z.looseObject({
  slack: z.looseObject({ botToken: z.string(), apiUrl: z.string() }),
  projects: z.array(z.looseObject({ alias: z.string() })),
});

function settingsOf(
  { mode, projects = {} }: BotWorldOptions,
  parts: { slack: SlackSandbox; simulator: VbsSimulator; databaseUrl: string },
): Settings {
  const { slack, databaseUrl } = parts;
  const demo = demoSettingsFile(parts);
  const file = settingsFile.parse(demo.file);
  const { botToken, apiUrl } = file.slack;
  const http = { mode, botToken, apiUrl, port: 0, signingSecret: fromEnvironment('SLACK_SIGNING_SECRET') };
  const changes = new Map(Object.entries(projects));
  const changed = {
    ...file,
    database: { url: fromEnvironment('DATABASE_URL') },
    ...(mode === 'http' && { slack: http }),
    projects: file.projects.map((project) => ({ ...project, ...changes.get(project.alias) })),
  };
  const env = { ...demo.env, SLACK_SIGNING_SECRET: slack.signingSecret, DATABASE_URL: databaseUrl };
  return parseSettings(JSON.stringify(changed), { file: 'the test', env });
}

function fromEnvironment(name: string): string {
  return `\${${name}}`;
}

/** The moved clock for what time it is, real waiting for what waits. */
function realSteps(clock: SimClock): Clock {
  return {
    now: () => clock.now(),
    sleep: (ms, signal) => delay(ms, undefined, signal && { signal }),
  };
}

function logTo(errors: string[]): Log {
  return {
    info: () => {},
    warn: () => {},
    error: (about, message) =>
      void errors.push(
        `${message}: ${JSON.stringify(about, (_key, value) => (value instanceof Error ? value.stack : value))}`,
      ),
  };
}

function plantBackup(
  simulator: VbsSimulator,
  name: string | null,
  about: { disk?: string; status?: 'available' | 'error' } = {},
): string {
  const before = new Set([...simulator.world.backups.all()].map((backup) => backup.id));
  const createdAt = new Date(simulator.clock.now().getTime() - 60_000);
  const { disk = 'payments-db-1', status = 'available' } = about;
  simulator.plant({ backups: [{ disk, name, status, createdAt }] });
  const made = [...simulator.world.backups.all()].find((backup) => !before.has(backup.id));
  if (!made) throw new Error('the cloud has not made the backup');
  return made.id;
}

function aliasOf(projectId: string): string {
  const found = Object.entries(DEMO_PROJECTS).find(([, id]) => id === projectId);
  return found?.[0] ?? projectId;
}
