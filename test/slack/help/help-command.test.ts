import { expect, test } from 'vitest';
import { validateMessage } from '../../../src/sandbox/slack/validate/message.ts';
import { type Command, defineCommand } from '../../../src/slack/define.ts';
import { helpOn, helpOverview } from '../../../src/slack/help/help-view.ts';
import { sentence } from '../../../src/slack/sentence.ts';
import { person } from '../../support/slack-person.ts';
import { CHANNEL, startBot } from '../bot-in-sandbox.ts';

function command(word: string, summary: string, usage: string): Command {
  const examples = [`/vbs ${word} payments`, `/vbs ${word} payments "db nightly"`];
  return defineCommand({ word, summary, usage, examples, run: () => ({ say: sentence('x') }) });
}

const commands = [
  command('backups', 'shows the backups of a project', '[project]'),
  command('share', 'asks to share a backup', '[project] [backup]'),
];

test('/vbs alone and /vbs help show every command with an example', async () => {
  const { sandbox } = await startBot(commands);
  const ann = person(sandbox.url, 'U1');

  const alone = await ann.command(CHANNEL, '');
  const help = await ann.command(CHANNEL, 'help');

  expect(alone.response).toEqual(help.response);
  for (const part of ['`/vbs backups [project]`', '`/vbs share payments`', '`/vbs help [command]`']) {
    expect(help.response?.['text']).toContain(part);
  }
});

test('/vbs help with a word shows that command, or the nearest', async () => {
  const { sandbox } = await startBot(commands);
  const ann = person(sandbox.url, 'U1');

  const share = await ann.command(CHANNEL, 'help Share');
  const slip = await ann.command(CHANNEL, 'help shar');

  expect(share.response?.['text']).toBe(
    '`/vbs share [project] [backup]`\nasks to share a backup\n`/vbs share payments`\n`/vbs share payments "db nightly"`',
  );
  expect(slip.response?.['text']).toBe('There is no `/vbs shar`. Did you mean `/vbs help share`?');
});

test('help keeps within what Slack takes, however many commands there are', () => {
  const many = Array.from({ length: 60 }, (_, index) =>
    command(`word-${index}`, 'does something '.repeat(10), '[a] [b]'),
  );

  expect(validateMessage({ ts: '1.2', ...helpOverview(many) })).toBeUndefined();
  expect(validateMessage({ ts: '1.2', ...helpOn(many[0] ?? command('x', '', '')) })).toBeUndefined();
});
