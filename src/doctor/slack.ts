import { type FetchFunction, type Logger, LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { isManaged, type ManagedProject, type Settings } from '../config.ts';
import { SlackClock } from './clock.ts';
import { type Finding, fine, type Item, wrong } from './finding.ts';
import { checkScopes, type Manifest } from './manifest.ts';
import { refusalCode, slackFault } from './slack-errors.ts';

const TIMEOUT_MS = 5_000;

// What goes wrong is an item of the report; the client's own lines would stand between them.
const silent: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

type SlackCheck = {
  settings: Settings;
  manifest: Manifest | undefined;
  fetch: FetchFunction;
  now: () => Date;
};

/** Checks the tokens and their scopes, and every channel, person and user group of the settings. */
export async function* checkSlack({ settings, manifest, fetch, now }: SlackCheck): AsyncGenerator<Item> {
  const { slack } = settings;
  const clock = new SlackClock(now);
  const options: WebClientOptions = {
    slackApiUrl: slack.apiUrl,
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 1, minTimeout: 200 },
    rejectRateLimitedCalls: true,
    logger: silent,
    fetch: async (url, init) => clock.read(await fetch(url, init)),
  };
  const bot = new WebClient(slack.botToken, options);
  const login = await logIn(bot);
  yield { name: 'Slack bot token', finding: login.finding };
  if (login.finding.ok) yield { name: 'Slack scopes', finding: checkScopes(login.scopes, manifest) };
  if (slack.mode === 'socket') {
    const app = new WebClient(slack.appToken, options);
    const opened = await openConnection(app, fetch);
    const finding = opened.ok && login.finding.ok ? await checkSameApp(app, bot, login.botId) : opened;
    yield { name: 'Slack app token', finding };
  } else {
    yield {
      name: 'Slack signing secret',
      finding: fine('is set; only a request of Slack can show whether it is right'),
    };
  }
  const skew = clock.finding();
  if (skew) yield { name: 'Clock', finding: skew };
  if (!login.finding.ok) return;
  const managed = settings.projects.filter(isManaged);
  for (const [id, uses] of usesOf(managed, channelsOf))
    yield { name: `Channel ${id} (${uses})`, finding: await channel(bot, id) };
  for (const [id, uses] of usesOf(managed, usersOf))
    yield { name: `Member ${id} (${uses})`, finding: await member(bot, id) };
  yield* groupItems(bot, managed);
}

async function logIn(
  bot: WebClient,
): Promise<{ finding: Finding; scopes?: string[] | undefined; botId?: string | undefined }> {
  try {
    const { user, team, bot_id: botId, response_metadata: metadata } = await bot.auth.test();
    return { finding: fine(`${user ?? 'the bot'} in ${team ?? 'the workspace'}`), scopes: metadata?.scopes, botId };
  } catch (error) {
    return { finding: slackFault(error) };
  }
}

