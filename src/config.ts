import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { type Fault, SettingsError } from './config/fault.ts';
import { type Path, patternOf, showPath } from './config/path.ts';
import { SETTINGS_REFERENCE } from './config/reference.ts';
import { credentialsRules, pollRules, projectRules, projectsRules, rule, slackRules } from './config/rules.ts';
import { readSource, unreadable } from './config/source.ts';
import { type Environment, substitute } from './config/substitute.ts';
import * as value from './config/values.ts';
import { toFaults } from './config/wording.ts';

/** Where the settings are looked for unless told otherwise. */
export const DEFAULT_SETTINGS_FILE = 'vbs-chatops.yml';

const port = value.wholeNumber({ from: 0, to: 65_535 });
const pause = value.duration({ from: '1s', to: '1d' });

const slack = z.strictObject({
  mode: z.enum(['socket', 'http']).prefault('socket'),
  botToken: value.slackSecret({ called: 'bot token', prefix: 'xoxb-', where: 'OAuth & Permissions of the app' }),
  appToken: value
    .slackSecret({ called: 'app-level token', prefix: 'xapp-', where: 'Basic Information of the app' })
    .optional(),
  signingSecret: value
    .slackSecret({ called: 'signing secret', prefix: '', where: 'Basic Information of the app' })
    .optional(),
  port: port.prefault(3000),
  apiUrl: value.apiUrl.prefault('https://slack.com/api/'),
});

const people = z.strictObject({
  users: z.array(value.userId).prefault([]),
  groups: z.array(value.groupId).prefault([]),
});

const credentials = rule(
  z.strictObject({
    user: value.text.optional(),
    domain: value.text.optional(),
    password: value.text.optional(),
    accessKey: value.text.optional(),
    secretKey: value.text.optional(),
    securityToken: value.text.optional(),
  }),
  credentialsRules,
);

const project = z.strictObject({
  alias: value.alias,
  id: value.projectId,
  region: value.text.optional(),
  endpoints: z
    .strictObject({ iam: value.endpoint, vbs: value.endpoint, blockStorage: value.endpoint.optional() })
    .optional(),
  nativeApiVersion: z.enum(['v2', 'v3']).prefault('v3'),
  backupCalls: z.enum(['tracked', 'native']).prefault('tracked'),
  credentials: credentials.transform(toCredentials).optional(),
  approvalsChannel: value.channelId.optional(),
  alertsChannel: value.channelId.optional(),
  approvers: people.optional(),
  requesters: z.union([z.literal('everyone'), people]).prefault('everyone'),
  operators: people.prefault({}),
  admins: people.prefault({}),
  approvals: value.wholeNumber({ from: 1, to: 20 }).prefault(1),
  requestOpenFor: value.duration({ from: '1s', to: '365d' }).prefault('3d'),
  allowUnknownTargets: value.flag.prefault(false),
  disks: z.record(value.diskId, value.text).prefault({}),
});

/** Users and user groups of Slack, by id. */
export type People = z.output<typeof people>;

/** As whom the bot works in a project: a user, or the access key of one. */
export type Credentials =
  | { user: string; domain: string; password: string }
  | { accessKey: string; secretKey: string; securityToken?: string };

type Checked = z.output<typeof project>;

/** A project that the bot works in. */
export type ManagedProject = Omit<
  Checked,
  'region' | 'endpoints' | 'credentials' | 'approvalsChannel' | 'alertsChannel' | 'approvers'
> & {
  region: string;
  endpoints: { iam: string; vbs: string; blockStorage: string };
  credentials: Credentials;
  approvalsChannel: string;
  alertsChannel: string;
  approvers: People;
};

/** A project that backups can be shared with, and no more. */
export type TargetProject = { alias: string; id: string; credentials?: undefined };

/** A project of the settings; `credentials` tells the two apart. */
export type Project = ManagedProject | TargetProject;

/** How Slack is reached. */
export type SlackSettings = { botToken: string; apiUrl: string } & (
  | { mode: 'socket'; appToken: string }
  | { mode: 'http'; signingSecret: string; port: number }
);

/** The one schema of the settings file, after the variables of the environment are in their places. */
export const settingsSchema = z.strictObject({
  slack: z.preprocess((given = {}) => given, rule(slack, slackRules).transform(toSlack)),
  database: z.strictObject({ url: value.databaseUrl.prefault('sqlite:./data/vbs-chatops.db') }).prefault({}),
  server: z.strictObject({ host: value.text.prefault('127.0.0.1'), port: port.prefault(9464) }).prefault({}),
  log: z
    .strictObject({
      level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).prefault('info'),
    })
    .prefault({}),
  poll: rule(
    z.strictObject({ policies: pause.prefault('60s'), runMin: pause.prefault('5s'), runMax: pause.prefault('60s') }),
    pollRules,
  ).prefault({}),
  proxy: z.strictObject({ url: value.proxyUrl, except: z.array(value.host).prefault([]) }).optional(),
  projects: rule(z.array(rule(project, projectRules).transform(toProject)), projectsRules),
});

