import { mkdir, readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'yaml';
import { type Bot, createBot } from '../app.ts';
import { secretValues } from '../config.ts';
import type { Timing } from '../core/timing.ts';
import { createLog } from '../log.ts';
import { playStory } from './demo-play.ts';
import { DEMO_CHANNELS, DEMO_GROUPS, DEMO_PEOPLE, demoSettings } from './demo-settings.ts';
import { createSlackSandbox, type SlackSandbox } from './slack/workspace.ts';
import { createSimClock } from './vbs/clock.ts';
import { demoSeed } from './vbs/seed.ts';
import { createVbsSimulator, type VbsSimulator } from './vbs/simulator.ts';

const DATA = 'data/demo';
/** A person watches: what takes minutes in a cloud takes seconds here. */
const PACE = { taskSeconds: 8, waitSeconds: 1, staggerSeconds: 1 };
const TIMING: Partial<Timing> = { settleMs: 8_000, lookMs: 1_000, retryMs: 1_000, catalogueMs: 3_000 };

export interface DemoOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** Go on with the bot's own data of last time; the workspace and the cloud begin anew all the same. */
  readonly keep: boolean;
  /** Play the story instead of waiting for people. */
  readonly play: boolean;
  readonly until: Promise<unknown>;
  print(line: string): void;
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

/** Starts the stand-ins and the bot; resolves once the bot is connected. */
export async function startDemo({ port, keep }: Pick<DemoOptions, 'port' | 'keep'>): Promise<Demo> {
  const clock = createSimClock();
  const simulator = await createVbsSimulator({ clock, seed: demoSeed(clock.now()), ...PACE });
  const slack = await createSlackSandbox({
    port,
    people: Object.values(DEMO_PEOPLE),
    channels: Object.values(DEMO_CHANNELS),
    usergroups: DEMO_GROUPS,
    manifest: parse(await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8')),
    now: () => clock.now(),
    onFaults: { vbs: (faults) => simulator.setFaults(faults) },
  });
  // Whoever has the port has the folder: no other demo that runs here loses its data.
  const data = `${DATA}/${new URL(slack.url).port}`;
  if (!keep) await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true });
  const settings = demoSettings({ slack, simulator, databaseUrl: `sqlite:./${data}/vbs-chatops.db` });
  const bot = await createBot(settings, {
    log: createLog({ level: 'error', secrets: secretValues(settings), destination: process.stderr }),
    clock: {
      now: () => clock.now(),
      async sleep(ms, signal) {
        await delay(ms, undefined, signal && { signal });
      },
    },
    timing: TIMING,
  });
  await bot.start();
  return {
    slack,
    simulator,
    bot,
    async stop() {
      await bot.stop();
      await slack.close();
      await simulator.close();
      if (port === 0 && !keep) await rm(data, { recursive: true, force: true });
    },
  };
}
