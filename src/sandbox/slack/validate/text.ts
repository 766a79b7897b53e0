import { z } from 'zod';

/** A string of at least one and at most `max` characters, counted as sent. */
export function chars(max: number, min = 1) {
  return z.string().superRefine((value, context) => {
    for (const message of lengthFaults(codePoints(value), min, max)) context.addIssue({ code: 'custom', message });
  });
}

/** An identifier: `block_id`, `action_id`, `callback_id`, … */
export const identifier = chars(255);

/** A link that a click opens or an image is loaded from. */
export function link(max = 3000) {
  return chars(max).refine((value) => value === '' || isLink(value), {
    error: 'must be a valid URL',
  });
}

/** A `plain_text` object of at most `max` characters. */
export function plain(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: shown(max, plainLength),
    emoji: z.boolean().optional(),
  });
}

/** A `mrkdwn` object of at most `max` characters. */
export function mrkdwn(max: number) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: shown(max, mrkdwnLength),
    verbatim: z.boolean().optional(),
  });
}

/** A text object of either kind. */
export function anyText(max: number) {
  return z.discriminatedUnion('type', [plain(max), mrkdwn(max)]);
}

/** The length of plain text as Slack stores it: `&`, `<` and `>` are kept as entities. */
function plainLength(text: string): number {
  const stored = escapeAmpersands(text).replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return codePoints(stored);
}

/** The length of mrkdwn as Slack stores it: `<…>` stays, a bare `&`, `<` or `>` becomes an entity. */
export function mrkdwnLength(text: string): number {
  const stored = escapeAmpersands(text).replace(/<[^<>]+>|[<>]/g, (part) => (part.length === 1 ? '&lt;' : part));
  return codePoints(stored);
}

/** Slack counts code points: an emoji outside the basic plane is one character. */
export function codePoints(text: string): number {
  return Array.from(text).length;
}

function escapeAmpersands(text: string): string {
  return text.replace(/&(?!(?:amp|lt|gt);)/g, '&amp;');
}

function shown(max: number, lengthOf: (text: string) => number) {
  return z.string().superRefine((value, context) => {
    for (const message of lengthFaults(lengthOf(value), 1, max)) context.addIssue({ code: 'custom', message });
  });
}

function lengthFaults(length: number, min: number, max: number): string[] {
  if (length < min) return [`must be more than ${min - 1} characters`];
  return length > max ? [`must be less than ${max + 1} characters`] : [];
}

function isLink(value: string): boolean {
  if (!URL.canParse(value)) return false;
  return ['http:', 'https:', 'mailto:', 'slack:', 'tel:'].includes(new URL(value).protocol);
}
