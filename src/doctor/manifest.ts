import { parse } from 'yaml';
import { z } from 'zod';
import type { SlackSettings } from '../config.ts';
import { type Finding, fine, wrong } from './finding.ts';

/** What each scope of the bot is for. */
const SCOPES: Readonly<Record<string, string>> = {
  commands: 'to receive /vbs',
  'chat:write': 'to post cards',
  'im:write': 'to write to one person',
  'users:read': 'to know who approvers are',
  'usergroups:read': 'to know who belongs to a user group',
  'channels:read': 'to look at its public channels',
  'groups:read': 'to look at its private channels',
};
const COMMAND = '/vbs';
const EVENT = 'app_home_opened';

const names = z.array(z.string()).default([]);
const schema = z.object({
  features: z
    .object({
      app_home: z.object({ home_tab_enabled: z.boolean().default(false) }).prefault({}),
      slash_commands: z.array(z.object({ command: z.string(), should_escape: z.boolean().default(false) })).default([]),
    })
    .prefault({}),
  oauth_config: z.object({ scopes: z.object({ bot: names, bot_optional: names }).prefault({}) }).prefault({}),
  settings: z
    .object({
      event_subscriptions: z.object({ bot_events: names }).prefault({}),
      interactivity: z.object({ is_enabled: z.boolean().default(false) }).prefault({}),
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
  const { features, oauth_config: oauth, settings } = manifest;
  const lacking = Object.keys(SCOPES).filter((scope) => !oauth.scopes.bot.includes(scope));
  const command = features.slash_commands.find((each) => each.command === COMMAND);
  const faults = [
    ...lacking.map((scope) => `lacks the scope ${scope} (${SCOPES[scope]})`),
    ...(command === undefined ? [`lacks the command ${COMMAND}`] : []),
    ...(command?.should_escape === false ? [`lets Slack send names instead of ids to ${COMMAND} (should_escape)`] : []),
    ...(features.app_home.home_tab_enabled ? [] : ['has the home tab switched off']),
    ...(settings.event_subscriptions.bot_events.includes(EVENT) ? [] : [`lacks the event ${EVENT}`]),
    ...(settings.interactivity.is_enabled ? [] : ['has interactivity switched off']),
    ...(mode === 'socket' && !settings.socket_mode_enabled ? ['has Socket Mode switched off'] : []),
  ];
  if (faults.length > 0) {
    return wrong(faults.join('; '), 'mend it, or take manifest.yml from the release again, and reinstall the app');
  }
  if (mode === 'http' && settings.socket_mode_enabled) {
    return wrong(
      'switches on Socket Mode, but slack.mode is http',
      `set socket_mode_enabled: false, and give ${COMMAND}, interactivity and events the address of the bot, /slack/events`,
    );
  }
  return fine(`${COMMAND}, ${oauth.scopes.bot.length} scopes, home tab, ${mode === 'socket' ? 'Socket Mode' : 'HTTP'}`);
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
