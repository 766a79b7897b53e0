import { z } from 'zod';
import { chars, identifier } from './text.ts';

const flag = z.boolean().optional();
const style = z
  .strictObject({
    bold: flag,
    italic: flag,
    strike: flag,
    code: flag,
    underline: flag,
  })
  .optional();
const mentionStyle = z
  .strictObject({
    bold: flag,
    italic: flag,
    strike: flag,
    underline: flag,
    highlight: flag,
    client_highlight: flag,
    unlink: flag,
  })
  .optional();
const border = z.union([z.literal(0), z.literal(1)]).optional();
const someText = chars(Number.MAX_SAFE_INTEGER);

const words = z.strictObject({
  type: z.literal('text'),
  text: someText,
  style,
});
const hyperlink = z.strictObject({
  type: z.literal('link'),
  url: chars(3000),
  text: someText.optional(),
  unsafe: flag,
  style,
});

const leaf = z.discriminatedUnion('type', [
  words,
  hyperlink,
  z.strictObject({
    type: z.literal('user'),
    user_id: identifier,
    style: mentionStyle,
  }),
  z.strictObject({
    type: z.literal('usergroup'),
    usergroup_id: identifier,
    style: mentionStyle,
  }),
  z.strictObject({
    type: z.literal('channel'),
    channel_id: identifier,
    style: mentionStyle,
  }),
  z.strictObject({
    type: z.literal('team'),
    team_id: identifier,
    style: mentionStyle,
  }),
  z.strictObject({
    type: z.literal('broadcast'),
    range: z.enum(['here', 'channel', 'everyone']),
    style,
  }),
  z.strictObject({
    type: z.literal('emoji'),
    name: identifier,
    unicode: z.string().optional(),
    url: z.string().optional(),
    style,
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: someText,
    url: chars(3000).optional(),
    fallback: z.string().optional(),
    style,
  }),
  z.strictObject({
    type: z.literal('color'),
    value: z.string().refine((value) => /^#[0-9a-f]{6}$/i.test(value), {
      error: 'must be a hex color',
    }),
    style,
  }),
]);

const section = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(leaf),
});

/** A `rich_text` block: sections, lists, quotes and preformatted text. */
export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: identifier.optional(),
  elements: z
    .array(
      z.discriminatedUnion('type', [
        section,
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          elements: z.array(section).min(1),
          indent: z.int().min(0).max(8).optional(),
          offset: z.int().min(0).optional(),
          border,
        }),
        z.strictObject({
          type: z.literal('rich_text_quote'),
          elements: z.array(leaf),
          border,
        }),
        z.strictObject({
          type: z.literal('rich_text_preformatted'),
          elements: z.array(z.discriminatedUnion('type', [words, hyperlink])),
          border,
          language: z.string().optional(),
        }),
      ]),
    )
    .min(1),
});
