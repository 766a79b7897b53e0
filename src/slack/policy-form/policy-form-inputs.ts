import type { InputBlock, KnownBlock } from '@slack/types';
import { CHANGE_LIMITS } from '../../core/changes/check-deed.ts';
import { clock, minutesPast, timeZones } from '../../core/policies/time-zone.ts';
import { LIMITS, option, plain } from '../kit.ts';
import { count } from '../words.ts';
import type { PolicyDraft } from './policy-draft.ts';
import { WEEK } from './policy-draft.ts';

const DAY_NAMES: Readonly<Record<(typeof WEEK)[number], string>> = {
  MON: 'Monday',
  TUE: 'Tuesday',
  WED: 'Wednesday',
  THU: 'Thursday',
  FRI: 'Friday',
  SAT: 'Saturday',
  SUN: 'Sunday',
};

/** Asks for the name. */
export function nameInput(name: string): InputBlock {
  return {
    type: 'input',
    block_id: 'name',
    label: plain('Name', LIMITS.inputLabel),
    hint: plain('Letters, digits, “_” and “-”. It may not begin with “default”.', LIMITS.inputLabel),
    element: {
      type: 'plain_text_input',
      action_id: 'name',
      max_length: CHANGE_LIMITS.name,
      ...(name !== '' && { initial_value: name }),
    },
  };
}

/** Asks on which days: one of two ways, which are not shown together because only one counts. */
export function dayInputs(draft: PolicyDraft, action: string): KnownBlock[] {
  const ways = [option('Every so many days', 'days'), option('On days of the week', 'week')];
  const chosen = ways.find(({ value }) => value === draft.frequency);
  const way: InputBlock = {
    type: 'input',
    block_id: 'frequency',
    dispatch_action: true,
    label: plain('How often', LIMITS.inputLabel),
    hint: plain('A policy has one of the two.', LIMITS.inputLabel),
    element: {
      type: 'radio_buttons',
      action_id: `${action}#frequency`,
      options: ways,
      ...(chosen && { initial_option: chosen }),
    },
  };
  return [way, draft.frequency === 'week' ? weekDaysInput(draft, action) : everyDaysInput(draft, action)];
}

function everyDaysInput({ everyDays }: PolicyDraft, action: string): InputBlock {
  const longest = Math.max(CHANGE_LIMITS.everyDays, everyDays);
  const options = Array.from({ length: longest }, (_, at) =>
    option(at === 0 ? 'Every day' : `Every ${at + 1} days`, String(at + 1)),
  );
  const chosen = options.find(({ value }) => value === String(everyDays));
  return {
    type: 'input',
    block_id: 'everyDays',
    dispatch_action: true,
    label: plain('Days', LIMITS.inputLabel),
    element: {
      type: 'static_select',
      action_id: `${action}#everyDays`,
      options,
      ...(chosen && { initial_option: chosen }),
    },
  };
}

function weekDaysInput({ weekDays }: PolicyDraft, action: string): InputBlock {
  const options = WEEK.map((day) => option(DAY_NAMES[day], day));
  const chosen = options.filter(({ value }) => value !== undefined && weekDays.includes(value));
  return {
    type: 'input',
    block_id: 'weekDays',
    dispatch_action: true,
    // Without a day the form tells what is missing, in its own words.
    optional: true,
    label: plain('Days of the week', LIMITS.inputLabel),
    hint: plain('As the chosen time zone counts them.', LIMITS.inputLabel),
    element: {
      type: 'checkboxes',
      action_id: `${action}#weekDays`,
      options,
      ...(chosen.length > 0 && { initial_options: chosen }),
    },
  };
}

/** Asks at which hours of which zone. The hours are named anew for each zone, whose clocks may be off by half an hour. */
export function timeInputs({ timeZone, hours }: PolicyDraft, action: string): KnownBlock[] {
  const zones = (timeZones.includes(timeZone) ? timeZones : [...timeZones, timeZone]).map((zone) => option(zone, zone));
  const zone = zones.find(({ value }) => value === timeZone);
  const past = minutesPast(timeZone);
  const starts = Array.from({ length: 24 }, (_, hour) => option(clock(hour * 60 + past), String(hour)));
  const chosen = starts.filter(({ value }) => hours.includes(Number(value)));
  return [
    {
      type: 'input',
      block_id: 'timeZone',
      dispatch_action: true,
      label: plain('Time zone', LIMITS.inputLabel),
      hint: plain('It does not follow summer time: the cloud knows offsets only.', LIMITS.inputLabel),
      element: {
        type: 'static_select',
        action_id: `${action}#timeZone`,
        options: zones,
        ...(zone && { initial_option: zone }),
      },
    },
    {
      type: 'input',
      block_id: `hours#${timeZone}`,
      dispatch_action: true,
      label: plain('Start times', LIMITS.inputLabel),
      element: {
        type: 'multi_static_select',
        action_id: `${action}#hours`,
        placeholder: plain('Choose hours', LIMITS.placeholder),
        options: starts,
        ...(chosen.length > 0 && { initial_options: chosen }),
      },
    },
  ];
}

/** Asks what is kept: one of two ways as well. */
export function keepInputs(
  draft: PolicyDraft,
  about: { readonly action: string; readonly most: number },
): KnownBlock[] {
  const { action, most } = about;
  const ways = [option('The last backups of each disk', 'last'), option('Backups of the last days', 'days')];
  const chosen = ways.find(({ value }) => value === draft.keep);
  const { keepLeast, keepDays } = CHANGE_LIMITS;
  const range = draft.keep === 'days' ? `${keepLeast} to ${count(keepDays)} days.` : `${keepLeast} to ${most} backups.`;
  return [
    {
      type: 'input',
      block_id: 'keep',
      dispatch_action: true,
      label: plain('What is kept', LIMITS.inputLabel),
      hint: plain(
        'A policy has one of the two. Older backups of the policy are deleted by the cloud.',
        LIMITS.inputLabel,
      ),
      element: {
        type: 'radio_buttons',
        action_id: `${action}#keep`,
        options: ways,
        ...(chosen && { initial_option: chosen }),
      },
    },
    {
      type: 'input',
      block_id: 'keepCount',
      dispatch_action: true,
      label: plain(draft.keep === 'days' ? 'How many days' : 'How many backups', LIMITS.inputLabel),
      hint: plain(range, LIMITS.inputLabel),
      element: {
        type: 'number_input',
        action_id: `${action}#keepCount`,
        is_decimal_allowed: false,
        dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
        // Slack refuses a form that begins with a fraction here, or a number that is written with an exponent.
        ...(Number.isSafeInteger(draft.keepCount) && { initial_value: String(draft.keepCount) }),
      },
    },
  ];
}

/** Asks for the rest. */
export function alsoInput({ firstOfMonth, enabled }: PolicyDraft, action: string): InputBlock {
  const first = option('Keep the first backup of each month, too', 'first');
  const on = option('Switched on: it runs by its schedule', 'enabled');
  const chosen = [...(firstOfMonth ? [first] : []), ...(enabled ? [on] : [])];
  return {
    type: 'input',
    block_id: 'also',
    dispatch_action: true,
    optional: true,
    label: plain('Also', LIMITS.inputLabel),
    element: {
      type: 'checkboxes',
      action_id: `${action}#also`,
      options: [first, on],
      ...(chosen.length > 0 && { initial_options: chosen }),
    },
  };
}
