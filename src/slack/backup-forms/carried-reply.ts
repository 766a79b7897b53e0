import { z } from 'zod';
import type { Context, Origin } from '../answers.ts';

const carried = z.object({ responseUrl: z.string().optional() });

/** The context of a click in a modal, which may carry along where the list behind it is answered. */
export function carriedReply(ctx: Context, origin: Origin): Context {
  if (origin.in !== 'view') return ctx;
  const { responseUrl } = parsed(origin.view.privateMetadata);
  return { ...ctx, responseUrl: responseUrl ?? ctx.responseUrl };
}

/** A modal without it is of use all the same. */
function parsed(text: string): z.output<typeof carried> {
  try {
    return carried.catch({}).parse(JSON.parse(text));
  } catch {
    return {};
  }
}
