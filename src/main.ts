#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createBot, createClouds } from './app.ts';
import { SettingsError } from './config/fault.ts';
import { DEFAULT_SETTINGS_FILE, loadSettings, processEnvironment, secretValues } from './config.ts';
import { createLog } from './log.ts';
import { createMetrics, createStatusServer, StatusServerError } from './metrics.ts';

const USAGE = `vbs-chatops: share, approve and watch disk backups from Slack

  vbs-chatops start  [--config FILE]             run the bot
  vbs-chatops doctor [--config FILE]             check the settings, the database, Slack and the cloud
  vbs-chatops demo   [--port N] [--keep] [--play]  try everything here, without Slack and without a cloud

  --config FILE  the settings; ${DEFAULT_SETTINGS_FILE} unless given
  --port N       the demo's port; 3000 unless given, 0 for a free one
  --keep         the demo goes on with what it had
  --play         the demo plays a story by itself, prints what each person sees, and ends
`;

/** A mistake in how the program was called, or something it cannot start without; the message ends with the remedy. */
class CannotStart extends Error {}

type Options = ReturnType<typeof readArguments>['values'];

async function main(): Promise<number> {
  const { positionals, values } = readArguments();
  const [command, ...rest] = positionals;
  if (values.help || command === undefined || command === 'help') {
    print(USAGE);
    return values.help || command === 'help' ? 0 : 1;
  }
  if (rest.length > 0) throw new CannotStart(`"${rest.join(' ')}" is too much.\n\n${USAGE}`);
  switch (command) {
    case 'start':
      return start(values);
    case 'doctor':
      return doctor(values);
    case 'demo':
      return demo(values);
    default:
      throw new CannotStart(`There is no command "${command}".\n\n${USAGE}`);
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        config: { type: 'string', default: DEFAULT_SETTINGS_FILE },
        port: { type: 'string', default: '3000' },
        keep: { type: 'boolean', default: false },
        play: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new CannotStart(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

async function start({ config }: Options): Promise<number> {
  const settings = await loadSettings({ file: config, env: processEnvironment() });
  const log = createLog({ level: settings.log.level, secrets: secretValues(settings) });
  const metrics = createMetrics();
  const bot = await createBot(settings, { log, metrics });
  const status = await createStatusServer({ ...settings.server, metrics, ready: () => bot.ready() });
  log.info({ host: status.host, port: status.port }, 'status pages are served');
  const stopped = untilSignal();
  const started = bot.start().then(() => log.info({ mode: settings.slack.mode }, 'ready'));
  started.catch((error: unknown) => log.fatal({ err: error }, 'cannot start'));
  const signal = await Promise.race([stopped, started.then(() => stopped)]);
  log.info({ signal }, 'stopping');
  await bot.stop();
  await status.close();
  log.info({}, 'stopped');
  return 0;
}

async function doctor({ config }: Options): Promise<number> {
  const { runDoctor } = await import('./doctor.ts');
  const { checkDatabase } = await import('./doctor/database.ts');
  const { fine } = await import('./doctor/finding.ts');
  const load = () => loadSettings({ file: config, env: processEnvironment() });
  const healthy = await runDoctor(
    {
      file: config,
      load,
      manifest: () => readFile(new URL('../manifest.yml', import.meta.url), 'utf8'),
      checkDatabase,
      async checkCredentials(project) {
        const settings = await load();
        const clock = { now: () => new Date(), sleep: async () => {} };
        const clouds = createClouds(settings, { metrics: createMetrics(), clock, ids: { random: Math.random } });
        try {
          await clouds.checkCredentials(project.alias);
          return fine('the cloud takes them');
        } finally {
          await clouds.close();
        }
      },
    },
    (line) => print(`${line}\n`),
  );
  return healthy ? 0 : 1;
}

async function demo({ port, keep, play }: Options): Promise<number> {
  const number = Number(port);
  if (!/^\d+$/.test(port) || number > 65_535) throw new CannotStart(`--port ${port} is no port; give 0 to 65535.`);
  const { runDemo } = await import('./sandbox/demo.ts');
  return runDemo({ port: number, keep, play, until: untilSignal(), print: (line) => print(`${line}\n`) });
}

/** Resolves with the first SIGTERM or SIGINT; a second one ends the process at once. */
function untilSignal(): Promise<string> {
  return new Promise((resolve) => {
    let stopping = false;
    const onSignal = (signal: string): void => {
      if (stopping) process.exit(1);
      stopping = true;
      resolve(signal);
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}

function print(text: string): void {
  process.stdout.write(text);
}

/** What a person reads when the program cannot go on: a sentence with its remedy, and no stack. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof CannotStart || error instanceof SettingsError || error instanceof StatusServerError) {
    return error.message;
  }
  return undefined;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `${sentenceOf(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  process.exitCode = 1;
}
