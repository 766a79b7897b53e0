import type { InputBlock, ModalView } from '@slack/types';
import { auditActions, auditOutcomes, BOT } from '../../core/audit.ts';
import {
  type FilterForm,
  filterFormView,
  filterInput,
  oneOrAnyInput,
  partInput,
} from '../filter-form/filter-form-view.ts';
import { option } from '../kit.ts';
import type { RecordPlace } from './audit-place.ts';
import { actionName, outcomeWord } from './audit-words.ts';

/** Asks which entries of the record to show. */
export function auditFilterView(form: FilterForm<RecordPlace>): ModalView {
  const { who, actions, outcome, text, from, to } = form.place.filter;
  return filterFormView(form, {
    title: 'Filter the record',
    what: 'entries',
    inputs: [
      whoInput(who),
      botInput(who === BOT),
      actionsInput(actions),
      oneOrAnyInput({
        id: 'outcome',
        label: 'Outcome',
        any: 'any outcome',
        among: auditOutcomes,
        words: outcomeWord,
        chosen: outcome,
      }),
      partInput({
        id: 'text',
        label: 'About',
        hint: 'A part of a name, an id or a reason, or of the cloud’s request id.',
        entered: text,
      }),
      momentInput('from', 'From', from),
      momentInput('to', 'To', to),
    ],
  });
}

function whoInput(who: string | undefined): InputBlock {
  const chosen = who === undefined || who === BOT ? {} : { initial_user: who };
  return filterInput({ id: 'who', label: 'Who', element: { type: 'users_select', action_id: 'who', ...chosen } });
}

function botInput(checked: boolean): InputBlock {
  const options = [option('Only what the bot did by itself', BOT)];
  const initial = checked ? { initial_options: options } : {};
  const element = { type: 'checkboxes', action_id: 'bot', options, ...initial } as const;
  return filterInput({ id: 'bot', label: 'Or the bot', element });
}

function actionsInput(chosen: RecordPlace['filter']['actions']): InputBlock {
  const options = auditActions.map((action) => option(actionName(action), action));
  const initial = options.filter(({ value }) => chosen?.some((action) => action === value));
  return filterInput({
    id: 'actions',
    label: 'What was done',
    element: {
      type: 'multi_static_select',
      action_id: 'actions',
      options,
      ...(initial.length > 0 && { initial_options: initial }),
    },
  });
}

/** Slack takes ten digits, no fewer: a form that began with an earlier moment could not be shown. */
const EARLIEST = 1_000_000_000;

function momentInput(id: 'from' | 'to', label: string, entered: number | undefined): InputBlock {
  const element = { type: 'datetimepicker', action_id: id } as const;
  return filterInput({
    id,
    label,
    hint: id === 'to' ? 'Entries before this moment.' : undefined,
    element: { ...element, ...(entered !== undefined && entered >= EARLIEST && { initial_date_time: entered }) },
  });
}
