import { z } from 'zod';
import { asInput } from '../forms/elements.ts';
import { isRecord, type Json, record, records } from '../json.ts';
import type { Parts } from '../parts.ts';
import { interaction } from '../payloads.ts';
import { validateBlocks } from '../validate/blocks.ts';
import { elementAt, placeOf, placePayload } from './place.ts';
import { Refusal } from './refusal.ts';
import { sendInteraction } from './send.ts';
import { human } from './who.ts';

export const optionsBody = z.strictObject({
  user: z.string(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  home: z.boolean().optional(),
  action_id: z.string(),
  block_id: z.string().optional(),
  query: z.string().default(''),
});

/** Slack's default of `min_query_length`. */
const MIN_QUERY = 3;

/** Types into an external select; what the app offers can be chosen from then on. */
export async function askOptions(parts: Parts, body: z.infer<typeof optionsBody>): Promise<Json> {
  const person = human(parts, body.user);
  const place = placeOf(parts, person, body);
  const { action_id, block_id: blockId } = body;
  const found = elementAt(place, { action_id, ...(blockId !== undefined && { block_id: blockId }) });
  const input = asInput(found);
  if (!input?.type.endsWith('external_select')) throw new Refusal(`${action_id} has no external options`);
  const least = found.element.min_query_length ?? MIN_QUERY;
  if (typeof least === 'number' && body.query.length < least) {
    throw new Refusal(`${action_id} asks from ${least} characters on`);
  }
  const { message: _, ...where } = withoutState(placePayload(place));
  const outcome = await sendInteraction(parts, {
    ...interaction('block_suggestion', person),
    ...where,
    action_id,
    block_id: found.blockId,
    value: body.query,
  });
  const { options, option_groups: groups } = outcome.payload;
  const list = groups === undefined ? { options } : { option_groups: groups };
  refuseInvalid(list);
  place.form.offer(input, [...records(options), ...records(groups).flatMap((group) => records(record(group).options))]);
  return { ack_ms: outcome.ms, ...list };
}

/** What is in the other inputs cannot be relied on in a search, so it is never told. */
function withoutState(where: Json): Json {
  return isRecord(where.view) ? { ...where, view: { ...where.view, state: { values: {} } } } : where;
}

/** An answer must hold what a static select could; an empty one means that nothing was found. */
function refuseInvalid(list: Json): void {
  const given = list.options ?? list.option_groups;
  if (Array.isArray(given) && given.length === 0) return;
  const select = { type: 'static_select', action_id: 'options', ...list };
  const faults = validateBlocks([{ type: 'actions', elements: [select] }], 'message');
  if (faults.length > 0) throw new Refusal(`Slack shows no result: ${faults.join('; ')}`);
}
