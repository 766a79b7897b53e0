import { z } from 'zod';

const names = z.array(z.string()).default([]);

/** What the stand-in enforces of an app manifest; Slack's own schema checks the rest. */
const manifestSchema = z.object({
  features: z
    .object({
      app_home: z.object({ home_tab_enabled: z.boolean().default(false) }).default({ home_tab_enabled: false }),
      slash_commands: z.array(z.object({ command: z.string(), should_escape: z.boolean().default(false) })).default([]),
      shortcuts: z.array(z.object({ type: z.enum(['global', 'message']), callback_id: z.string() })).default([]),
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

/** The parts of the app manifest that the workspace holds the app to. */
export interface Manifest {
  readonly commands: ReadonlyMap<string, { readonly shouldEscape: boolean }>;
  readonly shortcuts: ReadonlyMap<string, 'global' | 'message'>;
  readonly scopes: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  readonly homeTab: boolean;
  readonly interactivity: boolean;
  readonly socketMode: boolean;
}

/** Reads a parsed `manifest.yml`; throws a ZodError for one that Slack could not read either. */
export function readManifest(manifest: unknown): Manifest {
  const { features, oauth_config: oauth, settings } = manifestSchema.parse(manifest);
  return {
    commands: new Map(features.slash_commands.map((it) => [it.command, { shouldEscape: it.should_escape }])),
    shortcuts: new Map(features.shortcuts.map((it) => [it.callback_id, it.type])),
    scopes: new Set([...oauth.scopes.bot, ...oauth.scopes.bot_optional]),
    events: new Set(settings.event_subscriptions.bot_events),
    homeTab: features.app_home.home_tab_enabled,
    interactivity: settings.interactivity.is_enabled,
    socketMode: settings.socket_mode_enabled,
  };
}
