import { z } from 'zod';
import type { Person } from '../directory.ts';
import { fieldErrors } from '../forms/checks.ts';
import { chosenValue } from '../forms/choose.ts';
import { inputs } from '../forms/elements.ts';
import { isRecord, type Json, record, records } from '../json.ts';
import type { Parts } from '../parts.ts';
import { interaction } from '../payloads.ts';
import { type OpenView, STACK_LIMIT, viewPayload } from '../views.ts';
import { ApiError } from '../web-api/api-error.ts';
import { requireBlockScopes } from '../web-api/scopes.ts';
import { checkedView, refuseTakenId } from '../web-api/views.ts';
import { picksOf } from './picks.ts';
import { Refusal } from './refusal.ts';
import { sendInteraction } from './send.ts';
import { human } from './who.ts';

export const submitBody = z.strictObject({
  user: z.string(),
  values: z.record(z.string(), z.record(z.string(), z.looseObject({}))).default({}),
});

export const closeBody = z.strictObject({
  user: z.string(),
  /** The cross rather than *Cancel*: closes the whole stack. */
  all: z.boolean().default(false),
});

/** The modal on top, as this person sees it. */
export function topView(parts: Parts, user: string): Json | null {
  const view = parts.views.top(human(parts, user).id);
  return view ? viewPayload(view) : null;
}

/** Fills in the modal on top and submits it. What Slack's client would refuse never reaches the app. */
export async function submit(parts: Parts, body: z.infer<typeof submitBody>): Promise<Json> {
  const person = human(parts, body.user);
  const view = openModal(parts, person);
  if (!isRecord(view.definition.submit)) throw new Refusal('the modal has nothing to submit');
  fillIn(parts, view, body.values);
  const errors = fieldErrors(view.definition.blocks, view.form);
  if (Object.keys(errors).length > 0) return { ack_ms: 0, errors };
  const outcome = await sendInteraction(parts, {
    ...interaction('view_submission', person),
    trigger_id: parts.triggers.issue({ user: person.id, viewId: view.id }),
    view: viewPayload(view),
    response_urls: [],
  });
  return { ack_ms: outcome.ms, ...applyAnswer(parts, view, outcome.payload) };
}

/** Closes the modal on top; tells the app where it asked to be told. */
export async function close(parts: Parts, body: z.infer<typeof closeBody>): Promise<Json> {
  const person = human(parts, body.user);
  const view = openModal(parts, person);
  const all = body.all || view.definition.clear_on_close === true;
  const closed = all ? [...parts.views.stack(person.id)].reverse() : [view];
  if (all) parts.views.clear(person.id);
  else parts.views.pop(person.id);
  let ackMs = 0;
  for (const one of closed) {
    if (one.definition.notify_on_close !== true) continue;
    const { ms } = await sendInteraction(parts, {
      ...interaction('view_closed', person),
      view: viewPayload(one),
      is_cleared: all,
    });
    ackMs = Math.max(ackMs, ms);
  }
  return { ack_ms: ackMs };
}

function openModal(parts: Parts, person: Person): OpenView {
  const view = parts.views.top(person.id);
  if (!view) throw new Refusal(`${person.id} has no modal open`);
  return view;
}

function fillIn(parts: Parts, view: OpenView, values: z.infer<typeof submitBody>['values']): void {
  const present = inputs(view.definition.blocks);
  for (const [blockId, actions] of Object.entries(values)) {
    for (const [actionId, given] of Object.entries(actions)) {
      const input = present.find((it) => it.blockId === blockId && it.actionId === actionId);
      if (!input) throw new Refusal(`the modal has no input ${actionId} in a block ${blockId}`);
      view.form.enter(input, chosenValue(input, given, { form: view.form, picks: picksOf(parts) }));
    }
  }
}

/** Does to the stack what the app's answer says; what of it the person sees. */
function applyAnswer(parts: Parts, view: OpenView, answer: Json): Json {
  const { response_action: action } = answer;
  if (action === undefined) {
    if (Object.keys(answer).length > 0) throw trouble('the ack of a submission is empty or has a response_action');
    remove(parts, view);
    return {};
  }
  switch (action) {
    case 'errors':
      return { response_action: action, errors: checkedErrors(view, answer) };
    case 'clear':
      parts.views.clear(view.user);
      return { response_action: action };
    case 'update':
      parts.views.update(view, answeredView(parts, answer, view));
      return { response_action: action };
    case 'push':
      if (parts.views.stack(view.user).length >= STACK_LIMIT) throw trouble('push_limit_reached');
      parts.views.push(view.user, answeredView(parts, answer));
      return { response_action: action };
    default:
      throw trouble(`there is no response_action ${JSON.stringify(action)}`);
  }
}

/** The submitted modal goes; it may have been replaced while the app worked. */
function remove(parts: Parts, view: OpenView): void {
  if (parts.views.top(view.user) === view) parts.views.pop(view.user);
}

function checkedErrors(view: OpenView, answer: Json): Json {
  const errors = record(answer.errors);
  const fields = new Set(records(view.definition.blocks).flatMap((it) => (it.type === 'input' ? [it.block_id] : [])));
  const unknown = Object.keys(errors).filter((blockId) => !fields.has(blockId));
  if (unknown.length > 0) throw trouble(`errors for blocks that are no inputs: ${unknown.join(', ')}`);
  if (Object.keys(errors).length === 0) throw trouble('errors without an error');
  for (const error of Object.values(errors)) {
    if (typeof error !== 'string' || error === '') throw trouble('an error is a sentence');
  }
  return errors;
}

function answeredView(parts: Parts, answer: Json, replaced?: OpenView): Json {
  try {
    requireBlockScopes(parts.manifest, answer.view);
    const definition = checkedView(answer.view, 'modal');
    refuseTakenId(parts, definition, replaced);
    return definition;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw trouble(`${error.code}: ${JSON.stringify(error.details.errors ?? [])}`);
  }
}

/** An answer that Slack cannot use: the modal stays, with a line that says so. */
function trouble(reason: string): Refusal {
  const notice = 'We had some trouble connecting. Try again?';
  return new Refusal(`Slack refuses the answer: ${reason}`, { details: { notice } });
}
