import type { InputBlock, ModalView } from '@slack/types';
import { auditActions, auditOutcomes, BOT } from '../../core/audit.ts';
import { LIMITS, oneLine, option, plain, section } from '../kit.ts';
import { LONGEST_PART, type RecordPlace } from './audit-place.ts';
import { actionName, outcomeWord } from './audit-words.ts';

/** The value of the outcome that is none: a menu cannot be emptied again on every client. */
export const ANY_OUTCOME = 'any';

/** Asks which entries of the record to show. */
export function auditFilterView(about: {
  readonly place: RecordPlace;
  readonly callbackId: string;
  readonly metadata: string;
}): ModalView {
  const { place, callbackId, metadata } = about;
  const { filter } = place;
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: metadata,
    title: plain('Filter the record', LIMITS.viewTitle),
    submit: plain('Show', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      section(`Which entries of ${oneLine(place.project)} to show. What is left empty lets everything through.`),
      whoInput(filter.who),
      botInput(filter.who === BOT),
      actionsInput(filter.actions),
      outcomeInput(filter.outcome),
      textInput(filter.text),
      momentInput('from', 'From', filter.from),
      momentInput('to', 'To', filter.to),
    ],
  };
}

function input(id: string, label: string, element: InputBlock['element'], hint?: string): InputBlock {
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label, LIMITS.inputLabel),
    element,
    ...(hint && { hint: plain(hint, LIMITS.inputLabel) }),
  };
}

function whoInput(who: string | undefined): InputBlock {
  const chosen = who === undefined || who === BOT ? {} : { initial_user: who };
  return input('who', 'Who', { type: 'users_select', action_id: 'who', ...chosen });
}

function botInput(checked: boolean): InputBlock {
  const options = [option('Only what the bot did by itself', BOT)];
  const initial = checked ? { initial_options: options } : {};
  return input('bot', 'Or the bot', { type: 'checkboxes', action_id: 'bot', options, ...initial });
}

function actionsInput(chosen: RecordPlace['filter']['actions']): InputBlock {
  const options = auditActions.map((action) => option(actionName(action), action));
  const initial = options.filter(({ value }) => chosen?.some((action) => action === value));
  return input('actions', 'What was done', {
    type: 'multi_static_select',
    action_id: 'actions',
    options,
    ...(initial.length > 0 && { initial_options: initial }),
  });
}

function outcomeInput(chosen: RecordPlace['filter']['outcome']): InputBlock {
  const any = option('any outcome', ANY_OUTCOME);
  const outcomes = auditOutcomes.map((outcome) => option(outcomeWord(outcome), outcome));
  const initial = outcomes.find(({ value }) => value === chosen) ?? any;
  return input('outcome', 'Outcome', {
    type: 'static_select',
    action_id: 'outcome',
    options: [any, ...outcomes],
    initial_option: initial,
  });
}

function textInput(entered: string | undefined): InputBlock {
  const hint = 'A part of a name, an id or a reason, or of the cloud’s request id.';
  const element = { type: 'plain_text_input', action_id: 'text', max_length: LONGEST_PART } as const;
  return input('text', 'About', { ...element, ...(entered && { initial_value: entered }) }, hint);
}

function momentInput(id: 'from' | 'to', label: string, entered: number | undefined): InputBlock {
  const element = { type: 'datetimepicker', action_id: id } as const;
  const hint = id === 'to' ? 'Entries before this moment.' : undefined;
  return input(id, label, { ...element, ...(entered !== undefined && { initial_date_time: entered }) }, hint);
}
