import { isRecord, type Json, records, text } from '../json.ts';
import type { Model } from '../state/model.ts';
import { plainText } from '../text/text-object.tsx';

/** Something that a list offers. */
export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly description?: string;
  /** What the app gets when it is chosen: the option, or an id. */
  readonly given: unknown;
}

export interface ChoiceGroup {
  readonly label: string;
  readonly choices: readonly Choice[];
}

/** The options of an element, or of an answer to a search. */
export function choiceGroups(from: Json): ChoiceGroup[] {
  const loose = records(from.options).map(choiceOf);
  const groups = records(from.option_groups).map((group) => ({
    label: plainText(group.label),
    choices: records(group.options).map(choiceOf),
  }));
  return loose.length > 0 ? [{ label: '', choices: loose }, ...groups] : groups;
}

function choiceOf(option: Json): Choice {
  const description = option.description === undefined ? undefined : plainText(option.description);
  return {
    value: String(option.value),
    text: plainText(option.text),
    ...(description !== undefined && { description }),
    given: option,
  };
}

/** People or channels, where Slack's client brings the list itself. */
export function workspaceGroups(model: Pick<Model, 'people' | 'channels'>, type: string): ChoiceGroup[] {
  const people = model.people.map(({ id, name }) => ({ value: id, text: name, given: id }));
  const channels = model.channels.map(({ id, name }) => ({ value: id, text: `#${name}`, given: id }));
  const choices = type.endsWith('users_select') ? people : channels;
  return [{ label: '', choices }];
}

/** The entries of a value: options as they were chosen, or ids looked up in the list. */
export function chosenOf(value: unknown, groups: readonly ChoiceGroup[]): Choice[] {
  const values = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return values.flatMap((one: unknown) => {
    if (isRecord(one)) return [choiceOf(one)];
    const id = text(one);
    if (id === undefined) return [];
    const known = groups.flatMap((group) => group.choices).find((choice) => choice.value === id);
    return [known ?? { value: id, text: id, given: id }];
  });
}

/** The choices in which every word of the query appears. */
export function matching(groups: readonly ChoiceGroup[], query: string): ChoiceGroup[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ text: words, description = '' }: Choice) =>
    wanted.every((word) => `${words} ${description}`.toLowerCase().includes(word));
  return groups
    .map(({ label, choices }) => ({ label, choices: choices.filter(fits) }))
    .filter(({ choices }) => choices.length > 0);
}
