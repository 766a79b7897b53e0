import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SlackSandbox } from '../../../src/sandbox/slack/workspace.ts';
import { person, type SlackPerson } from '../../support/slack-person.ts';
import { input, modal, option, plain } from './modal-blocks.ts';
import { type PlainApp, startPlainApp } from './plain-app.ts';
import { call } from './web-api-client.ts';
import { CHANNEL, startSandbox } from './workspace-with-app.ts';

let app: PlainApp;
let sandbox: SlackSandbox;
let ann: SlackPerson;

const why = input('why', { type: 'plain_text_input' });

beforeEach(async () => {
  app = await startPlainApp();
  sandbox = await startSandbox({ delivery: { mode: 'http', url: app.url } });
  ann = person(sandbox.url, 'U1');
});

afterEach(async () => {
  await sandbox.close();
  await app.close();
});

async function open(view: object): Promise<void> {
  await ann.command(CHANNEL, 'help');
  const { trigger_id } = app.received.at(-1)?.payload ?? {};
  expect(await call(sandbox, 'views.open', { trigger_id, view })).toMatchObject({ ok: true });
  app.received.length = 0;
}

test('without a modal there is nothing to submit or close', async () => {
  await expect(ann.submit()).rejects.toThrow('U1 has no modal open');
  await expect(ann.close()).rejects.toThrow('U1 has no modal open');
  expect(await ann.view()).toBeNull();
});

test('a modal without a submit button cannot be submitted', async () => {
  await open({ type: 'modal', title: plain('x'), blocks: [{ type: 'divider' }] });
  await expect(ann.submit()).rejects.toThrow('the modal has nothing to submit');
});

test('a submission carries every input: given, initial and empty', async () => {
  await open(
    modal(
      'All',
      [
        why,
        input('note', { type: 'plain_text_input', initial_value: 'as before' }),
        input('size', { type: 'number_input', is_decimal_allowed: false }, { optional: true }),
        input('to', { type: 'multi_static_select', options: [option('a'), option('b')] }),
        input('how', { type: 'radio_buttons', options: [option('x'), option('y')], initial_option: option('x') }),
        input('ok', { type: 'checkboxes', options: [option('yes')] }, { optional: true }),
        input('until', { type: 'datepicker' }, { optional: true }),
      ],
      { callback_id: 'ask', private_metadata: 'kept' },
    ),
  );
  await ann.submit({
    why: { in: { value: 'because' } },
    to: { in: { selected_options: [{ value: 'b' }] } },
  });
  expect(app.received.map((it) => it.payload)).toMatchObject([
    {
      type: 'view_submission',
      user: { id: 'U1', name: 'ann.asker' },
      trigger_id: expect.any(String),
      response_urls: [],
      view: {
        callback_id: 'ask',
        private_metadata: 'kept',
        hash: expect.any(String),
        state: {
          values: {
            why: { in: { type: 'plain_text_input', value: 'because' } },
            note: { in: { type: 'plain_text_input', value: 'as before' } },
            size: { in: { type: 'number_input', value: null } },
            to: { in: { type: 'multi_static_select', selected_options: [option('b')] } },
            how: { in: { type: 'radio_buttons', selected_option: option('x') } },
            ok: { in: { type: 'checkboxes', selected_options: [] } },
            until: { in: { type: 'datepicker', selected_date: null } },
          },
        },
      },
    },
  ]);
  expect(await ann.view()).toBeNull();
});

const wrong: [string, Record<string, Record<string, Record<string, unknown>>>, string][] = [
  ['an unknown block', { how: { in: { value: 'x' } } }, 'no input in in a block how'],
  ['an unknown action', { why: { out: { value: 'x' } } }, 'no input out in a block why'],
  ['another type', { why: { in: { type: 'datepicker', value: 'x' } } }, 'plain_text_input, not a datepicker'],
  ['another field', { why: { in: { selected_date: '2026-01-01' } } }, 'say value'],
  ['a number', { why: { in: { value: 7 } } }, 'takes a string'],
  ['a moment before all', { when: { in: { selected_date_time: -5 } } }, 'seconds since 1970'],
  ['a moment in milliseconds', { when: { in: { selected_date_time: 1_795_734_459_000 } } }, 'of at most 10 digits'],
  ['an option that is not offered', { to: { in: { selected_option: { value: 'z' } } } }, 'it offers: a'],
];

test.each(wrong)('values for %s are refused by the driver', async (_, values, error) => {
  const to = input('to', { type: 'static_select', options: [option('a')] });
  await open(modal('x', [why, to, input('when', { type: 'datetimepicker' })]));
  await expect(ann.submit(values)).rejects.toThrow(error);
  expect(app.received).toEqual([]);
});

