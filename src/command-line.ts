import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS_FILE } from './config.ts';

export const USAGE = `vbs-chatops: share, approve and watch disk backups from Slack

  vbs-chatops start  [--config FILE]                    run the bot
  vbs-chatops doctor [--config FILE] [--manifest FILE]  check the settings, the database, Slack and the cloud
  vbs-chatops demo   [--port N] [--keep] [--play]       try everything here, without Slack and without a cloud

  --config FILE    the settings; ${DEFAULT_SETTINGS_FILE} unless given
  --manifest FILE  the manifest that the Slack app was made from; the one that comes with the bot unless given
  --port N         the demo's port; 3000 unless given, 0 for a free one
  --keep           the demo goes on with what it had
  --play           the demo plays a story by itself, prints what each person sees, and ends
`;

/** The program was called in a way that it does not know; the message ends with how to call it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(problem: string) {
    super(`${problem}\n\n${USAGE.trimEnd()}`);
  }
}

/** What the program is asked to do. */
export type Command =
  | { name: 'help' }
  | { name: 'start'; config: string }
  | { name: 'doctor'; config: string; manifest: string | undefined }
  | { name: 'demo'; port: number; keep: boolean; play: boolean };

const options = {
  config: { type: 'string' },
  manifest: { type: 'string' },
  port: { type: 'string' },
  keep: { type: 'boolean' },
  play: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const optionsOf = {
  start: ['config'],
  doctor: ['config', 'manifest'],
  demo: ['port', 'keep', 'play'],
} as const satisfies Record<string, readonly (keyof typeof options)[]>;

/** Reads the program's arguments, without those of Node. Throws a UsageError. */
export function readCommand(args: readonly string[]): Command {
  const { positionals, values } = parse(args);
  const [name, ...rest] = positionals;
  if (values.help || name === 'help') return { name: 'help' };
  if (name === undefined) throw new UsageError('No command is given.');
  if (!isCommand(name)) throw new UsageError(`There is no command "${name}".`);
  if (rest.length > 0) throw new UsageError(`"${rest.join(' ')}" is too much.`);
  const known: readonly string[] = optionsOf[name];
  const strange = Object.keys(values).find((option) => !known.includes(option));
  if (strange !== undefined) throw new UsageError(`${name} has no option --${strange}.`);
  const { config = DEFAULT_SETTINGS_FILE, manifest, port = '3000', keep = false, play = false } = values;
  switch (name) {
    case 'start':
      return { name, config };
    case 'doctor':
      return { name, config, manifest };
    case 'demo':
      return { name, port: portOf(port), keep, play };
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    // Node goes on to explain a way out that leads nowhere here.
    const [problem = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new UsageError(`${problem.replace(/\.$/, '')}.`);
  }
}

function isCommand(name: string): name is keyof typeof optionsOf {
  return Object.hasOwn(optionsOf, name);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port ${text} is no port: give 0 to 65535.`);
  return port;
}