/** The settings, checked; durations in milliseconds. */
export type Settings = z.output<typeof settingsSchema>;

function toSlack({
  mode,
  appToken = '',
  signingSecret = '',
  port: listen,
  ...common
}: z.output<typeof slack>): SlackSettings {
  // `slackRules` has refused the settings where the one that the mode needs is missing.
  return mode === 'socket' ? { ...common, mode, appToken } : { ...common, mode, signingSecret, port: listen };
}

function toCredentials(given: z.output<typeof credentials>): Credentials {
  const { user = '', domain = '', password = '', accessKey, secretKey = '', securityToken } = given;
  // `credentialsRules` has refused the settings where one that is needed is missing, and a mixture.
  if (accessKey === undefined) return { user, domain, password };
  return { accessKey, secretKey, ...(securityToken === undefined ? {} : { securityToken }) };
}

function toProject(checked: Checked): Project {
  const { alias, id, region, endpoints, credentials, approvalsChannel, approvers } = checked;
  // `projectRules` has refused credentials without the others; without credentials nothing but the target is left.
  if (!credentials || !region || !endpoints || !approvalsChannel || !approvers) return { alias, id };
  return {
    ...checked,
    region,
    endpoints: { ...endpoints, blockStorage: endpoints.blockStorage ?? endpoints.vbs },
    credentials,
    approvalsChannel,
    alertsChannel: checked.alertsChannel ?? approvalsChannel,
    approvers,
  };
}

/** Whether the bot works in the project, rather than only sharing backups with it. */
export function isManaged(candidate: Project): candidate is ManagedProject {
  return candidate.credentials !== undefined;
}

/** Reads and checks the settings; throws a SettingsError that lists every fault with its remedy. */
export async function loadSettings({ file, env }: { file: string; env: Environment }): Promise<Settings> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new SettingsError({ file, faults: [unreadable(cause)], cause });
  }
  return parseSettings(text, { file, env });
}

/** The same for settings at hand; `file` is what messages call them. */
export function parseSettings(text: string, { file, env }: { file: string; env: Environment }): Settings {
  const source = readSource(text, file);
  const filled = substitute(source.raw, { env, isSecret });
  const result = settingsSchema.safeParse(filled.value);
  if (result.success && filled.faults.length === 0) return result.data;
  const found = toFaults(result.error?.issues ?? [], { raw: source.raw, filled: filled.value });
  const faults = withoutEchoes(filled.faults, found)
    .map((fault): Fault => {
      const line = source.lineOf(fault.path);
      return line === undefined ? fault : { ...fault, line };
    })
    .sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  throw new SettingsError({ file, faults, raw: source.raw });
}

/** A value that could not be filled in is at fault once: what the schema says of what stands in its place is noise. */
function withoutEchoes(unfilled: readonly Fault[], found: readonly Fault[]): Fault[] {
  const places = new Set(unfilled.map(({ path }) => showPath(path)));
  const first = new Map<string, Fault>();
  for (const fault of unfilled) first.set(showPath(fault.path), fault);
  for (const fault of found) {
    const place = showPath(fault.path);
    if (!places.has(place)) first.set(`${place}\n${fault.problem}`, fault);
  }
  return [...first.values()];
}

function isSecret(path: Path): boolean {
  const pattern = patternOf(path);
  return SETTINGS_REFERENCE.some((entry) => entry.secret && entry.path === pattern);
}

/** Every secret that the settings hold, in each spelling in which it could turn up in a log. */
export function secretValues(settings: Settings): string[] {
  const {
    slack: { botToken, ...rest },
    database,
    proxy,
    projects,
  } = settings;
  const secrets = [botToken, rest.mode === 'socket' ? rest.appToken : rest.signingSecret];
  for (const { credentials: each } of projects.filter(isManaged)) {
    secrets.push(...('password' in each ? [each.password] : [each.secretKey, each.securityToken ?? '']));
  }
  for (const url of [database.url, proxy?.url ?? '']) {
    if (!URL.canParse(url)) continue;
    const { password, searchParams } = new URL(url);
    secrets.push(password, decodeURIComponent(password), searchParams.get('password') ?? '');
  }
  return [...new Set(secrets.filter((secret) => secret !== ''))];
}

/** The environment of this process; where it says nothing, the file `.env` of the working directory. */
export function processEnvironment(file = '.env'): Environment {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Without the file the environment alone counts; a variable missing from both is named when it is needed.
  }
  return { ...parseEnv(text), ...process.env };
}
