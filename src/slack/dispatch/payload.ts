import { z } from 'zod';
import type { FlatValue, FlatValues, Origin, ViewOrigin } from '../answers.ts';
import { plainId } from '../define.ts';

/** The state or action of any element. What was entered is read once it is asked for, see `enteredIn`. */
const element = z.looseObject({ type: z.string() });
export type Element = z.output<typeof element>;

interface Entered {
  readonly name: string;
  readonly holds: z.ZodType<FlatValue>;
  readonly nothing: FlatValue;
}

const text = z.string();
const texts = z.array(z.string());
const option = z.object({ value: z.string() }).transform(({ value }) => value);
const one: Entered = { name: 'selected_option', holds: option, nothing: null };
const many: Entered = { name: 'selected_options', holds: z.array(option), nothing: [] };
const typed: Entered = { name: 'value', holds: z.union([z.string(), z.number()]), nothing: null };

/** Each type of element keeps what was entered under a name of its own. */
const ENTERED = new Map<string, Entered>([
  ['static_select', one],
  ['external_select', one],
  ['radio_buttons', one],
  ['overflow', one],
  ['checkboxes', many],
  ['multi_static_select', many],
  ['multi_external_select', many],
  ['datepicker', { name: 'selected_date', holds: text, nothing: null }],
  ['timepicker', { name: 'selected_time', holds: text, nothing: null }],
  ['datetimepicker', { name: 'selected_date_time', holds: z.number(), nothing: null }],
  ['users_select', { name: 'selected_user', holds: text, nothing: null }],
  ['channels_select', { name: 'selected_channel', holds: text, nothing: null }],
  ['conversations_select', { name: 'selected_conversation', holds: text, nothing: null }],
  ['multi_users_select', { name: 'selected_users', holds: texts, nothing: [] }],
  ['multi_channels_select', { name: 'selected_channels', holds: texts, nothing: [] }],
  ['multi_conversations_select', { name: 'selected_conversations', holds: texts, nothing: [] }],
]);

/** What was entered or chosen in one element; null where nothing was. */
export function enteredIn(given: Element): FlatValue {
  const { name, holds, nothing } = ENTERED.get(given.type) ?? typed;
  const entered = given[name] ?? null;
  return entered === null ? nothing : holds.parse(entered);
}

const viewShape = z.object({
  id: z.string(),
  type: z.string(),
  hash: z.string().default(''),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  root_view_id: z.string().nullish(),
  previous_view_id: z.string().nullish(),
  blocks: z.array(z.unknown()).default([]),
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
  actions: z
    .array(
      element.extend({ action_id: z.string(), block_id: z.string().default(''), action_ts: z.string().default('') }),
    )
    .min(1),
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

const inputShape = z.object({ type: z.literal('input'), block_id: z.string() });

/** The ids of a view's inputs, from the top. */
export function inputsOf(view: RawView): string[] {
  return view.blocks.flatMap((block) => inputShape.safeParse(block).data?.block_id ?? []);
}

/** Everything a view holds, by plain block id, or by `block.action` where a block has several elements. */
function flatten(view: RawView): FlatValues {
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
