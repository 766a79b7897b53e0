import { isRecord, type Json, records } from '../json.ts';

/** Which field of an action and of `state.values` holds the value of an element. */
const FIELDS: Readonly<Record<string, string>> = {
  plain_text_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  number_input: 'value',
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
};

/** The field of an element that has a value; empty for one that has none. */
export function fieldOf({ type }: Json): string {
  return FIELDS[String(type)] ?? '';
}

/** What the element begins with: its `initial_…`, nothing, or an empty list. */
export function initialValue(element: Json): unknown {
  const field = fieldOf(element);
  const initial = element[field === 'value' ? 'initial_value' : field.replace('selected_', 'initial_')];
  return initial ?? (field.endsWith('s') ? [] : null);
}

/** The options that the element brings along, groups flattened. */
export function offeredOptions(element: Json): Json[] {
  return [...records(element.options), ...records(element.option_groups).flatMap((group) => records(group.options))];
}

/** Whether a choice can still be made: an update may have taken the option away. */
export function isOffered(element: Json, value: unknown): boolean {
  const isStatic = Array.isArray(element.options) || Array.isArray(element.option_groups);
  if (!isStatic) return true;
  const offered = new Set(offeredOptions(element).map((option) => option.value));
  return (Array.isArray(value) ? value : [value]).every((one) => !isRecord(one) || offered.has(one.value));
}