async function openConnection(app: WebClient, fetch: FetchFunction): Promise<Finding> {
  try {
    const { url = '' } = await app.apps.connections.open();
    // The connection is to another host, which a firewall or proxy may know less well. Any answer will do.
    await fetch(new URL(url.replace(/^ws/, 'http')).origin, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return fine('may open connections');
  } catch (error) {
    if (refusalCode(error) !== 'missing_scope') return slackFault(error);
    return wrong('the token lacks connections:write', 'make a new app-level token with the scope connections:write');
  }
}

/** With tokens of two apps the bot hears what is said to the one, and speaks as the other. */
async function checkSameApp(app: WebClient, bot: WebClient, botId: string | undefined): Promise<Finding> {
  const nothing = () => undefined;
  const [hears, speaks] = await Promise.all([
    app.auth.test().then(({ app_id: id }) => id, nothing),
    botId === undefined ? undefined : bot.bots.info({ bot: botId }).then(({ bot: found }) => found?.app_id, nothing),
  ]);
  if (hears === undefined || speaks === undefined || hears === speaks) return fine('may open connections');
  return wrong(
    `the token is of the app ${hears}, the bot token of the app ${speaks}`,
    'take both tokens from the settings of the same app',
  );
}

type Use = { id: string; use: string };

/** What each id is used for, in words, by id: one that is used twice is looked at once. */
function usesOf(projects: readonly ManagedProject[], list: (project: ManagedProject) => Use[]): Map<string, string> {
  const uses = new Map<string, string[]>();
  for (const project of projects) {
    for (const { id, use } of list(project)) uses.set(id, [...(uses.get(id) ?? []), `${use} of ${project.alias}`]);
  }
  return new Map([...uses].map(([id, words]) => [id, [...new Set(words)].join(', ')]));
}

function channelsOf({ approvalsChannel, alertsChannel }: ManagedProject): Use[] {
  return [
    { id: approvalsChannel, use: 'approvals' },
    { id: alertsChannel, use: 'alerts' },
  ];
}

function usersOf(project: ManagedProject): Use[] {
  return peopleOf(project, 'users');
}

function peopleOf({ approvers, operators, admins, requesters }: ManagedProject, kind: 'users' | 'groups'): Use[] {
  const asking = requesters === 'everyone' ? [] : requesters[kind];
  return [
    ...approvers[kind].map((id) => ({ id, use: 'approver' })),
    ...operators[kind].map((id) => ({ id, use: 'operator' })),
    ...admins[kind].map((id) => ({ id, use: 'admin' })),
    ...asking.map((id) => ({ id, use: 'requester' })),
  ];
}

async function channel(bot: WebClient, id: string): Promise<Finding> {
  try {
    const { channel: found } = await bot.conversations.info({ channel: id });
    const name = `#${found?.name ?? id}`;
    if (found?.is_archived) return wrong(`${name} is archived`, 'unarchive it, or set another channel');
    if (!found?.is_member)
      return wrong(`the bot is not a member of ${name}`, 'write /invite and the name of the bot there');
    return fine(name);
  } catch (error) {
    if (refusalCode(error) !== 'channel_not_found') return slackFault(error);
    const remedy = 'check the id; if the channel is private, write /invite and the name of the bot there';
    return wrong('there is no such channel, or it is private and the bot is not a member', remedy);
  }
}

async function member(bot: WebClient, id: string): Promise<Finding> {
  try {
    const { user } = await bot.users.info({ user: id });
    const name = user?.real_name ?? user?.name ?? id;
    if (user?.deleted) return wrong(`${name} is deactivated`, 'take the id out of the settings, or name a successor');
    if (user?.is_bot) return wrong(`${name} is an app, which cannot click`, 'name a person instead');
    return fine(name);
  } catch (error) {
    if (refusalCode(error) !== 'user_not_found') return slackFault(error);
    return wrong('there is no such member', 'copy the id again: the profile, ⋮, Copy member ID');
  }
}

async function* groupItems(bot: WebClient, managed: readonly ManagedProject[]): AsyncGenerator<Item> {
  const wanted = usesOf(managed, (project) => peopleOf(project, 'groups'));
  if (wanted.size === 0) return;
  let finding: (id: string) => Finding;
  try {
    const { usergroups = [] } = await bot.usergroups.list({ include_users: true, include_disabled: true });
    finding = (id) => group(usergroups.find((each) => each.id === id));
  } catch (error) {
    finding = () => slackFault(error);
  }
  for (const [id, uses] of wanted) yield { name: `User group ${id} (${uses})`, finding: finding(id) };
}

type UserGroup = { handle?: string; date_delete?: number; users?: string[]; user_count?: number };

function group(found: UserGroup | undefined): Finding {
  if (found === undefined)
    return wrong('there is no such user group', 'copy the id again: the user group, ⋮, Copy group ID');
  const name = `@${found.handle ?? 'group'}`;
  if ((found.date_delete ?? 0) > 0) return wrong(`${name} is disabled`, 'enable it, or take it out of the settings');
  const size = found.users?.length ?? 0;
  if (size === 0) return wrong(`${name} has no members`, 'add members to it in Slack, or take it out of the settings');
  return fine(`${name}, ${size} ${size === 1 ? 'member' : 'members'}`);
}
