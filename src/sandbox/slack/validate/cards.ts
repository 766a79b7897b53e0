import { z } from 'zod';
import { button, imageElement } from './elements.ts';
import { actions, context, divider, header, image, input, section, video } from './layout.ts';
import { richText } from './rich-text.ts';
import { table } from './tables.ts';
import { anyText, chars, identifier, link, plain } from './text.ts';

const base = { block_id: identifier.optional() };

export const card = z
  .strictObject({
    type: z.literal('card'),
    ...base,
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    slack_icon: z.strictObject({ type: z.literal('icon'), name: chars(255) }).optional(),
    title: anyText(150).optional(),
    subtitle: anyText(150).optional(),
    body: anyText(200).optional(),
    subtext: anyText(200).optional(),
    // The reference says 3, an older schema 2: the smaller number holds.
    actions: z.array(button).min(1).max(2).optional(),
  })
  .refine((it) => [it.hero_image, it.title, it.actions, it.body].some((part) => part !== undefined), {
    error: 'must define at least one of `hero_image`, `title`, `actions` or `body`',
  });

export const carousel = z.strictObject({
  type: z.literal('carousel'),
  ...base,
  elements: z.array(card).min(1).max(10),
});

export const container = z
  .strictObject({
    type: z.literal('container'),
    ...base,
    title: plain(150).optional(),
    rich_text_title: richText.optional(),
    subtitle: anyText(150).optional(),
    icon: imageElement.optional(),
    child_blocks: z
      .array(
        z.discriminatedUnion('type', [
          actions,
          context,
          divider,
          header,
          image,
          input,
          richText,
          section,
          table,
          video,
        ]),
      )
      .min(1)
      .max(10),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  })
  .refine((it) => it.title !== undefined || it.rich_text_title !== undefined, {
    error: 'must define either `title` or `rich_text_title`',
  })
  .refine((it) => !it.default_collapsed || it.is_collapsible, {
    error: 'requires `is_collapsible` to be true',
    path: ['default_collapsed'],
  });

const task = {
  type: z.literal('task_card'),
  ...base,
  task_id: identifier,
  title: chars(3000),
  details: richText.optional(),
  output: richText.optional(),
  sources: z
    .array(
      z.strictObject({
        type: z.literal('url'),
        url: link(),
        text: chars(3000),
      }),
    )
    .optional(),
};

/** Slack refuses `pending` on a task that stands by itself; inside a plan it is allowed. */
export const taskCard = z.strictObject({
  ...task,
  status: z.enum(['in_progress', 'complete', 'error']),
});

/** The titles of a plan and its tasks are bare strings, unlike a card's. Slack takes `status` and ignores it. */
export const plan = z
  .strictObject({
    type: z.literal('plan'),
    ...base,
    title: chars(3000),
    status: z.string().optional(),
    tasks: z
      .array(
        z.strictObject({
          ...task,
          status: z.enum(['pending', 'in_progress', 'complete', 'error']),
        }),
      )
      .min(1)
      .optional(),
  })
  .superRefine(({ tasks = [] }, ctx) => {
    const ids = tasks.map(({ task_id }) => task_id);
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) === index) continue;
      ctx.addIssue({
        code: 'custom',
        message: `task_id "${id}" already exists`,
        path: ['tasks', index, 'task_id'],
      });
    }
  });
