#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { type Bot, createBot, createClouds } from './app.ts';
import { type Command, readCommand, USAGE, UsageError } from './command-line.ts';
import { SettingsError } from './config/fault.ts';
import { loadSettings, processEnvironment, type Settings, secretValues } from './config.ts';
import { listenFault } from './listen-fault.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, createStatusServer, StatusServerError } from './metrics.ts';
import { createScrubber } from './scrub.ts';
import { StoreError } from './store/errors.ts';

/** As far from the sources as from the built program. */
const MANIFEST = new URL('../manifest.yml', import.meta.url);

type Of<Name extends Command['name']> = Extract<Command, { name: Name }>;

/** Something without which it cannot start; the message ends with the remedy. */
class CannotStart extends Error {}

async function main(command: Command): Promise<number> {
  switch (command.name) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'start':
      return start(command);
    case 'doctor':
      return doctor(command);
    case 'demo':
      return demo(command);
  }
}

async function start({ config }: Of<'start'>): Promise<number> {
  const settings = await loadSettings({ file: config, env: processEnvironment() });
  const log = createLog({ level: settings.log.level, secrets: secretValues(settings) });
  onFault = (error) => log.fatal({ err: error }, 'a fault of the bot itself, which ends it');
  try {
    return await run(settings, log);
  } catch (error) {
    if (sentenceOf(error) !== undefined) throw error;
    log.fatal({ err: error }, 'cannot start');
    return 1;
  }
}

/** Runs the bot until a signal. Its status pages are there from the beginning, and say what it waits for. */
async function run(settings: Settings, log: Log): Promise<number> {
  const stopped = untilSignal();
  const metrics = createMetrics();
  let bot: Bot | undefined;
  let hindered: string | undefined = 'the bot is starting';
  const ready = async () => (hindered === undefined && bot ? bot.ready() : { ok: false, reasons: [hindered ?? ''] });
  const status = await createStatusServer({ ...settings.server, metrics, ready });
  log.info({ host: status.host, port: status.port }, 'status pages are served');
  bot = await Promise.race([createBot(settings, { log, metrics }), stopped.then(() => undefined)]);
  if (bot === undefined) return 0;
  try {
    hindered = undefined;
    const begun = startUp(bot, settings).then((facts) => {
      // A stop ends the wait for Slack, too.
      if (hindered === undefined) log.info(facts, 'ready');
      return stopped;
    });
    const signal = await Promise.race([stopped, begun]);
    log.info({ signal }, 'stopping');
  } finally {
    hindered = 'the bot is stopping';
    await bot.stop();
    await status.close();
  }
  log.info({}, 'stopped');
  return 0;
}

/** Resolves, with what the log is to say of it, once Slack can reach the bot. */
async function startUp(bot: Bot, { slack }: Settings): Promise<object> {
  try {
    await bot.start();
  } catch (error) {
    const why = slack.mode === 'http' && listenFault(error, { port: 'slack.port' });
    if (!why) throw error;
    throw new CannotStart(`requests of Slack on port ${slack.port} → ${why}`, { cause: error });
  }
  return { mode: slack.mode, ...(slack.mode === 'http' && { port: bot.port() }) };
}

async function doctor({ config, manifest }: Of<'doctor'>): Promise<number> {
  const { runDoctor } = await import('./doctor.ts');
  const { checkDatabase } = await import('./doctor/database.ts');
  const { cloudFault } = await import('./doctor/cloud.ts');
  const { fine } = await import('./doctor/finding.ts');
  const healthy = await runDoctor(
    {
      file: config,
      load: () => loadSettings({ file: config, env: processEnvironment() }),
      manifest: () => readFile(manifest ?? MANIFEST, 'utf8'),
      manifestFile: manifest,
      checkDatabase,
      async checkCredentials(project, out) {
        const clock = { now: () => new Date() };
        const clouds = createClouds([project], { metrics: createMetrics(), clock, ids: { random: Math.random }, out });
        try {
          await clouds.checkCredentials(project.alias);
          return fine('the cloud takes them, and shows its policies and backups');
        } catch (error) {
          return cloudFault(error, project);
        } finally {
          await clouds.close();
        }
      },
    },
    print,
  );
  return healthy ? 0 : 1;
}

async function demo({ port, keep, play }: Of<'demo'>): Promise<number> {
  const { runDemo } = await import('./sandbox/demo.ts');
  try {
    return await runDemo({ port, keep, play, manifest: MANIFEST, until: untilSignal(), print });
  } catch (error) {
    const why = listenFault(error, { port: '--port' });
    if (why === undefined) throw error;
    throw new CannotStart(`the demo on port ${port} → ${why}, or to 0`, { cause: error });
  }
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

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What a person reads when the program cannot go on: a sentence with its remedy, and no stack. */
function sentenceOf(error: unknown): string | undefined {
  const expected = [UsageError, CannotStart, SettingsError, StoreError, StatusServerError];
  return error instanceof Error && expected.some((kind) => error instanceof kind) ? error.message : undefined;
}

function complain(text: string): void {
  process.stderr.write(`${createScrubber([]).text(text)}\n`);
}

let onFault = (error: unknown): void =>
  complain(error instanceof Error ? (error.stack ?? error.message) : String(error));

// Also for a promise that nobody caught: what state the process is in then, nobody knows. What it held comes free.
process.on('uncaughtException', (error) => {
  onFault(error);
  process.exit(1);
});

// Whoever was reading has seen enough, as `head` has: there is nobody left to tell.
process.stdout.on('error', () => process.exit(1));

try {
  // Whatever may still hang then is not waited for.
  process.exit(await main(readCommand(process.argv.slice(2))));
} catch (error) {
  const sentence = sentenceOf(error);
  if (sentence === undefined) onFault(error);
  else complain(sentence);
  process.exit(1);
}
