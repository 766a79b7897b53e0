import { z } from 'zod';
import { hasOneSource, imageSource, ONE_SOURCE } from './composition.ts';
import { accessory, actionElement, contextActionElement, contextElement, inputElement } from './elements.ts';
import { anyText, chars, identifier, link, plain } from './text.ts';

const base = { block_id: identifier.optional() };
const secureLink = link().refine((value) => value.startsWith('https:'), {
  error: 'must be a valid HTTPS URL',
});

export const section = z
  .strictObject({
    type: z.literal('section'),
    ...base,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, {
    error: 'must define either `text` or `fields`',
  });

export const actions = z.strictObject({
  type: z.literal('actions'),
  ...base,
  elements: z.array(actionElement).min(1).max(25),
});

export const context = z.strictObject({
  type: z.literal('context'),
  ...base,
  elements: z.array(contextElement).min(1).max(10),
});

export const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...base,
  elements: z.array(contextActionElement).min(1).max(5),
});

export const divider = z.strictObject({ type: z.literal('divider'), ...base });

export const header = z.strictObject({
  type: z.literal('header'),
  ...base,
  text: plain(150),
  level: z.int().min(1).max(4).optional(),
});

export const image = z
  .strictObject({
    type: z.literal('image'),
    ...base,
    alt_text: chars(2000),
    title: plain(2000).optional(),
    ...imageSource,
  })
  .refine(hasOneSource, ONE_SOURCE);

export const input = z
  .strictObject({
    type: z.literal('input'),
    ...base,
    label: plain(2000),
    element: inputElement,
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  })
  .refine(({ element, dispatch_action }) => element.type !== 'file_input' || !dispatch_action, {
    error: '`dispatch_action` is not supported with `file_input`',
    path: ['dispatch_action'],
  });

/** Slack ignores the `block_id` of a markdown block, so it is let through. */
export const markdown = z.strictObject({
  type: z.literal('markdown'),
  ...base,
  text: chars(12_000),
});

export const video = z.strictObject({
  type: z.literal('video'),
  ...base,
  alt_text: chars(2000),
  title: plain(199),
  title_url: secureLink.optional(),
  video_url: secureLink,
  thumbnail_url: link(),
  description: plain(199).optional(),
  author_name: chars(49).optional(),
  provider_name: chars(49).optional(),
  provider_icon_url: link().optional(),
});

export const alert = z.strictObject({
  type: z.literal('alert'),
  ...base,
  text: anyText(200),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});
