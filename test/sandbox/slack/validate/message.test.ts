import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../../../src/sandbox/slack/validate/message.ts';

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] };

describe('a message', () => {
  it.each([
    ['text', { text: 'Hello' }],
    ['blocks', { blocks: [section('Hello')] }],
    ['both', { channel: 'C1', text: 'Hello', blocks: [section('Hello')], unfurl_links: false }],
    ['markdown', { markdown_text: '**Hello**' }],
    ['attachments', { attachments: [{ text: 'Hello', color: '#ff0000' }] }],
    ['text and no blocks any more', { ts: '1.2', text: 'Hello', blocks: [] }],
  ])('may be sent with %s', (_, args) => {
    expect(validateMessage(args)).toBeUndefined();
  });

  it.each([{}, { text: '' }, { text: '', blocks: [] }, { blocks: [], attachments: [] }])(
    'says something: %j has no text',
    (args) => {
      expect(validateMessage(args)).toEqual({ error: 'no_text' });
    },
  );

  it.each([
    ['posted', { text: 'x'.repeat(40_000) }, undefined],
    ['posted', { text: 'x'.repeat(40_001) }, { error: 'msg_too_long' }],
    ['updated', { ts: '1.2', text: 'x'.repeat(4_000) }, undefined],
    ['updated', { ts: '1.2', text: 'x'.repeat(4_001) }, { error: 'msg_too_long' }],
    ['of markdown', { markdown_text: 'x'.repeat(12_001) }, { error: 'msg_too_long' }],
  ])('that is %s has a bounded text', (_, args, fault) => {
    expect(validateMessage(args)).toEqual(fault);
  });

  it('has text or markdown, and text that is a string', () => {
    expect(validateMessage({ text: 'a', markdown_text: 'b' })).toEqual({ error: 'markdown_text_conflict' });
    expect(validateMessage({ text: 3 })).toEqual({
      error: 'invalid_arguments',
      messages: ['[ERROR] must provide a string [json-pointer:/text]'],
    });
  });

  it('has at most 50 blocks', () => {
    expect(validateMessage({ text: 'a', blocks: Array(51).fill({ type: 'divider' }) })).toEqual({
      error: 'msg_blocks_too_long',
      messages: ['[ERROR] no more than 50 items allowed [json-pointer:/blocks]'],
    });
  });

  it('tells what is wrong with its blocks', () => {
    expect(validateMessage({ text: 'a', blocks: '[]' })).toEqual({ error: 'invalid_blocks_format' });
    expect(validateMessage({ text: 'a', blocks: [section('x'.repeat(3001))] })).toEqual({
      error: 'invalid_blocks',
      messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    });
  });

  it('has 12,000 characters of markdown blocks in total', () => {
    const half = { type: 'markdown', text: 'x'.repeat(6_000) };
    expect(validateMessage({ blocks: [half, half] })).toBeUndefined();
    expect(validateMessage({ blocks: [half, half, { type: 'markdown', text: 'x' }] })).toEqual({
      error: 'invalid_blocks',
      messages: [
        '[ERROR] must be less than 12001 characters in total over all markdown blocks [json-pointer:/blocks/2]',
      ],
    });
  });

  it('has one table, wherever it stands', () => {
    const title = { type: 'plain_text', text: 't' };
    const fault = { error: 'invalid_attachments', messages: ['only_one_table_allowed'] };
    expect(validateMessage({ blocks: [table] })).toBeUndefined();
    expect(validateMessage({ blocks: [table, { type: 'container', title, child_blocks: [table] }] })).toEqual(fault);
    expect(validateMessage({ blocks: [table], attachments: [{ blocks: [table] }] })).toEqual(fault);
  });

  it('has at most 100 attachments, with valid blocks', () => {
    expect(validateMessage({ attachments: Array(101).fill({ text: 'a' }) })).toEqual({ error: 'too_many_attachments' });
    expect(validateMessage({ text: 'a', attachments: {} })).toEqual({ error: 'invalid_attachments' });
    expect(validateMessage({ attachments: ['a', { blocks: [{ type: 'alert' }] }] })).toEqual({
      error: 'invalid_attachments',
      messages: [
        '[ERROR] must provide an object [json-pointer:/attachments/0]',
        '[ERROR] unsupported type: alert [json-pointer:/attachments/1/blocks/0/type]',
      ],
    });
  });

  it('carries metadata one level deep', () => {
    const metadata = (event_payload: object) => ({ text: 'a', metadata: { event_type: 'share', event_payload } });
    expect(
      validateMessage(metadata({ id: 'a', count: 1, on: true, flat: { a: 1 }, list: [{ a: 1 }] })),
    ).toBeUndefined();
    expect(validateMessage(metadata({ deep: { a: { b: 1 } } }))).toMatchObject({ error: 'invalid_metadata_schema' });
    expect(validateMessage({ text: 'a', metadata: { event_type: '' } })).toMatchObject({
      error: 'invalid_metadata_schema',
    });
    expect(validateMessage({ text: 'a', metadata: 'x' })).toEqual({ error: 'invalid_metadata_format' });
  });
});
