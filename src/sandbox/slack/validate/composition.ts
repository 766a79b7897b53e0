import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { anyText, chars, link, plain } from './text.ts';

/** An option whose value may have 150 characters (python-slack-sdk; the JavaScript types say 75 in a comment). */
const shared = { value: chars(150), description: plain(75).optional() };

export const plainOption = z.strictObject({ text: plain(75), ...shared });
export const overflowOption = z.strictObject({
  text: plain(75),
  ...shared,
  url: link().optional(),
});
export const richOption = z.strictObject({
  text: anyText(75),
  value: shared.value,
  description: anyText(75).optional(),
});

export const optionGroup = z.strictObject({
  label: plain(75),
  options: z.array(plainOption).min(1).max(100),
});

export const confirm = z.strictObject({
  title: plain(100),
  text: anyText(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.enum(['primary', 'danger']).optional(),
});

export const dispatchActionConfig = z.strictObject({
  trigger_actions_on: z
    .array(z.enum(['on_enter_pressed', 'on_character_entered']))
    .min(1)
    .max(2)
    .optional(),
});

export const conversationFilter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((filter) => Object.keys(filter).length > 0, {
    error: 'must define at least one property',
  });

/** An image comes from a link or from a file at Slack, never from both. */
export const imageSource = {
  image_url: link().optional(),
  slack_file: z
    .strictObject({ id: chars(255).optional(), url: link().optional() })
    .refine((file) => (file.id === undefined) !== (file.url === undefined), {
      error: 'must define exactly one of `id` or `url`',
    })
    .optional(),
};

/** The rule that goes with {@link imageSource}. */
export function hasOneSource(image: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (image.image_url === undefined) !== (image.slack_file === undefined);
}

export const ONE_SOURCE = {
  error: 'must define exactly one of `image_url` or `slack_file`',
};

interface Choice {
  value: string;
}

interface Menu {
  options?: Choice[] | undefined;
  option_groups?: { options: Choice[] }[] | undefined;
  initial_option?: Choice | undefined;
  initial_options?: Choice[] | undefined;
  max_selected_items?: number | undefined;
}

/** What holds between the parts of a menu: one kind of list, values told apart, and a first choice that is in the list. */
export function checkMenu(menu: Menu, context: z.RefinementCtx): void {
  const say = (message: string, path: PropertyKey[]) => context.addIssue({ code: 'custom', message, path });
  if ((menu.options === undefined) === (menu.option_groups === undefined)) {
    say('must define either `options` or `option_groups`', []);
  }
  const choices = menu.options ?? menu.option_groups?.flatMap((group) => group.options) ?? [];
  const values = choices.map((choice) => choice.value);
  const repeated = values.find((value, index) => values.indexOf(value) !== index);
  if (repeated !== undefined) {
    say(`option value "${repeated}" already exists`, [menu.options ? 'options' : 'option_groups']);
  }
  if (menu.initial_option && !isAmong(choices, menu.initial_option)) {
    say('must match one of the options', ['initial_option']);
  }
  for (const [index, choice] of (menu.initial_options ?? []).entries()) {
    if (!isAmong(choices, choice)) say('must match one of the options', ['initial_options', index]);
  }
  checkSelectable(menu, context);
}

/** No more may be chosen at first than may be chosen at all. */
export function checkSelectable(
  menu: {
    initial_options?: unknown[] | undefined;
    max_selected_items?: number | undefined;
  },
  context: z.RefinementCtx,
): void {
  const most = menu.max_selected_items ?? Number.POSITIVE_INFINITY;
  if ((menu.initial_options?.length ?? 0) > most) {
    context.addIssue({
      code: 'custom',
      message: `no more than ${most} items allowed`,
      path: ['initial_options'],
    });
  }
}

function isAmong(choices: Choice[], choice: Choice): boolean {
  return choices.some((candidate) => isDeepStrictEqual(candidate, choice));
}
