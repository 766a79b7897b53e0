import { type Json, records } from '../json.ts';
import { type Input, inputs, isMultiple, offeredOptions } from './elements.ts';

type Values = Record<string, Record<string, Json>>;

/**
 * What one person has entered into the inputs of a view or message, and which options the app has offered them there.
 * Keys are block and action ids, so what was entered survives an update that keeps both, as in Slack.
 */
export class FormState {
  readonly #entered = new Map<string, unknown>();
  readonly #offered = new Map<string, Map<string, Json>>();

  enter(input: Input, value: unknown): void {
    this.#entered.set(key(input), value);
  }

  /** Keeps the options of an answer of the app, from which the person may now choose. */
  offer(input: Input, options: readonly Json[]): void {
    const known = this.#offered.get(key(input)) ?? new Map<string, Json>();
    for (const option of options) known.set(String(option.value), option);
    this.#offered.set(key(input), known);
  }

  /** The options that this element lets the person choose from now, by value. */
  choices(input: Input): Map<string, Json> {
    const initial = [input.element.initial_option, ...records(input.element.initial_options)].flatMap((it) =>
      records([it]),
    );
    const all = input.type.endsWith('external_select')
      ? [...initial, ...(this.#offered.get(key(input))?.values() ?? [])]
      : offeredOptions(input.element);
    return new Map(all.map((option) => [String(option.value), option]));
  }

  /** The present value: what was entered, else what the view starts with, else nothing. */
  value(input: Input): unknown {
    const entered = this.#entered.get(key(input));
    return entered === undefined ? initialValue(input) : entered;
  }

  /** Forgets what was entered where the input is gone, or no longer offers it. */
  prune(blocks: unknown): void {
    const present = new Map(inputs(blocks).map((input) => [key(input), input]));
    for (const [at, value] of this.#entered) {
      const input = present.get(at);
      if (!input || !this.#stillOffered(input, value)) this.#entered.delete(at);
    }
  }

  #stillOffered(input: Input, value: unknown): boolean {
    if (!input.field.startsWith('selected_option') || input.type.endsWith('external_select')) return true;
    const choices = this.choices(input);
    return records(Array.isArray(value) ? value : [value]).every((option) => choices.has(String(option.value)));
  }

  /** `state.values` of these blocks: every input, empty ones included. */
  values(blocks: unknown): Values {
    const values: Values = {};
    for (const input of inputs(blocks)) {
      const value = this.value(input);
      const entry: Json = { type: input.type };
      if (input.field !== 'rich_text_value' || value !== null) entry[input.field] = value;
      values[input.blockId] = { ...values[input.blockId], [input.actionId]: entry };
    }
    return values;
  }
}

/** An element's place in its view or message. An input whose type changed starts anew. */
function key(input: Input): string {
  return JSON.stringify([input.blockId, input.actionId, input.type]);
}

function initialValue(input: Input): unknown {
  const { element, field } = input;
  if (field === 'files') return [];
  if (field === 'value' || field === 'rich_text_value') return element.initial_value ?? null;
  const initial = element[field.replace('selected_', 'initial_')];
  return initial ?? (isMultiple(input) ? [] : null);
}
