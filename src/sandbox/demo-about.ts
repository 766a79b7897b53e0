import { z } from 'zod';
import { interactions } from '../slack/features.ts';
import { createRegistry } from '../slack/registry.ts';
import { DEMO_GROUPS } from './demo-settings.ts';
import { TEAM } from './slack/identity.ts';
import type { About, KnownCommand } from './web/shared.ts';

const manifestSchema = z.object({
  features: z.object({
    bot_user: z.object({ display_name: z.string() }),
    slash_commands: z.array(
      z.object({ command: z.string(), description: z.string(), usage_hint: z.string().default('') }),
    ),
    shortcuts: z
      .array(
        z.object({
          callback_id: z.string(),
          name: z.string(),
          description: z.string(),
          type: z.enum(['global', 'message']),
        }),
      )
      .default([]),
  }),
});

/** What the page knows of the app beyond what `/_sandbox` tells: its name, its commands and shortcuts, the user groups. */
export function demoAbout(manifest: object, { kept }: { kept: boolean }): About {
  const { features } = manifestSchema.parse(manifest);
  return {
    workspace: TEAM.name,
    app: features.bot_user.display_name,
    commands: features.slash_commands.flatMap(({ command, description, usage_hint: usage }) => [
      { command, usage, summary: description },
      ...wordsOf(command),
    ]),
    shortcuts: features.shortcuts.map(({ callback_id, name, description, type }) => ({
      callbackId: callback_id,
      name,
      summary: description,
      isOnMessages: type === 'message',
    })),
    groups: DEMO_GROUPS,
    kept,
  };
}

/** The words that may follow the app's one command. */
function wordsOf(command: string): KnownCommand[] {
  return [...createRegistry(interactions).commands.values()].map(({ word, usage, summary }) => ({
    command: `${command} ${word}`,
    usage,
    summary,
  }));
}
