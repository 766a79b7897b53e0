import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { DEMO_CHANNELS, DEMO_GROUPS, DEMO_PEOPLE, demoSettingsFile } from '../../src/sandbox/demo-settings.ts';
import { createSlackSandbox, type SlackSandbox, type SlackSandboxOptions } from '../../src/sandbox/slack/workspace.ts';
import { demoSeed } from '../../src/sandbox/vbs/seed.ts';
import { createVbsSimulator, type VbsSimulator } from '../../src/sandbox/vbs/simulator.ts';
import { MANIFEST } from '../support/manifest.ts';
import { Player } from '../support/player.ts';
import { Program, type RunOptions, run } from './program.ts';

export const APPROVALS = DEMO_CHANNELS.paymentsApprovals.id;

const settingsFile = z.looseObject({
  slack: z.looseObject({}),
  projects: z.tuple([z.looseObject({})]).rest(z.looseObject({})),
});
type SettingsFile = z.infer<typeof settingsFile>;

export interface PlaceOptions {
  readonly slack?: Partial<SlackSandboxOptions>;
  /** An SQLite file in the folder unless given. */
  readonly databaseUrl?: string;
  /** Gets rid of that database. */
  readonly drop?: () => Promise<void>;
}

/** A folder with a settings file, where an operator calls the program, with a workspace and a cloud to go with it. */
export interface Place {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly slack: SlackSandbox;
  readonly simulator: VbsSimulator;
  /** What the settings take from the environment. */
  readonly env: Record<string, string>;
  /** Changes the settings file. */
  change(edit: (file: SettingsFile) => object | undefined): Promise<void>;
  start(more?: Partial<RunOptions>): Program;
  run(...args: string[]): ReturnType<typeof run>;
  player(who: keyof typeof DEMO_PEOPLE): Player;
}

/** Makes a place; everything of it ends with the test. */
export async function createPlace(options: PlaceOptions = {}): Promise<Place> {
  const { slack: changes, databaseUrl: given, drop } = options;
  if (drop) onTestFinished(drop);
  const folder = await temporaryFolder();
  const databaseUrl = given ?? `sqlite:${join(folder, 'bot.db')}`;
  const simulator = await createVbsSimulator({ seed: demoSeed(new Date()) });
  onTestFinished(() => simulator.close());
  const slack = await createSlackSandbox({
    people: Object.values(DEMO_PEOPLE),
    channels: Object.values(DEMO_CHANNELS),
    usergroups: DEMO_GROUPS,
    manifest: parse(MANIFEST),
    ...changes,
  });
  onTestFinished(() => slack.close());
  const { file, env } = demoSettingsFile({ slack, simulator, databaseUrl });
  let settings = settingsFile.parse({ ...file, server: { port: 0 } });
  const write = () => writeFile(join(folder, 'vbs-chatops.yml'), stringify(settings));
  await write();
  return {
    folder,
    databaseUrl,
    slack,
    simulator,
    env,
    async change(edit) {
      settings = settingsFile.parse({ ...settings, ...edit(settings) });
      await write();
    },
    start: (more) => new Program(['start'], { cwd: folder, env, ...more }),
    run: (...args) => run(args, { cwd: folder, env }),
    player: (who) => new Player({ url: slack.url, id: DEMO_PEOPLE[who].id, home: DEMO_CHANNELS.general.id }),
  };
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-process-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
