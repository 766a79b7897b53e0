import { z } from 'zod';
import type { FlatValue, FlatValues, Origin, ViewOrigin } from '../answers.ts';
import { plainId } from '../define.ts';

const optionShape = z.object({ value: z.string() });

/** The state or action of any element: each type keeps what was entered under a name of its own. */
const element = z.object({
  type: z.string(),
  value: z.union([z.string(), z.number()]).nullish(),
  selected_option: optionShape.nullish(),
  selected_options: z.array(optionShape).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_date_time: z.number().nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_channel: z.string().nullish(),
  selected_channels: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  selected_conversations: z.array(z.string()).nullish(),
});
export type Element = z.output<typeof element>;

const several: ReadonlySet<string> = new Set([
  'checkboxes',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_channels_select',
  'multi_conversations_select',
]);

/** What was entered or chosen in one element; null where nothing was. */
export function enteredIn(given: Element): FlatValue {
  if (several.has(given.type)) {
    const options = given.selected_options?.map((option) => option.value);
    return options ?? given.selected_users ?? given.selected_channels ?? given.selected_conversations ?? [];
  }
  return (
    given.selected_option?.value ??
    given.selected_date ??
    given.selected_time ??
    given.selected_date_time ??
    given.selected_user ??
    given.selected_channel ??
    given.selected_conversation ??
    given.value ??
    null
  );
}

const viewShape = z.object({
  id: z.string(),
  type: z.string(),
  hash: z.string().default(''),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  root_view_id: z.string().nullish(),
  previous_view_id: z.string().nullish(),
  blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })).default([]),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), element)) }).nullish(),
});
export type RawView = z.output<typeof viewShape>;

const person = z.object({ id: z.string() });

export const submissionShape = z.object({
  type: z.enum(['view_submission', 'view_closed']),
  user: person,
  view: viewShape,
  trigger_id: z.string().default(''),
});
export type Submission = z.output<typeof submissionShape>;

const place = {
  user: person,
  channel: z.object({ id: z.string() }).nullish(),
  container: z.object({ type: z.string().default(''), is_ephemeral: z.boolean().default(false) }).nullish(),
  view: viewShape.nullish(),
};

export const clickShape = z.object({
  ...place,
  trigger_id: z.string().default(''),
  response_url: z.string().default(''),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).nullish(),
  container: z
    .object({
      type: z.string().default(''),
      message_ts: z.string().optional(),
      is_ephemeral: z.boolean().default(false),
    })
    .nullish(),
  actions: z.array(element.extend({ action_id: z.string(), block_id: z.string().default('') })).min(1),
});
export type Click = z.output<typeof clickShape>;

/** Blocks and attachments hold their words under this name, however deep. */
const wordsShape = z.object({ text: z.string().default('') }).loose();

export const shortcutShape = z.object({
  callback_id: z.string(),
  user: person,
  trigger_id: z.string().default(''),
  response_url: z.string().default(''),
  channel: z.object({ id: z.string() }).nullish(),
  message: wordsShape.nullish(),
});
export type ShortcutCall = z.output<typeof shortcutShape>;

export const searchShape = z.object({ ...place, action_id: z.string(), value: z.string().default('') });
export type Search = z.output<typeof searchShape>;

/** Everything a view holds, by plain block id, or by `block.action` where a block has several elements. */
export function flatten(view: RawView): FlatValues {
  const flat: Record<string, FlatValue> = {};
  for (const [block, elements] of Object.entries(view.state?.values ?? {})) {
    const entries = Object.entries(elements);
    for (const [action, given] of entries) {
      const name = entries.length > 1 ? `${plainId(block)}.${plainId(action)}` : plainId(block);
      flat[name] = enteredIn(given);
    }
  }
  return flat;
}

/** A view as handlers see it. */
export function viewOrigin(view: RawView): ViewOrigin {
  return {
    id: view.id,
    rootId: view.root_view_id ?? view.id,
    previousId: view.previous_view_id ?? undefined,
    hash: view.hash,
    callbackId: view.callback_id,
    privateMetadata: view.private_metadata,
    values: flatten(view),
  };
}

/** Where a click was made. */
export function clickOrigin(click: Click): Origin {
  if (click.view) return click.view.type === 'home' ? { in: 'home' } : { in: 'view', view: viewOrigin(click.view) };
  return {
    in: 'message',
    channel: click.channel?.id ?? '',
    ts: click.message?.ts ?? click.container?.message_ts ?? '',
    ephemeral: click.container?.is_ephemeral ?? false,
    responseUrl: click.response_url,
  };
}

/** Where a search was typed. */
export function searchOrigin(search: Search): Origin {
  if (search.view) return search.view.type === 'home' ? { in: 'home' } : { in: 'view', view: viewOrigin(search.view) };
  return { in: 'message', channel: search.channel?.id ?? '', ts: '', ephemeral: false, responseUrl: '' };
}

/** A button's or menu entry's value, read as JSON where it is an object or an array; any other value as it is. */
export function clickValue(given: Element): unknown {
  const value = enteredIn(given);
  const carriesJson = given.type === 'button' || given.type === 'overflow';
  if (!carriesJson || typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** A message's text is its fallback: what stands in its blocks and attachments alone is read as well. */
export function messageWords(message: unknown): string {
  if (Array.isArray(message)) return message.map(messageWords).filter(Boolean).join('\n');
  if (typeof message !== 'object' || message === null) return '';
  return Object.entries(message)
    .map(([key, value]) => (key === 'text' && typeof value === 'string' ? value : messageWords(value)))
    .filter(Boolean)
    .join('\n');
}

/** How deep a modal lies in its stack, from 1; Slack allows three. */
export function depthOf(view: Pick<ViewOrigin, 'id' | 'rootId' | 'previousId'>): 1 | 2 | 3 {
  if (view.previousId === undefined || view.rootId === view.id) return 1;
  return view.previousId === view.rootId ? 2 : 3;
}
