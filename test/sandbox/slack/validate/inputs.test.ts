import { describe, expect, it } from 'vitest';
import { validateBlocks } from '../../../../src/sandbox/slack/validate/blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const input = (element: object) => ({ type: 'input', label: plain('Label'), element });

/** The faults of one input element, with pointers from the element. */
function faultsOf(element: object): string[] {
  return validateBlocks([input(element)], 'modal').map((fault) =>
    fault.replace('[ERROR] ', '').replace('[json-pointer:/blocks/0/element', '[').replace(' []', ''),
  );
}

describe('inputs', () => {
  it.each([
    [{ type: 'datepicker', initial_date: '2024-02-29' }, []],
    [
      { type: 'datepicker', initial_date: '2023-02-29' },
      ['must be a valid date of the form YYYY-MM-DD [/initial_date]'],
    ],
    [
      { type: 'datepicker', initial_date: '29.02.2024' },
      ['must be a valid date of the form YYYY-MM-DD [/initial_date]'],
    ],
    [{ type: 'timepicker', initial_time: '23:59', timezone: 'Europe/Berlin' }, []],
    [{ type: 'timepicker', initial_time: '24:00' }, ['must be a valid time of the form HH:mm [/initial_time]']],
    [{ type: 'timepicker', timezone: 'Mars/Base' }, ['must be a valid time zone [/timezone]']],
    [{ type: 'datetimepicker', initial_date_time: 1_700_000_000 }, []],
    [
      { type: 'datetimepicker', initial_date_time: 1_700_000_000_000 },
      ['must be a Unix time of 10 digits [/initial_date_time]'],
    ],
    [{ type: 'datetimepicker', initial_date_time: '1700000000' }, ['must provide a number [/initial_date_time]']],
  ])('of dates and times must be real: %j', (element, faults) => {
    expect(faultsOf(element)).toEqual(faults);
  });

  it.each([
    [{ multiline: true, min_length: 0, max_length: 3000, initial_value: '' }, []],
    [{ max_length: 3001 }, ['must be less than 3001 [/max_length]']],
    [{ min_length: -1 }, ['must be more than -1 [/min_length]']],
    [{ min_length: 5, max_length: 4 }, ['must not be greater than `max_length` [/min_length]']],
    [{ max_length: 2, initial_value: 'abc' }, ['must be less than 3 characters [/initial_value]']],
    [{ multiline: 'yes' }, ['must provide a boolean [/multiline]']],
    [{ dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] } }, []],
    [
      { dispatch_action_config: { trigger_actions_on: ['on_blur'] } },
      ['must be a valid enum value [/dispatch_action_config/trigger_actions_on/0]'],
    ],
    [{ placeholder: plain('') }, ['must be more than 0 characters [/placeholder/text]']],
  ])('of text keep their bounds: %j', (more, faults) => {
    expect(faultsOf({ type: 'plain_text_input', ...more })).toEqual(faults);
  });

  it.each([
    [{ is_decimal_allowed: true, initial_value: '1.5', min_value: '-1', max_value: '2' }, []],
    [{}, ['missing required field: is_decimal_allowed']],
    [{ is_decimal_allowed: false, initial_value: '1.5' }, ['must be an integer [/initial_value]']],
    [
      { is_decimal_allowed: false, min_value: '3', max_value: '2' },
      ['must not be greater than `max_value` [/min_value]'],
    ],
    [
      { is_decimal_allowed: false, initial_value: '9', max_value: '2' },
      ['must be between `min_value` and `max_value` [/initial_value]'],
    ],
    [{ is_decimal_allowed: false, min_value: 1 }, ['must provide a string [/min_value]']],
    [{ is_decimal_allowed: false, min_value: 'one' }, ['must be a valid number [/min_value]']],
  ])('of numbers keep their bounds: %j', (more, faults) => {
    expect(faultsOf({ type: 'number_input', ...more })).toEqual(faults);
  });

  it('of files take one to ten', () => {
    expect(faultsOf({ type: 'file_input', max_files: 10, filetypes: ['pdf'] })).toEqual([]);
    expect(faultsOf({ type: 'file_input', max_files: 11, placeholder: plain('x') })).toEqual([
      'must be less than 11 [/max_files]',
      'invalid additional property: placeholder',
    ]);
  });

  it('of addresses and links are plain strings', () => {
    expect(faultsOf({ type: 'email_text_input', initial_value: 'a@example.com' })).toEqual([]);
    expect(faultsOf({ type: 'url_text_input', initial_value: 3 })).toEqual(['must provide a string [/initial_value]']);
  });

  it('of rich text begin with a rich text block', () => {
    const initial_value = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] };
    expect(faultsOf({ type: 'rich_text_input', initial_value, min_lines: 1, max_lines: 100 })).toEqual([]);
    expect(faultsOf({ type: 'rich_text_input', initial_value: 'text', max_lines: 101 })).toEqual([
      'must provide an object [/initial_value]',
      'must be less than 101 [/max_lines]',
    ]);
  });
});
