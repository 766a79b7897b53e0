import { z } from 'zod';
import { confirm, hasOneSource, imageSource, ONE_SOURCE, overflowOption } from './composition.ts';
import { checkboxes, datepicker, datetimepicker, inputs, radioButtons, richTextInput, timepicker } from './inputs.ts';
import { multiSelects, selects } from './selects.ts';
import { chars, identifier, link, mrkdwn, plain } from './text.ts';

const style = z.enum(['primary', 'danger']).optional();
const accessible = { accessibility_label: chars(75).optional() };

export const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: identifier.optional(),
  value: chars(2000).optional(),
  url: link().optional(),
  style,
  confirm: confirm.optional(),
  ...accessible,
});

const workflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  text: plain(75),
  action_id: identifier.optional(),
  workflow: z.strictObject({
    trigger: z.strictObject({
      url: link(),
      customizable_input_parameters: z.array(z.strictObject({ name: chars(255), value: z.string() })).optional(),
    }),
  }),
  style,
  ...accessible,
});

/** Two options at least, as python-slack-sdk asks; the types only say "up to 5". */
const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: identifier.optional(),
  options: z.array(overflowOption).min(2).max(5),
  confirm: confirm.optional(),
});

export const imageElement = z
  .strictObject({
    type: z.literal('image'),
    alt_text: chars(2000),
    ...imageSource,
  })
  .refine(hasOneSource, ONE_SOURCE);

const feedbackButton = z.strictObject({
  text: plain(75),
  value: chars(2000),
  ...accessible,
});

const clickable = [button, workflowButton, overflow, checkboxes, radioButtons, datepicker, timepicker] as const;

export const accessory = z.discriminatedUnion('type', [...clickable, ...selects, ...multiSelects, imageElement]);

export const actionElement = z.discriminatedUnion('type', [
  ...clickable,
  ...selects,
  ...multiSelects,
  datetimepicker,
  richTextInput,
]);

export const inputElement = z.discriminatedUnion('type', [...inputs, ...selects, ...multiSelects, richTextInput]);

export const contextElement = z.discriminatedUnion('type', [plain(3000), mrkdwn(3000), imageElement]);

export const contextActionElement = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('feedback_buttons'),
    action_id: identifier.optional(),
    positive_button: feedbackButton,
    negative_button: feedbackButton,
  }),
  z.strictObject({
    type: z.literal('icon_button'),
    action_id: identifier.optional(),
    icon: z.enum(['trash']),
    text: plain(75),
    value: chars(2000).optional(),
    visible_to_user_ids: z.array(chars(255)).optional(),
    confirm: confirm.optional(),
    ...accessible,
  }),
]);
