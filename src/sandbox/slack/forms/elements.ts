import { isRecord, type Json, record } from '../json.ts';

/** Which field of an action and of `state.values` holds what a person chose, for each element that has a state. */
const STATE_FIELDS = {
  plain_text_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  number_input: 'value',
  rich_text_input: 'rich_text_value',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  checkboxes: 'selected_options',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
  file_input: 'files',
} as const;

export type StateType = keyof typeof STATE_FIELDS;
export type StateField = (typeof STATE_FIELDS)[StateType];

const STATELESS = new Set(['button', 'overflow', 'feedback_buttons', 'icon_button', 'workflow_button']);

/** An interactive element where a person finds it. */
export interface Found {
  readonly element: Json;
  readonly type: string;
  readonly actionId: string;
  readonly blockId: string;
  /** The block around the element. */
  readonly block: Json;
}

/** An element whose state goes into `state.values`. */
export interface Input extends Found {
  readonly type: StateType;
  readonly field: StateField;
}

/** All interactive elements of these blocks, in reading order, wherever they nest. */
export function interactiveElements(blocks: unknown): Found[] {
  return search(blocks, {});
}

function search(node: unknown, block: Json): Found[] {
  if (Array.isArray(node)) return node.flatMap((child) => search(child, block));
  if (!isRecord(node)) return [];
  const { type, action_id: actionId } = node;
  if (typeof type === 'string' && typeof actionId === 'string' && (STATELESS.has(type) || isStateType(type))) {
    return [{ element: node, type, actionId, blockId: String(block.block_id), block }];
  }
  const inside = typeof node.block_id === 'string' ? node : block;
  return Object.values(node).flatMap((child) => search(child, inside));
}

/** The elements whose state Slack reports. */
export function inputs(blocks: unknown): Input[] {
  return interactiveElements(blocks).flatMap((found) => asInput(found) ?? []);
}

export function asInput(found: Found): Input | undefined {
  return isStateType(found.type) ? { ...found, type: found.type, field: STATE_FIELDS[found.type] } : undefined;
}

function isStateType(type: string): type is StateType {
  return Object.hasOwn(STATE_FIELDS, type);
}

/** True where the choice is a list. */
export function isMultiple(input: Input): boolean {
  return input.field.endsWith('s') && input.field !== 'files';
}

/** The options that an element offers by itself, groups flattened. */
export function offeredOptions(element: Json): Json[] {
  const direct = Array.isArray(element.options) ? element.options : [];
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  return [...direct, ...groups.flatMap((group) => record(group).options ?? [])].filter(isRecord);
}
