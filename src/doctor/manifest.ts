import { parse } from 'yaml';
import { z } from 'zod';
import type { SlackSettings } from '../config.ts';
import { type Finding, fine, wrong } from './finding.ts';

/** What each scope of the bot is for. */
const SCOPES: Readonly<Record<string, string>> = {
  commands: 'to receive /vbs',
  'chat:write': 'to post cards',
  'files:write': 'to export the record as a file',
  'im:write': 'to write to one person',
  'users:read': 'to know who approvers are',
  'usergroups:read': 'to know who belongs to a user group',
  'channels:read': 'to look at its public channels',
  'groups:read': 'to look at its private channels',
};
const COMMAND = '/vbs';
const SHORTCUTS = ['share:anywhere', 'share:named-here'];
const EVENT = 'app_home_opened';
/** Where the bot takes requests over HTTP. */
const HTTP_PATH = '/slack/events';

const names = z.array(z.string()).default([]);
const address = z.string().default('');
const schema = z.object({
  features: z
    .object({
      app_home: z.object({ home_tab_enabled: z.boolean().default(false) }).prefault({}),
      slash_commands: z
        .array(z.object({ command: z.string(), should_escape: z.boolean().default(false), url: address }))
        .default([]),
      shortcuts: z.array(z.object({ callback_id: z.string() })).default([]),
    })
    .prefault({}),
  oauth_config: z.object({ scopes: z.object({ bot: names, bot_optional: names }).prefault({}) }).prefault({}),
  settings: z
    .object({
      event_subscriptions: z.object({ bot_events: names, request_url: address }).prefault({}),
      interactivity: z
        .object({ is_enabled: z.boolean().default(false), request_url: address, message_menu_options_url: address })
        .prefault({}),
      socket_mode_enabled: z.boolean().default(false),
    })
    .prefault({}),
});

/** The parts of the app's manifest that the bot relies on. */
export type Manifest = z.output<typeof schema>;

/** Reads a manifest; undefined if it is none. */
export function readManifest(text: string): Manifest | undefined {
  try {
    return schema.parse(parse(text));
  } catch {
    return undefined;
  }
}

/** Whether an app made from this manifest can do what the bot does, in the mode of the settings. */
export function checkManifest(manifest: Manifest | undefined, mode: SlackSettings['mode']): Finding {
  if (manifest === undefined) return wrong('is no app manifest', 'take manifest.yml from the release again');
  const faults = faultsOf(manifest);
  if (mode === 'socket' && !manifest.settings.socket_mode_enabled) faults.push('has Socket Mode switched off');
  if (faults.length > 0) {
    return wrong(faults.join('; '), 'mend it, or take manifest.yml from the release again, and reinstall the app');
  }
  const httpFaults = mode === 'http' ? httpFaultsOf(manifest) : [];
  if (httpFaults.length > 0) {
    return wrong(
      `is not for slack.mode http: ${httpFaults.join('; ')}`,
      'change a copy of manifest.yml as its comments say, update the app with it, and name it with --manifest',
    );
  }
  const scopes = manifest.oauth_config.scopes.bot.length;
  return fine(`${COMMAND}, ${scopes} scopes, home tab, ${mode === 'socket' ? 'Socket Mode' : 'HTTP'}`);
}

function faultsOf({ features, oauth_config: oauth, settings }: Manifest): string[] {
  const lacking = Object.keys(SCOPES).filter((scope) => !oauth.scopes.bot.includes(scope));
  const command = features.slash_commands.find((each) => each.command === COMMAND);
  return [
    ...lacking.map((scope) => `lacks the scope ${scope} (${SCOPES[scope]})`),
    ...(command === undefined ? [`lacks the command ${COMMAND}`] : []),
    ...(command?.should_escape === false ? [`lets Slack send names instead of ids to ${COMMAND} (should_escape)`] : []),
    ...SHORTCUTS.filter((id) => !features.shortcuts.some((each) => each.callback_id === id)).map(
      (id) => `lacks the shortcut ${id}`,
    ),
    ...(features.app_home.home_tab_enabled ? [] : ['has the home tab switched off']),
    ...(settings.event_subscriptions.bot_events.includes(EVENT) ? [] : [`lacks the event ${EVENT}`]),
    ...(settings.interactivity.is_enabled ? [] : ['has interactivity switched off']),
  ];
}

function httpFaultsOf({ features, settings }: Manifest): string[] {
  const { event_subscriptions: events, interactivity } = settings;
  const addresses = {
    [`url of ${COMMAND}`]: features.slash_commands.find((each) => each.command === COMMAND)?.url ?? '',
    'request_url of event_subscriptions': events.request_url,
    'request_url of interactivity': interactivity.request_url,
    'message_menu_options_url of interactivity': interactivity.message_menu_options_url,
  };
  const unfit = Object.entries(addresses).filter(([, url]) => !leadsToTheBot(url));
  return [
    ...(settings.socket_mode_enabled ? ['it switches Socket Mode on'] : []),
    ...unfit.map(([name, url]) => `${name} is ${url === '' ? 'missing' : `not https://…${HTTP_PATH}`}`),
  ];
}

function leadsToTheBot(url: string): boolean {
  // A proxy in front of the bot may add a path before its own.
  return URL.canParse(url) && new URL(url).protocol === 'https:' && new URL(url).pathname.endsWith(HTTP_PATH);
}

/** Whether the token has been granted what the manifest asks for. */
export function checkScopes(granted: readonly string[] | undefined, manifest: Manifest | undefined): Finding {
  const asked = manifest?.oauth_config.scopes ?? { bot: Object.keys(SCOPES), bot_optional: [] };
  if (granted === undefined) {
    return wrong(
      'Slack does not say which scopes the token has',
      'compare them with manifest.yml under OAuth & Permissions',
    );
  }
  const lacking = asked.bot.filter((scope) => !granted.includes(scope));
  if (lacking.length > 0) {
    const reasons = lacking.map((scope) => (SCOPES[scope] === undefined ? scope : `${scope} (${SCOPES[scope]})`));
    const remedy =
      'add them to the app under OAuth & Permissions, or update its manifest, then reinstall it to the workspace';
    return wrong(`the token lacks ${reasons.join(', ')}`, remedy);
  }
  const left = asked.bot_optional.filter((scope) => !granted.includes(scope));
  return fine(`all ${asked.bot.length}${left.length === 0 ? '' : `; without the optional ${left.join(', ')}`}`);
}
