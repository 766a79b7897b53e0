import { z } from 'zod';
import { richText } from './rich-text.ts';
import { chars, identifier } from './text.ts';

/** The most characters over all cells of a message; the newest copy of Slack's reference says 20,000. */
export const MOST_CELL_CHARACTERS = 10_000;

const cellText = chars(MOST_CELL_CHARACTERS);
const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: cellText }),
  z.strictObject({
    type: z.literal('raw_number'),
    value: z.number(),
    text: cellText,
  }),
  richText,
]);
const row = z.array(cell).min(1).max(20);

export const table = z.strictObject({
  type: z.literal('table'),
  block_id: identifier.optional(),
  rows: z.array(row).min(1).max(100),
  column_settings: z
    .array(
      z
        .strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        })
        .nullable(),
    )
    .max(20)
    .optional(),
});

export const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    block_id: identifier.optional(),
    caption: chars(3000),
    rows: z.array(row).min(2).max(101),
    page_size: z.int().min(1).max(100).optional(),
    row_header_column_index: z.int().min(0).max(19).optional(),
  })
  .superRefine(({ rows }, context) => {
    for (const [index, cells] of rows.entries()) {
      if (cells.length !== rows[0]?.length) {
        context.addIssue({
          code: 'custom',
          message: 'must have as many cells as the first row',
          path: ['rows', index],
        });
      }
    }
    for (const [index, { type }] of (rows[0] ?? []).entries()) {
      if (type === 'rich_text') {
        context.addIssue({
          code: 'custom',
          message: 'unsupported type: rich_text',
          path: ['rows', 0, index, 'type'],
        });
      }
    }
  });