test('an external select takes an option given whole that no search of this form has found, as Slack keeps none', async () => {
  await open(modal('x', [input('one', { type: 'external_select' }), input('more', { type: 'multi_external_select' })]));
  const given = (one: object) => ({
    one: { in: { selected_option: one } },
    more: { in: { selected_options: [option('b')] } },
  });
  await expect(ann.submit(given({ value: 'a' }))).rejects.toThrow('it offers: nothing yet');
  await ann.submit(given(option('a')));
  expect(app.received.at(-1)?.payload).toMatchObject({
    view: {
      state: {
        values: {
          one: { in: { type: 'external_select', selected_option: option('a') } },
          more: { in: { type: 'multi_external_select', selected_options: [option('b')] } },
        },
      },
    },
  });
});

const unsent: [string, object, Record<string, unknown>, string][] = [
  ['an empty input', { type: 'plain_text_input' }, { value: ' ' }, 'Please complete this required field.'],
  [
    'too few characters',
    { type: 'plain_text_input', min_length: 3 },
    { value: 'ab' },
    'Please enter at least 3 characters.',
  ],
  [
    'too many',
    { type: 'plain_text_input', max_length: 3 },
    { value: 'abcd' },
    'Please enter no more than 3 characters.',
  ],
  [
    'a word for a number',
    { type: 'number_input', is_decimal_allowed: false },
    { value: 'ten' },
    'Please enter a valid number.',
  ],
  [
    'too small a number',
    { type: 'number_input', is_decimal_allowed: false, min_value: '5' },
    { value: '4' },
    'Please enter a number no less than 5.',
  ],
  [
    'too great a number',
    { type: 'number_input', is_decimal_allowed: true, max_value: '5' },
    { value: '5.1' },
    'Please enter a number no more than 5.',
  ],
  ['no address', { type: 'email_text_input' }, { value: 'ann' }, 'Please enter a valid email address.'],
  ['no link', { type: 'url_text_input' }, { value: 'there' }, 'Please enter a valid URL.'],
];

test.each(unsent)('the client itself stops %s, and the app hears nothing', async (_, element, given, error) => {
  await open(modal('x', [input('field', element)]));
  expect(await ann.submit({ field: { in: given } })).toEqual({ ack_ms: 0, errors: { field: error } });
  expect(app.received).toEqual([]);
  expect(await ann.view()).not.toBeNull();
});

test('a choice that does not dispatch stays in the form; one that does is told with the whole state', async () => {
  const pick = (block_id: string, more: object) =>
    input(block_id, { type: 'static_select', action_id: block_id, options: [option('a'), option('b')] }, more);
  await open(modal('x', [pick('quiet', {}), pick('loud', { dispatch_action: true })]));
  expect(await ann.click({ action_id: 'quiet', value: 'a' })).toEqual({ ack_ms: 0, dispatched: false });
  expect(app.received).toEqual([]);
  await ann.click({ action_id: 'loud', selected_option: option('b') });
  const values = {
    quiet: { quiet: { type: 'static_select', selected_option: option('a') } },
    loud: { loud: { type: 'static_select', selected_option: option('b') } },
  };
  const [{ payload } = { payload: {} }] = app.received;
  expect(payload).toMatchObject({
    type: 'block_actions',
    container: { type: 'view' },
    view: { state: { values } },
    actions: [{ action_id: 'loud', selected_option: option('b') }],
  });
  expect(payload).not.toHaveProperty('response_url');
  expect(payload).not.toHaveProperty('channel');
});

test('an update keeps what was entered where block, action and options stay', async () => {
  const fields = (options: string[], block = 'to') => [
    why,
    input(block, { type: 'static_select', options: options.map(option) }, { optional: true }),
  ];
  await open(modal('x', fields(['a', 'b'])));
  await ann.click({ action_id: 'in', block_id: 'why', value: 'typed' });
  await ann.click({ action_id: 'in', block_id: 'to', value: 'b' });
  const view_id = (await ann.view())?.id;
  const values = async (blocks: object[]) => {
    await call(sandbox, 'views.update', { view_id, view: modal('x', blocks) });
    const state = (await ann.view())?.state.values ?? {};
    return Object.values(state).map((it) => it.in?.selected_option ?? it.in?.value ?? null);
  };
  expect(await values(fields(['b', 'c']))).toEqual(['typed', option('b')]);
  expect(await values(fields(['c']))).toEqual(['typed', null]);
  expect(await values(fields(['b', 'c'], 'other'))).toEqual(['typed', null]);
});

test('a search tells nothing of what was entered in other inputs', async () => {
  const find = input('find', { type: 'external_select', min_query_length: 0 });
  const first = { options: [option('a'), option('b')], initial_option: option('a') };
  await open(modal('x', [input('to', { type: 'static_select', ...first }), find], { private_metadata: 'kept' }));
  app.answer(() => ({ body: { options: [option('db')] } }));
  await ann.options({ action_id: 'in', block_id: 'find', query: '' });
  expect(app.received.at(-1)?.payload).toMatchObject({
    type: 'block_suggestion',
    view: { private_metadata: 'kept', state: { values: {} } },
  });
});
