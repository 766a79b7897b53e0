import type { PlainTextOption } from '@slack/types';
import { LIMITS, plain } from './kit.ts';

type Lists =
  | { readonly options: PlainTextOption[] }
  | { readonly option_groups: { label: ReturnType<typeof plain>; options: PlainTextOption[] }[] };

/** Options of a menu: Slack takes a hundred in one list, and a hundred such lists as groups. */
export function optionLists(options: readonly PlainTextOption[]): Lists {
  if (options.length <= LIMITS.options) return { options: [...options] };
  const chunks = Array.from({ length: Math.ceil(options.length / LIMITS.options) }, (_, at) =>
    options.slice(at * LIMITS.options, (at + 1) * LIMITS.options),
  );
  const groups = chunks.slice(0, LIMITS.options).map((members) => ({
    label: plain(`${members.at(0)?.text.text} to ${members.at(-1)?.text.text}`, LIMITS.optionText),
    options: members,
  }));
  return { option_groups: groups };
}
