import type { ModalView } from '@slack/types';
import { expect, test } from 'vitest';
import type { Choice } from '../../../src/slack/answers.ts';
import { defineCommand, defineOptions } from '../../../src/slack/define.ts';
import { eventually, person } from '../../support/slack-person.ts';
import { CHANNEL, startBot } from '../bot-in-sandbox.ts';

const view: ModalView = {
  type: 'modal',
  title: { type: 'plain_text', text: 'Share' },
  submit: { type: 'plain_text', text: 'Ask' },
  blocks: [
    {
      type: 'input',
      block_id: 'backup',
      label: { type: 'plain_text', text: 'Backup' },
      element: { type: 'external_select', action_id: 'share:backup', min_query_length: 0 },
    },
  ],
};

async function searching(find: (query: string) => readonly Choice[] | Promise<readonly Choice[]>) {
  const command = defineCommand({ word: 'share', summary: '', usage: '', examples: [], run: () => ({ open: view }) });
  const options = defineOptions({ id: 'share:backup', find: (_ctx, query) => find(query) });
  const bot = await startBot([command, options]);
  const ann = person(bot.sandbox.url, 'U1');
  await ann.command(CHANNEL, 'share');
  await eventually(() => ann.view());
  const answer = await ann.options({ action_id: 'share:backup', block_id: 'backup', query: 'nightly' });
  return { ...bot, answer };
}

test('a search answers what was found, as much of it as Slack takes', async () => {
  const { answer } = await searching((query) => [
    { text: `${query} ${'x'.repeat(100)}`, value: 'id-0', description: '6 h ago' },
    { text: 'too long an id', value: 'x'.repeat(151) },
    ...Array.from({ length: 150 }, (_, index) => ({ text: `backup ${index + 1}`, value: `id-${index + 1}` })),
  ]);

  expect(answer.options).toHaveLength(100);
  expect(answer.options?.[0]).toMatchObject({ value: 'id-0' });
  expect(answer.options?.[0]?.text.text).toHaveLength(75);
  expect(answer.options?.[1]?.value).toBe('id-1');
});

test('a search that hangs answers nothing in time, and is logged', async () => {
  const { answer, log } = await searching(() => new Promise(() => undefined));

  expect(answer.ack_ms).toBeLessThan(3_000);
  expect(answer.options).toEqual([]);
  expect(log.lines.at(-1)).toMatchObject({ level: 'warn', about: { id: 'share:backup' } });
});

test('a search that fails answers nothing, and is logged', async () => {
  const { answer, log } = await searching(() => Promise.reject(new Error('down')));

  expect(answer.options).toEqual([]);
  expect(log.lines.at(-1)).toMatchObject({ level: 'warn', about: { id: 'share:backup', err: new Error('down') } });
});
