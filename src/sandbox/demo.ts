import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'yaml';
import { type Bot, createBot } from '../app.ts';
import { secretValues } from '../config.ts';
import type { Timing } from '../core/timing.ts';
import { createLog } from '../log.ts';
import { demoAbout } from './demo-about.ts';
import { lastPort, makeFolder } from './demo-folders.ts';
import { type Keeping, type KeptSandbox, keepWriting, readKept } from './demo-keeping.ts';
import { playStory } from './demo-play.ts';
import { askBeforehand } from './demo-seed.ts';
import { DEMO_CHANNELS, DEMO_GROUPS, DEMO_PEOPLE, demoSettings } from './demo-settings.ts';
import { createSlackSandbox, type SlackSandbox } from './slack/workspace.ts';
import { createSimClock, type SimClock } from './vbs/clock.ts';
import { demoSeed } from './vbs/seed.ts';
import { seedSchema } from './vbs/seed-schema.ts';
import { createVbsSimulator, type VbsSimulator } from './vbs/simulator.ts';
import { loadPage, pageRoutes } from './web/server/page.ts';

const DATA = 'data/demo';
/** A person watches: what takes minutes in a cloud takes seconds here. */
const PACE = { taskSeconds: 8, waitSeconds: 1, staggerSeconds: 1 };
const TIMING: Partial<Timing> = {
  settleMs: 8_000,
  lookMs: 1_000,
  retryMs: 1_000,
  catalogueMs: 3_000,
  // What a killed demo was at is taken up again while the person still looks.
  leaseMs: 10_000,
};

export interface DemoOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** Go on with what the last demo had: the bot's data, the workspace's messages and the cloud. */
  readonly keep: boolean;
  /** Play the story instead of waiting for people. */
  readonly play: boolean;
  /** The app's manifest, which the workspace goes by. */
  readonly manifest: URL;
  readonly until: Promise<unknown>;
  print(line: string): void;
}

export interface StartOptions extends Pick<DemoOptions, 'port' | 'keep' | 'play' | 'manifest'> {
  /** Where each demo has a folder by its port; `data/demo` unless given. */
  readonly folder?: string;
  /** How long the cloud takes for what; for a person to watch unless given. */
  readonly pace?: typeof PACE;
}

export interface Demo {
  readonly slack: SlackSandbox;
  readonly simulator: VbsSimulator;
  readonly bot: Bot;
  stop(): Promise<void>;
}

/** Everything together, without Slack and without a cloud. Resolves with the exit code. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const demo = await startDemo(options);
  options.print(`Sandbox: ${demo.slack.url}`);
  try {
    const story = options.play ? playStory(demo, (line) => options.print(line)) : undefined;
    await Promise.race([options.until, ...(story ? [story] : [])]);
    return 0;
  } finally {
    await demo.stop();
  }
}

/** Starts the stand-ins, the page and the bot; resolves once the bot is connected and something waits to be seen. */
export async function startDemo(options: StartOptions): Promise<Demo> {
  const { keep, play, manifest, folder: all = DATA, pace = PACE } = options;
  const port = options.port === 0 && keep ? await lastPort(all) : options.port;
  const kept = keep ? await readKept(join(all, String(port))) : undefined;
  const clock = createSimClock({ start: new Date(Date.now() + Math.max(0, kept?.ahead ?? 0)) });
  let keeping: Keeping | undefined;
  const onChange = () => keeping?.changed();
  const simulator = await createVbsSimulator({ clock, seed: seedOf(kept, clock.now()), ...pace, onWork: onChange });
  const slack = await startSlack({ port, kept, simulator, manifest, onChange });
  const folder = await makeFolder({ all, port, keep }, Number(new URL(slack.url).port));
  keeping = keepWriting(folder, { slack, simulator });
  const bot = await startBot({ slack, simulator, folder });
  if (kept === undefined && !play) await askBeforehand(slack.url);
  return {
    slack,
    simulator,
    bot,
    async stop() {
      await bot.stop();
      keeping?.stop();
      await slack.close();
      await simulator.close();
      // Nobody goes on with a story that has been told.
      if (options.port === 0 && play && !keep) await rm(folder, { recursive: true, force: true });
    },
  };
}

function seedOf(kept: KeptSandbox | undefined, now: Date): ReturnType<typeof demoSeed> {
  return kept === undefined ? demoSeed(now) : seedSchema.parse(kept.cloud);
}

interface SlackParts {
  readonly port: number;
  readonly kept: KeptSandbox | undefined;
  readonly simulator: VbsSimulator;
  readonly manifest: URL;
  readonly onChange: () => void;
}

async function startSlack({ port, kept, simulator, manifest: file, onChange }: SlackParts): Promise<SlackSandbox> {
  const manifest: object = parse(await readFile(file, 'utf8'));
  const about = demoAbout(manifest, { kept: kept !== undefined });
  const onClock = () => slack.tick();
  const slack = await createSlackSandbox({
    port,
    people: Object.values(DEMO_PEOPLE),
    channels: Object.values(DEMO_CHANNELS),
    usergroups: DEMO_GROUPS,
    manifest,
    now: () => simulator.clock.now(),
    extraRoutes: pageRoutes(await loadPage(), { simulator, about, onClock }),
    onFaults: { vbs: (faults) => simulator.setFaults(faults) },
    onMessages: onChange,
    ...(kept && { kept: kept.workspace }),
  });
  return slack;
}

interface BotPlace extends Pick<Demo, 'slack' | 'simulator'> {
  readonly folder: string;
}

async function startBot({ slack, simulator, folder }: BotPlace): Promise<Bot> {
  const settings = demoSettings({ slack, simulator, databaseUrl: `sqlite:${join(folder, 'vbs-chatops.db')}` });
  const bot = await createBot(settings, {
    log: createLog({ level: 'error', secrets: secretValues(settings), destination: process.stderr }),
    clock: stepsOf(simulator.clock),
    timing: TIMING,
  });
  await bot.start();
  return bot;
}

/** The sandbox's clock for what time it is, real waiting for what waits. */
function stepsOf(clock: SimClock): { now(): Date; sleep(ms: number, signal?: AbortSignal): Promise<void> } {
  return {
    now: () => clock.now(),
    async sleep(ms, signal) {
      await delay(ms, undefined, signal && { signal });
    },
  };
}
