import { describe, expect, it } from 'vitest';
import { enteredIn } from '../../../src/slack/dispatch/payload.ts';

describe('what was entered in an element', () => {
  it.each([
    [{ type: 'plain_text_input', value: 'why' }, 'why'],
    [{ type: 'external_select', selected_option: { text: {}, value: 'payments' } }, 'payments'],
    [{ type: 'checkboxes', selected_options: [{ value: 'first' }, { value: 'enabled' }] }, ['first', 'enabled']],
    [{ type: 'datetimepicker', selected_date_time: 1_764_000_000 }, 1_764_000_000],
    [{ type: 'multi_users_select', selected_users: ['U1'] }, ['U1']],
  ])('is read by its type: %j', (element, entered) => {
    expect(enteredIn(element)).toEqual(entered);
  });

  it.each([
    [{ type: 'plain_text_input', value: null }, null],
    [{ type: 'static_select', selected_option: null }, null],
    [{ type: 'multi_static_select' }, []],
    [{ type: 'timepicker', selected_option: { value: 'of another type' } }, null],
  ])('is nothing where nothing was: %j', (element, nothing) => {
    expect(enteredIn(element)).toEqual(nothing);
  });

  it('is its value where the type is not known, whatever it is called', () => {
    expect(enteredIn({ type: 'constructor', value: 'x' })).toBe('x');
  });

  it('is refused where it is of another shape', () => {
    expect(() => enteredIn({ type: 'datepicker', selected_date: 7 })).toThrow();
  });
});
