import { describe, expect, it } from 'vitest';
import { validateView } from '../../../../src/sandbox/slack/validate/view.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const input = { type: 'input', label: plain('Why'), element: { type: 'plain_text_input', action_id: 'why' } };
const modal = (more: object = {}) => ({ type: 'modal', title: plain('Share a backup'), blocks: [], ...more });
const home = (more: object = {}) => ({ type: 'home', blocks: [section('Hello')], ...more });

describe('a modal', () => {
  it('may carry all that Slack knows', () => {
    const full = modal({
      blocks: [input],
      submit: plain('Ask'),
      close: plain('Cancel'),
      private_metadata: 'x'.repeat(3000),
      callback_id: 'share:request',
      external_id: 'share-1',
      clear_on_close: true,
      notify_on_close: false,
    });
    expect(validateView(full, 'modal')).toEqual([]);
  });

  it('needs a title, plain and short like its buttons', () => {
    expect(validateView({ type: 'modal', blocks: [] }, 'modal')).toEqual([
      '[ERROR] missing required field: title [json-pointer:/view]',
    ]);
    const long = plain('x'.repeat(25));
    expect(validateView(modal({ title: { type: 'mrkdwn', text: 'x' }, submit: long, close: long }), 'modal')).toEqual([
      '[ERROR] unsupported type: mrkdwn [json-pointer:/view/title/type]',
      '[ERROR] must be less than 25 characters [json-pointer:/view/submit/text]',
      '[ERROR] must be less than 25 characters [json-pointer:/view/close/text]',
    ]);
  });

  it('needs a submit button as soon as it asks for something', () => {
    expect(validateView(modal({ blocks: [input] }), 'modal')).toEqual([
      '[ERROR] missing required field: submit [json-pointer:/view]',
    ]);
  });

  it('keeps its data within bounds', () => {
    const data = { private_metadata: 'x'.repeat(3001), callback_id: 'x'.repeat(256), external_id: 'x'.repeat(256) };
    expect(validateView(modal(data), 'modal')).toEqual([
      '[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]',
      '[ERROR] must be less than 256 characters [json-pointer:/view/callback_id]',
      '[ERROR] must be less than 256 characters [json-pointer:/view/external_id]',
    ]);
  });

  it('knows no keys of the view that Slack sends back', () => {
    expect(validateView(modal({ id: 'V1', hash: 'h', state: {} }), 'modal')).toEqual([
      '[ERROR] invalid additional property: id [json-pointer:/view]',
      '[ERROR] invalid additional property: hash [json-pointer:/view]',
      '[ERROR] invalid additional property: state [json-pointer:/view]',
    ]);
  });

  it('has its blocks checked where they are', () => {
    expect(validateView(modal({ blocks: [section(''), { type: 'markdown', text: 'x' }] }), 'modal')).toEqual([
      '[ERROR] must be more than 0 characters [json-pointer:/view/blocks/0/text/text]',
      '[ERROR] unsupported type: markdown [json-pointer:/view/blocks/1/type]',
    ]);
    expect(validateView(modal({ blocks: undefined }), 'modal')).toEqual([
      '[ERROR] missing required field: blocks [json-pointer:/view]',
    ]);
    expect(validateView(modal({ blocks: Array(101).fill({ type: 'divider' }) }), 'modal')).toEqual([
      '[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]',
    ]);
  });

  it('is not opened as a home tab, nor the other way round', () => {
    expect(validateView(home(), 'modal')).toEqual([
      '[ERROR] unsupported type: home [json-pointer:/view/type]',
      '[ERROR] missing required field: title [json-pointer:/view]',
    ]);
    expect(validateView(undefined, 'modal')).toEqual(['[ERROR] missing required field: view [json-pointer:]']);
    expect(validateView('modal', 'modal')).toEqual(['[ERROR] must provide an object [json-pointer:/view]']);
  });
});

describe('a home tab', () => {
  it('has blocks, and inputs without a submit button', () => {
    expect(validateView(home({ callback_id: 'home', private_metadata: '' }), 'home')).toEqual([]);
    expect(validateView(home({ blocks: [input] }), 'home')).toEqual([]);
  });

  it('has no title and no buttons of its own', () => {
    expect(validateView(home({ title: plain('t'), submit: plain('s'), close: plain('c') }), 'home')).toEqual([
      '[ERROR] invalid additional property: title [json-pointer:/view]',
      '[ERROR] invalid additional property: submit [json-pointer:/view]',
      '[ERROR] invalid additional property: close [json-pointer:/view]',
    ]);
  });
});

describe('the size of a view', () => {
  it('is 250 KB at most, whatever else is wrong', () => {
    const blocks = Array.from({ length: 84 }, () => section('x'.repeat(3000)));
    expect(validateView(home({ blocks: blocks.slice(0, 80) }), 'home')).toEqual([]);
    expect(validateView(home({ blocks, title: 1 }), 'home')).toEqual([
      expect.stringMatching(/^view_too_large: the view has \d+ bytes of at most 250000$/),
    ]);
  });
});
