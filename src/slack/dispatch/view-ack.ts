import type { ModalView } from '@slack/types';
import type { ModalAnswer } from '../answers.ts';
import { plainId } from '../define.ts';
import type { ErrorReply } from '../error-reply.ts';
import type { Message } from '../kit.ts';
import { LIMITS, oneLine } from '../kit.ts';
import { loadingView, noticeView } from '../notice-view.ts';
import { sentence } from '../sentence.ts';
import { depthOf, inputsOf, type RawView, viewOrigin } from './payload.ts';

/** The body of an acknowledgement of a submission; nothing closes the view. */
export type ViewAck =
  | undefined
  | { readonly response_action: 'clear' }
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update' | 'push'; readonly view: ModalView };

/** What Slack is told about a form that was handled. */
export function ackOf(answer: ModalAnswer, view: RawView): ViewAck {
  if ('close' in answer) return undefined;
  if ('clear' in answer) return { response_action: 'clear' };
  if ('update' in answer) return { response_action: 'update', view: answer.update };
  if ('push' in answer) return { response_action: 'push', view: answer.push };
  return fieldErrors(answer.errors, view) ?? notice(sentence(inWords(answer.errors)));
}

/** What Slack is told about a form whose handling threw. */
export function ackOfError(reply: ErrorReply, view: RawView): ViewAck {
  const errors = reply.fields && fieldErrors(reply.fields, view);
  if (errors) return errors;
  const over = reply.keepsForm && depthOf(viewOrigin(view)) < 3;
  return notice(reply.message, over ? 'push' : 'update');
}

/** What Slack is told about a form that is still being worked on. */
export function ackOfLate(): ViewAck {
  return { response_action: 'update', view: loadingView('Working on it…') };
}

/** What an answer that came too late for the acknowledgement looks like: a modal cannot be closed any more. */
export function lateView(answer: ModalAnswer): ModalView {
  if ('update' in answer) return answer.update;
  if ('push' in answer) return answer.push;
  if ('errors' in answer) return noticeView(sentence(`${inWords(answer.errors)} Open the form again.`));
  return noticeView(sentence('✅ Done. This can be closed.'));
}

function notice(said: Message, how: 'update' | 'push' = 'update'): ViewAck {
  return { response_action: how, view: noticeView(said) };
}

function inWords(errors: Readonly<Record<string, string>>): string {
  return Object.values(errors)
    .map((text) => oneLine(text, LIMITS.fieldText))
    .join(' ');
}

/**
 * Errors at their inputs. Slack refuses the whole answer for one block that is no input, so what has no place of its own
 * is said at the first input; without any input there is no place at all.
 */
function fieldErrors(errors: Readonly<Record<string, string>>, view: RawView): ViewAck {
  const inputs = inputsOf(view);
  const first = inputs[0];
  if (first === undefined) return undefined;
  const placed: Record<string, string> = {};
  for (const [name, text] of Object.entries(errors)) {
    const block = inputs.find((id) => plainId(id) === name) ?? first;
    placed[block] = placed[block] === undefined ? text : `${placed[block]} ${text}`;
  }
  return { response_action: 'errors', errors: placed };
}
