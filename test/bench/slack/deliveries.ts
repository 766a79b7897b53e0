import { z } from 'zod';
import type { Envelope } from '../../../src/sandbox/slack/delivery/transport.ts';
import { APP, TEAM } from '../../../src/sandbox/slack/identity.ts';
import { newId, newSecret } from '../../../src/sandbox/slack/ids.ts';
import type { Json } from '../../../src/sandbox/slack/json.ts';
import { commandPayload, interaction } from '../../../src/sandbox/slack/payloads.ts';

export const CHANNEL = 'C0APPROVALS';
export const REQUESTER = 'U0REQUESTER';
export const OWNER = 'U0OWNER';

const channel = {
  id: CHANNEL,
  name: 'approvals',
  kind: 'public',
  archived: false,
  members: new Set([REQUESTER, OWNER]),
} as const;

const inputs = z.object({
  blocks: z.array(
    z.object({
      type: z.string(),
      block_id: z.string().default(''),
      element: z
        .object({
          type: z.string(),
          action_id: z.string(),
          initial_option: z.looseObject({ value: z.string() }).optional(),
          options: z.array(z.looseObject({ value: z.string() })).default([]),
        })
        .optional(),
    }),
  ),
});

/** Someone types `/vbs …`. */
export function commandDelivery(text: string, siteUrl: string): Envelope {
  const person = personOf(REQUESTER);
  const response_url = `${siteUrl}/respond/${newSecret()}`;
  const payload = commandPayload({ person, channel }, { command: '/vbs', text, trigger_id: trigger(), response_url });
  return { type: 'slash_commands', payload };
}

/** Someone hands in the form that asks for a share, filled in for this backup. */
export function submissionDelivery(view: Json, backupId: string): Envelope {
  const id = newId('V');
  const payload = {
    ...interaction('view_submission', personOf(REQUESTER)),
    trigger_id: trigger(),
    view: {
      ...view,
      id,
      root_view_id: id,
      previous_view_id: null,
      hash: newId('H'),
      team_id: TEAM.id,
      app_id: APP.id,
      app_installed_team_id: TEAM.id,
      bot_id: APP.bot_id,
      external_id: '',
      state: { values: filledIn(view, backupId) },
    },
    response_urls: [],
  };
  return { type: 'interactive', payload };
}

/** Someone clicks a button of a message. */
export function clickDelivery(
  message: { readonly ts: string; readonly text: unknown; readonly blocks: unknown },
  button: { readonly block_id: string; readonly action_id: string; readonly value: string; readonly text: unknown },
  siteUrl: string,
): Envelope {
  const payload = {
    ...interaction('block_actions', personOf(OWNER)),
    trigger_id: trigger(),
    container: { type: 'message', message_ts: message.ts, channel_id: CHANNEL, is_ephemeral: false },
    channel: { id: CHANNEL, name: channel.name },
    message: { type: 'message', user: APP.bot_user_id, bot_id: APP.bot_id, app_id: APP.id, team: TEAM.id, ...message },
    state: { values: {} },
    response_url: `${siteUrl}/respond/${newSecret()}`,
    actions: [{ type: 'button', ...button, style: 'primary', action_ts: message.ts }],
  };
  return { type: 'interactive', payload };
}

/** The state of the form's inputs: what is chosen in them, the first option of the others, and a reason. */
function filledIn(view: Json, backupId: string): Json {
  const values: Record<string, Json> = {};
  for (const { block_id: block, element } of inputs.parse(view).blocks) {
    if (!element) continue;
    const { type, action_id: action, initial_option: initial, options } = element;
    values[block] = { [action]: { type, ...entered({ type, initial, first: options[0] }, backupId) } };
  }
  return values;
}

function entered(
  { type, initial, first }: { type: string; initial: Json | undefined; first: Json | undefined },
  backupId: string,
): Json {
  switch (type) {
    case 'external_select':
      return { selected_option: { text: { type: 'plain_text', text: 'a backup' }, value: backupId } };
    case 'multi_static_select':
      return { selected_options: first ? [first] : [] };
    case 'plain_text_input':
      return { value: 'The quarterly numbers are computed over there.' };
    default:
      return { selected_option: initial ?? null };
  }
}

function personOf(id: string) {
  return { id, name: id.toLowerCase(), role: '' };
}

function trigger(): string {
  return `${Date.now()}.${newSecret()}`;
}
