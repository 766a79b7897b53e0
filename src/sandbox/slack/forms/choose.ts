import { Refusal } from '../driver/refusal.ts';
import { isRecord, type Json, record } from '../json.ts';
import { type Input, isMultiple } from './elements.ts';
import type { FormState } from './state.ts';

/** The workspace as far as a person can pick from it. */
export interface Picks {
  user(id: string): boolean;
  channel(id: string): boolean;
}

/**
 * What a person would have put into this input by giving `fields` (as in an action or in `state.values`).
 * Refuses what Slack's client would not let them choose. A bare `value` stands for the option of that value.
 */
export function chosenValue(input: Input, fields: Json, context: { form: FormState; picks: Picks }): unknown {
  if (typeof fields.type === 'string' && fields.type !== input.type) {
    throw new Refusal(`${place(input)} is a ${input.type}, not a ${fields.type}`);
  }
  const given = givenValue(input, fields);
  if (given === null) return isMultiple(input) ? [] : null;
  if (isMultiple(input)) {
    if (!Array.isArray(given)) throw new Refusal(`${place(input)} takes a list in ${input.field}`);
    const most = input.element.max_selected_items;
    if (typeof most === 'number' && given.length > most) throw new Refusal(`${place(input)} takes at most ${most}`);
    return given.map((one: unknown) => single(input, one, context));
  }
  return single(input, given, context);
}

function givenValue(input: Input, fields: Json): unknown {
  if (fields[input.field] !== undefined) return fields[input.field];
  if (input.field === 'value' || fields.value === undefined) {
    throw new Refusal(`${place(input)} is a ${input.type}: say ${input.field}`);
  }
  return isMultiple(input) && !Array.isArray(fields.value) ? [fields.value] : fields.value;
}

function single(input: Input, given: unknown, { form, picks }: { form: FormState; picks: Picks }): unknown {
  switch (input.field) {
    case 'selected_option':
    case 'selected_options':
      return option(input, given, form);
    case 'selected_user':
    case 'selected_users':
      if (typeof given === 'string' && picks.user(given)) return given;
      throw new Refusal(`${place(input)}: there is no user ${String(given)}`);
    case 'selected_channel':
    case 'selected_channels':
    case 'selected_conversation':
    case 'selected_conversations':
      if (typeof given === 'string' && picks.channel(given)) return given;
      throw new Refusal(`${place(input)}: there is no channel ${String(given)}`);
    case 'selected_date':
      return matching(input, given, /^\d{4}-\d\d-\d\d$/);
    case 'selected_time':
      return matching(input, given, /^([01]\d|2[0-3]):[0-5]\d$/);
    case 'selected_date_time':
      if (isMoment(given)) return given;
      throw new Refusal(`${place(input)} takes seconds since 1970, of at most 10 digits`);
    case 'value':
      if (typeof given === 'string') return typed(input, given);
      throw new Refusal(`${place(input)} takes a string`);
    case 'rich_text_value':
      if (isRecord(given) && given.type === 'rich_text') return given;
      throw new Refusal(`${place(input)} takes a rich_text block`);
    case 'files':
      if (Array.isArray(given)) return given;
      throw new Refusal(`${place(input)} takes a list of files`);
  }
}

/**
 * An option that the input offers. Slack does not remember what was found in a search, so an external select takes any
 * option that is given whole, as in `state.values`: one of a search of before, or one that nothing has offered.
 */
function option(input: Input, given: unknown, form: FormState): Json {
  const value = String(isRecord(given) ? given.value : given);
  const choices = form.choices(input);
  const offered = choices.get(value);
  if (offered) return offered;
  if (input.type.endsWith('external_select') && isWholeOption(given)) return given;
  const known = [...choices.keys()].slice(0, 10).join(', ');
  throw new Refusal(`${place(input)} does not offer ${JSON.stringify(value)}; it offers: ${known || 'nothing yet'}`);
}

function isWholeOption(given: unknown): given is Json {
  return isRecord(given) && typeof given.value === 'string' && typeof record(given.text).text === 'string';
}

function matching(input: Input, given: unknown, form: RegExp): string {
  if (typeof given === 'string' && form.test(given)) return given;
  throw new Refusal(`${place(input)} does not take ${JSON.stringify(given)}`);
}

function isMoment(given: unknown): boolean {
  return Number.isInteger(given) && /^\d{1,10}$/.test(String(given));
}

/** An input of one line has no place for a line break. */
function typed(input: Input, given: string): string | null {
  const line = record(input.element).multiline === true ? given : given.replace(/\r?\n/g, ' ');
  return line === '' ? null : line;
}

function place(input: Input): string {
  return `${input.actionId} in block ${input.blockId}`;
}
