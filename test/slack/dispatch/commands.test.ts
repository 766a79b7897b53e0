import type { ModalView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import { CloudError } from '../../../src/core/failure.ts';
import { defineCommand } from '../../../src/slack/define.ts';
import { loadingView, noticeView } from '../../../src/slack/notice-view.ts';
import { sentence } from '../../../src/slack/sentence.ts';
import { eventually, person } from '../../support/slack-person.ts';
import { CHANNEL, startBot } from '../bot-in-sandbox.ts';

const never = new Promise<never>(() => undefined);

function command(word: string, run: Parameters<typeof defineCommand>[0]['run']) {
  return defineCommand({ word, summary: `does ${word}`, usage: '[project]', examples: [`/vbs ${word} payments`], run });
}

function textsOf(view: { blocks: readonly object[] } | null): string {
  return JSON.stringify(view?.blocks ?? []);
}

describe.each(['socket', 'http'] as const)('commands over %s', (mode) => {
  test('what a command says is in the acknowledgement, for the one who asked alone', async () => {
    const { sandbox } = await startBot([command('backups', (_ctx, args) => ({ say: sentence(args.join('|')) }))], {
      mode,
    });

    const { response } = await person(sandbox.url, 'U1').command(CHANNEL, 'backups "two words" third');

    expect(response).toMatchObject({ response_type: 'ephemeral', text: 'two words|third' });
  });

  test('a modal opens at once, and is drawn anew when the slow work is done', async () => {
    let finish: () => void = () => undefined;
    const work = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { sandbox } = await startBot(
      [
        command('backups', () => ({
          open: loadingView('Reading the backups of payments…'),
          after: async (view) => {
            await work;
            await view.update(noticeView(sentence('There are 12 backups.')));
          },
        })),
      ],
      { mode },
    );
    const ann = person(sandbox.url, 'U1');

    const { response } = await ann.command(CHANNEL, 'backups');

    expect(response).toBeUndefined();
    expect(textsOf(await eventually(() => ann.view()))).toContain('Reading the backups of payments…');
    finish();
    await eventually(async () => textsOf(await ann.view()).includes('There are 12 backups.'));
  });

  test('the acknowledgement waits for no second step, and a slow one says what it waits for', async () => {
    const { sandbox, interactions } = await startBot(
      [command('backups', () => ({ later: () => never, waiting: 'Reading the backups of payments…' }))],
      { mode },
    );
    const ann = person(sandbox.url, 'U1');

    const { ack_ms } = await ann.command(CHANNEL, 'backups');

    expect(ack_ms).toBeLessThan(1_000);
    expect(interactions).toEqual([{ kind: 'command', id: 'backups', ackMs: expect.any(Number), outcome: 'answered' }]);
    const said = await eventually(async () => (await ann.messages(CHANNEL)).at(-1));
    expect(said).toMatchObject({ ephemeral: true, text: 'Reading the backups of payments…' });
  });

  test('a handler that hangs is acknowledged all the same, and its answer comes later', async () => {
    let answer: (text: string) => void = () => undefined;
    const slow = new Promise<string>((resolve) => {
      answer = resolve;
    });
    const { sandbox, interactions } = await startBot(
      [command('backups', async () => ({ say: sentence(await slow) }))],
      {
        mode,
      },
    );
    const ann = person(sandbox.url, 'U1');

    const { ack_ms } = await ann.command(CHANNEL, 'backups');

    expect(ack_ms).toBeLessThan(3_000);
    expect(interactions).toMatchObject([{ outcome: 'late' }]);
    answer('There are 12 backups.');
    const said = await eventually(async () => (await ann.messages(CHANNEL)).at(-1));
    expect(said).toMatchObject({ ephemeral: true, text: 'There are 12 backups.' });
  });
});

test('a cloud that is down is a sentence with what to do, and its request id in small type', async () => {
  const failure = { kind: 'unavailable', requestId: 'req-1' } as const;
  const { sandbox, log } = await startBot([
    command('backups', () => ({
      later: async () => {
        throw new CloudError('list backups', { failure, effect: 'none' });
      },
    })),
  ]);
  const ann = person(sandbox.url, 'U1');

  await ann.command(CHANNEL, 'backups');

  const said = await eventually(async () => (await ann.messages(CHANNEL)).at(-1));
  expect(said.text).toContain('The cloud does not answer now. Try again in a few minutes.');
  expect(said.text).toContain('request id req-1');
  expect(log.lines.filter((line) => line.level === 'error')).toEqual([]);
});

test('an error of ours is a sentence with a reference, which the log carries too', async () => {
  const { sandbox, log } = await startBot([
    command('backups', () => {
      throw new TypeError('x is not a function');
    }),
  ]);

  const { response } = await person(sandbox.url, 'U1').command(CHANNEL, 'backups');

  const text = String(response?.['text']);
  expect(text).toContain('Something went wrong on our side.');
  expect(text).not.toContain('x is not a function');
  const reference = /reference (\w{6})/.exec(text)?.[1];
  expect(log.lines.at(-1)).toMatchObject({
    level: 'error',
    about: { reference, user: 'U1', err: expect.any(TypeError) },
  });
});

test('what goes wrong behind a loading modal takes its place', async () => {
  const { sandbox } = await startBot([
    command('backups', () => ({
      open: loadingView('Reading the backups…'),
      after: async () => {
        throw new CloudError('list backups', { failure: { kind: 'credentials' }, effect: 'none' });
      },
    })),
  ]);
  const ann = person(sandbox.url, 'U1');

  await ann.command(CHANNEL, 'backups');

  await eventually(async () => textsOf(await ann.view()).includes('does not accept the credentials'));
});

test('a modal that Slack refuses ends in a sentence', async () => {
  const broken: ModalView = {
    ...loadingView('x'),
    title: { type: 'plain_text', text: 'longer than Slack allows here' },
  };
  const { sandbox, log } = await startBot([command('backups', () => ({ open: broken }))]);
  const ann = person(sandbox.url, 'U1');

  await ann.command(CHANNEL, 'backups');

  const said = await eventually(async () => (await ann.messages(CHANNEL)).at(-1));
  expect(said.text).toContain('Something went wrong on our side.');
  expect(log.lines.at(-1)).toMatchObject({ level: 'error', about: { what: 'command backups' } });
});

test('an answer whose response_url fails comes in another way', async () => {
  const { sandbox } = await startBot([
    command('backups', () => ({
      later: async (reply) => {
        for (let count = 1; count <= 6; count += 1) await reply.say(sentence(`answer ${count}`));
      },
    })),
  ]);
  const ann = person(sandbox.url, 'U1');

  await ann.command(CHANNEL, 'backups');

  const texts = await eventually(async () => {
    const seen = (await ann.messages(CHANNEL)).map((message) => message.text);
    return seen.length === 6 && seen;
  });
  expect(texts).toEqual([1, 2, 3, 4, 5, 6].map((count) => `answer ${count}`));
});

test('a wrong word suggests the nearest, an open quote is explained', async () => {
  const { sandbox } = await startBot([command('share', () => ({ say: sentence('shared') }))]);
  const ann = person(sandbox.url, 'U1');

  const wrong = await ann.command(CHANNEL, 'shrae payments');
  const open = await ann.command(CHANNEL, 'share "pay');

  expect(wrong.response?.['text']).toBe(
    'There is no `/vbs shrae`. Did you mean `/vbs share [project]`? For instance: `/vbs share payments`. `/vbs help` shows what there is.',
  );
  expect(open.response?.['text']).toBe(
    'A quote (") is opened and not closed, so it is not clear where the words end. Close it, or leave it out.',
  );
});

test('words that a command has no use for are named, and nothing is done', async () => {
  const asked: (readonly string[])[] = [];
  const { sandbox } = await startBot([
    defineCommand({
      ...command('jobs', (_ctx, args) => {
        asked.push(args);
        return { say: sentence('the jobs') };
      }),
      surplus: (args) => args.slice(1),
    }),
  ]);
  const ann = person(sandbox.url, 'U1');

  const extra = await ann.command(CHANNEL, 'jobs payments  <!channel> *now*');
  const enough = await ann.command(CHANNEL, 'jobs payments');
  const help = await ann.command(CHANNEL, 'help jobs now');

  expect(extra.response?.['text']).toBe(
    '“&lt;!channel&gt; ∗now∗” is not understood after `/vbs jobs [project]`. Leave it out, as in `/vbs jobs payments`.',
  );
  expect(enough.response?.['text']).toBe('the jobs');
  expect(help.response?.['text']).toBe(
    '“now” is not understood after `/vbs help [command]`. Leave it out, as in `/vbs help share`.',
  );
  expect(asked).toEqual([['payments']]);
});

test('quotes with nothing in them are as good as nothing', async () => {
  const { sandbox } = await startBot([
    command('jobs', (_ctx, args) => ({ say: sentence(`asked: ${args.join('|')}`) })),
  ]);
  const ann = person(sandbox.url, 'U1');

  const alone = await ann.command(CHANNEL, '“”');
  const jobs = await ann.command(CHANNEL, 'jobs "" \' \' payments');

  expect(alone.response?.['text']).toContain('What `/vbs` does');
  expect(jobs.response?.['text']).toBe('asked: payments');
});

test('both deliveries of one command carry the same key', async () => {
  const keys: string[] = [];
  const { sandbox } = await startBot([
    command('share', (ctx) => {
      keys.push(ctx.dedupeKey);
      return { say: sentence('asked') };
    }),
  ]);
  await sandbox.setFaults({ redeliver: 1 });

  await person(sandbox.url, 'U1').command(CHANNEL, 'share');

  await eventually(() => keys.length === 2);
  expect(new Set(keys).size).toBe(1);
});

test('the acknowledgement does not wait for Slack to open the modal', async () => {
  const { sandbox } = await startBot([command('backups', () => ({ open: loadingView('Reading…') }))]);
  await sandbox.setFaults({ slack: { 'views.open': { kind: 'latency', ms: 1_500, times: 1 } } });

  const { ack_ms } = await person(sandbox.url, 'U1').command(CHANNEL, 'backups');

  expect(ack_ms).toBeLessThan(1_000);
});

test('a drawing that Slack limits comes after the pause', async () => {
  const { sandbox } = await startBot([
    command('backups', () => ({
      open: loadingView('Reading…'),
      after: async (view) => view.update(noticeView(sentence('There are 12 backups.'))),
    })),
  ]);
  await sandbox.setFaults({ slack: { 'views.update': { kind: 'rate_limit', retry_after: 1, times: 1 } } });
  const ann = person(sandbox.url, 'U1');

  await ann.command(CHANNEL, 'backups');

  await eventually(async () => textsOf(await ann.view()).includes('There are 12 backups.'));
});
