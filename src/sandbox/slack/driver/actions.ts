import { z } from 'zod';
import type { Person } from '../directory.ts';
import { chosenValue } from '../forms/choose.ts';
import { asInput, type Found, offeredOptions } from '../forms/elements.ts';
import { isRecord, type Json } from '../json.ts';
import type { Parts } from '../parts.ts';
import { interaction } from '../payloads.ts';
import { picksOf } from './picks.ts';
import { elementAt, type Place, placeOf, placePayload } from './place.ts';
import { Refusal } from './refusal.ts';
import { sendInteraction } from './send.ts';
import { human } from './who.ts';

export const actionBody = z.looseObject({
  user: z.string(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  home: z.boolean().optional(),
  action_id: z.string(),
  block_id: z.string().optional(),
  value: z.unknown().optional(),
});

type ActionBody = z.infer<typeof actionBody>;

/** Parts of an element that its action repeats. */
const REPEATED = ['text', 'value', 'url', 'style', 'icon', 'confirm', 'placeholder', 'min_query_length'];

/** A click, or a choice. A choice in an input that does not dispatch stays in the form until it is submitted. */
export async function act(parts: Parts, body: ActionBody): Promise<Json> {
  const person = human(parts, body.user);
  const place = placeOf(parts, person, body);
  const { block_id: blockId } = body;
  const found = elementAt(place, {
    action_id: body.action_id,
    value: body.value,
    ...(blockId !== undefined && { block_id: blockId }),
  });
  const action = { ...repeated(found), ...choice(parts, { place, found, body }), action_ts: parts.stamps.next() };
  if (found.block.type === 'input' && found.block.dispatch_action !== true) return { ack_ms: 0, dispatched: false };
  const outcome = await sendInteraction(parts, actionsPayload(parts, { person, place, action }));
  return { ack_ms: outcome.ms };
}

function repeated({ element, type, actionId, blockId }: Found): Json {
  const kept = Object.entries(element).filter(([key]) => REPEATED.includes(key) || key.startsWith('initial_'));
  return { ...Object.fromEntries(kept), type, action_id: actionId, block_id: blockId };
}

/** What the person chose, put into the form where the element has a state. */
function choice(parts: Parts, { place, found, body }: { place: Place; found: Found; body: ActionBody }): Json {
  const input = asInput(found);
  if (input) {
    const value = chosenValue(input, { ...body, type: undefined }, { form: place.form, picks: picksOf(parts) });
    place.form.enter(input, value);
    return { [input.field]: value };
  }
  if (found.type === 'overflow') return { selected_option: overflowChoice(found, body) };
  if (found.type === 'feedback_buttons') return feedback(found, body);
  if (body.value !== undefined && body.value !== found.element.value) {
    throw new Refusal(`${found.actionId} has no value ${JSON.stringify(body.value)}`);
  }
  return {};
}

function overflowChoice(found: Found, body: ActionBody): Json {
  const wanted = isRecord(body.selected_option) ? body.selected_option.value : body.value;
  const offered = offeredOptions(found.element).find((option) => option.value === wanted);
  if (!offered) throw new Refusal(`${found.actionId} does not offer ${JSON.stringify(wanted)}`);
  return offered;
}

function feedback(found: Found, body: ActionBody): Json {
  const buttons = [found.element.positive_button, found.element.negative_button].filter(isRecord);
  const pressed = buttons.find((button) => button.value === body.value);
  if (!pressed) throw new Refusal(`${found.actionId} does not offer ${JSON.stringify(body.value)}`);
  return { text: pressed.text, value: pressed.value };
}

function actionsPayload(parts: Parts, { person, place, action }: { person: Person; place: Place; action: Json }): Json {
  const { view, channel, message } = place;
  const modal = view?.definition.type === 'modal';
  const payload = {
    ...interaction('block_actions', person),
    trigger_id: parts.triggers.issue({ user: person.id, ...(modal && { viewId: view.id }) }),
    ...placePayload(place),
    actions: [action],
  };
  if (!channel || !message) return payload;
  return {
    ...payload,
    state: { values: place.form.values(place.blocks) },
    response_url: parts.responseUrls.issue({
      channel: channel.id,
      user: person.id,
      message: { ts: message.ts, ephemeral: place.ephemeral },
    }),
  };
}
