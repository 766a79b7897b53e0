import type { z } from 'zod';
import type { ViewOrigin } from './answers.ts';
import { LIMITS } from './kit.ts';
import { OutOfDate } from './out-of-date.ts';

/** What a modal carries along, as the text of its `private_metadata`. Throws where it does not fit Slack's limit. */
export function metadataText<S extends z.ZodType>(schema: S, value: z.input<S>): string {
  const text = JSON.stringify(schema.parse(value));
  if (text.length > LIMITS.privateMetadata) {
    throw new RangeError(`private_metadata of ${text.length} characters; Slack takes ${LIMITS.privateMetadata}`);
  }
  return text;
}

/** What a modal carried along. Throws OutOfDate, naming the command to run again, where it does not parse. */
export function readMetadata<S extends z.ZodType>(
  schema: S,
  view: Pick<ViewOrigin, 'privateMetadata'>,
  again: string,
): z.output<S> {
  const parsed = schema.safeParse(fromJson(view.privateMetadata));
  if (!parsed.success) throw new OutOfDate(again);
  return parsed.data;
}

function fromJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
