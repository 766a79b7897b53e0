import { z } from 'zod';
import { checkMenu, confirm, dispatchActionConfig, richOption } from './composition.ts';
import { richText } from './rich-text.ts';
import { chars, codePoints, identifier, plain } from './text.ts';

const base = {
  action_id: identifier.optional(),
  focus_on_load: z.boolean().optional(),
};
const typed = {
  ...base,
  placeholder: plain(150).optional(),
  dispatch_action_config: dispatchActionConfig.optional(),
};
const picked = { ...base, confirm: confirm.optional() };
const number = z.string().refine((value) => /^-?\d+(\.\d+)?$/.test(value), {
  error: 'must be a valid number',
});

export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...picked,
    options: z.array(richOption).min(1).max(10),
    initial_options: z.array(richOption).min(1).max(10).optional(),
  })
  .superRefine(checkMenu);

export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...picked,
    options: z.array(richOption).min(1).max(10),
    initial_option: richOption.optional(),
  })
  .superRefine(checkMenu);

export const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...picked,
  placeholder: plain(150).optional(),
  initial_date: z.string().refine(isDate, { error: 'must be a valid date of the form YYYY-MM-DD' }).optional(),
});

export const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...picked,
  placeholder: plain(150).optional(),
  initial_time: z
    .string()
    .refine((value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value), {
      error: 'must be a valid time of the form HH:mm',
    })
    .optional(),
  timezone: z.string().refine(isTimeZone, { error: 'must be a valid time zone' }).optional(),
});

export const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...picked,
  initial_date_time: z
    .int()
    .refine((value) => /^\d{10}$/.test(String(value)), {
      error: 'must be a Unix time of 10 digits',
    })
    .optional(),
});

const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: chars(3000, 0).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
  })
  .superRefine((input, context) => {
    const say = (message: string, path: string) => context.addIssue({ code: 'custom', message, path: [path] });
    const most = input.max_length ?? 3000;
    if ((input.min_length ?? 0) > most) say('must not be greater than `max_length`', 'min_length');
    if (codePoints(input.initial_value ?? '') > most) say(`must be less than ${most + 1} characters`, 'initial_value');
  });

const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: number.optional(),
    min_value: number.optional(),
    max_value: number.optional(),
  })
  .superRefine((input, context) => {
    const say = (message: string, path: string) => context.addIssue({ code: 'custom', message, path: [path] });
    const least = Number(input.min_value ?? Number.NEGATIVE_INFINITY);
    const most = Number(input.max_value ?? Number.POSITIVE_INFINITY);
    if (least > most) say('must not be greater than `max_value`', 'min_value');
    if (input.initial_value === undefined) return;
    const first = Number(input.initial_value);
    if (first < least || first > most) say('must be between `min_value` and `max_value`', 'initial_value');
    if (!input.is_decimal_allowed && !Number.isInteger(first)) say('must be an integer', 'initial_value');
  });

/** What may stand in an input block beside the menus. */
export const inputs = [
  checkboxes,
  radioButtons,
  datepicker,
  timepicker,
  datetimepicker,
  plainTextInput,
  numberInput,
  z.strictObject({
    type: z.literal('email_text_input'),
    ...typed,
    initial_value: chars(3000, 0).optional(),
  }),
  z.strictObject({
    type: z.literal('url_text_input'),
    ...typed,
    initial_value: chars(3000, 0).optional(),
  }),
  z.strictObject({
    type: z.literal('file_input'),
    action_id: base.action_id,
    filetypes: z.array(chars(255)).min(1).optional(),
    max_files: z.int().min(1).max(10).optional(),
  }),
] as const;

export const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...typed,
  initial_value: richText.optional(),
  min_lines: z.int().min(1).max(100).optional(),
  max_lines: z.int().min(1).max(100).optional(),
});

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
