import type { ActionsBlockElement, ModalView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { NotAllowed } from '../../../src/core/errors.ts';
import type { ActionAnswer, Context, Origin } from '../../../src/slack/answers.ts';
import { type Definition, defineAction, defineCommand } from '../../../src/slack/define.ts';
import { actions, button, message } from '../../../src/slack/kit.ts';
import { loadingView, noticeView } from '../../../src/slack/notice-view.ts';
import { sentence } from '../../../src/slack/sentence.ts';
import { eventually, person, type SlackPerson } from '../../support/slack-person.ts';
import { type BotInSandbox, CHANNEL, startBot } from '../bot-in-sandbox.ts';

type Run = (ctx: Context, value: unknown, origin: Origin) => ActionAnswer | Promise<ActionAnswer>;

function action(run: Run, value: z.ZodType = z.string()) {
  return defineAction({ id: 'share:approve', again: '/vbs requests', value, run });
}

const approve = button({ text: 'Approve', actionId: 'share:approve#R1', value: 'R1' });

/** A private message with these elements, as a list would be. */
async function inMessage(
  definition: Definition,
  elements: ActionsBlockElement[] = [approve],
): Promise<BotInSandbox & { ann: SlackPerson; ts: string }> {
  const said = message('A request', [actions(...elements)]);
  const command = defineCommand({ word: 'list', summary: '', usage: '', examples: [], run: () => ({ say: said }) });
  const bot = await startBot([command, definition]);
  const ann = person(bot.sandbox.url, 'U1');
  await ann.command(CHANNEL, 'list');
  const [shown] = await eventually(() => ann.messages(CHANNEL));
  return { ...bot, ann, ts: shown?.ts ?? '' };
}

async function inView(definition: Definition): Promise<BotInSandbox & { ann: SlackPerson }> {
  const view: ModalView = { ...noticeView(sentence('A request')), callback_id: 'share:details' };
  view.blocks = [...view.blocks, actions(approve)];
  const command = defineCommand({ word: 'open', summary: '', usage: '', examples: [], run: () => ({ open: view }) });
  const bot = await startBot([command, definition]);
  const ann = person(bot.sandbox.url, 'U1');
  await ann.command(CHANNEL, 'open');
  await eventually(() => ann.view());
  return { ...bot, ann };
}

async function shown(ann: SlackPerson): Promise<string> {
  return JSON.stringify((await ann.view())?.blocks ?? null);
}

describe('a click in a message', () => {
  test('comes with its value and where it was made, and its answer is private', async () => {
    const clicks: unknown[] = [];
    const { ann, ts } = await inMessage(
      action((ctx, value, origin) => {
        clicks.push({ user: ctx.user, value, origin });
        return { say: sentence('It is approved.') };
      }),
    );

    await ann.click({ action_id: 'share:approve#R1', channel: CHANNEL, ts });

    const said = await eventually(async () => (await ann.messages(CHANNEL))[1]);
    expect(said).toMatchObject({ text: 'It is approved.', ephemeral: true });
    expect(clicks).toEqual([
      {
        user: 'U1',
        value: 'R1',
        origin: { in: 'message', channel: CHANNEL, ts, ephemeral: true, responseUrl: expect.any(String) },
      },
    ]);
  });

  test('is acknowledged although the handler hangs', async () => {
    const { ann, ts } = await inMessage(action(() => new Promise(() => undefined)));

    const { ack_ms } = await ann.click({ action_id: 'share:approve#R1', channel: CHANNEL, ts });

    expect(ack_ms).toBeLessThan(2_500);
  });

  test('may put its answer in the place of the message', async () => {
    const { ann, ts } = await inMessage(action(() => ({ replace: sentence('11–20 of 1,204') })));

    await ann.click({ action_id: 'share:approve#R1', channel: CHANNEL, ts });

    await eventually(async () => (await ann.messages(CHANNEL)).every(({ text }) => text === '11–20 of 1,204'));
    expect(await ann.messages(CHANNEL)).toHaveLength(1);
  });

  test('reads a value that is JSON', async () => {
    const values: unknown[] = [];
    const shape = z.object({ page: z.number() });
    const next = button({ text: 'Older', actionId: 'share:approve', value: JSON.stringify({ page: 2 }) });
    const { ann, ts } = await inMessage(
      action((_ctx, value) => {
        values.push(value);
        return { nothing: true };
      }, shape),
      [next],
    );

    await ann.click({ action_id: 'share:approve', channel: CHANNEL, ts });

    await eventually(() => values.length > 0);
    expect(values).toEqual([{ page: 2 }]);
  });

  test('with a value that does not parse is out of date, and says what to run', async () => {
    const { ann, ts } = await inMessage(action(() => ({ nothing: true }), z.object({ page: z.number() })));

    await ann.click({ action_id: 'share:approve#R1', channel: CHANNEL, ts });

    const said = await eventually(async () => (await ann.messages(CHANNEL))[1]);
    expect(said.text).toBe('This form is out of date; run `/vbs requests` again.');
  });

  test('on a button that nobody knows any more is answered', async () => {
    const gone = button({ text: 'Old', actionId: 'share:retired', value: 'x' });
    const { ann, ts } = await inMessage(
      action(() => ({ nothing: true })),
      [gone],
    );

    await ann.click({ action_id: 'share:retired', channel: CHANNEL, ts });

    const said = await eventually(async () => (await ann.messages(CHANNEL))[1]);
    expect(said.text).toBe('This form is out of date; run `/vbs` again.');
  });

  test('on a link needs no answer', async () => {
    const link = button({ text: 'Open', actionId: 'link:card', url: 'https://example.com/' });
    const { ann, ts, interactions } = await inMessage(
      action(() => ({ nothing: true })),
      [link],
    );

    await ann.click({ action_id: 'link:card', channel: CHANNEL, ts });

    await eventually(() => interactions.length === 2);
    expect(interactions[1]).toMatchObject({ kind: 'action', id: 'link:card', outcome: 'answered' });
    expect(await ann.messages(CHANNEL)).toHaveLength(1);
  });

  test('by somebody who may not is refused with who may', async () => {
    const allowed = { users: ['U2', 'U3'], groups: ['S1'] };
    const { ann, ts } = await inMessage(
      action(() => {
        throw new NotAllowed({ action: 'approve', project: 'payments', allowed, own: true });
      }),
    );

    await ann.click({ action_id: 'share:approve#R1', channel: CHANNEL, ts });

    const said = await eventually(async () => (await ann.messages(CHANNEL))[1]);
    expect(said.text).toBe(
      '⛔ Only the owners of payments decide on this request: <@U2>, <@U3> and <!subteam^S1>. You asked for it, so your own vote would not count anyway.',
    );
  });

  test('opens a modal', async () => {
    const { ann, ts } = await inMessage(
      action(() => ({
        open: loadingView('Reading…'),
        after: async (view) => view.update(noticeView(sentence('Read.'))),
      })),
    );

    await ann.click({ action_id: 'share:approve#R1', channel: CHANNEL, ts });

    await eventually(async () => (await shown(ann)).includes('Read.'));
  });
});

describe('a click in a modal', () => {
  test('says its answer over the modal', async () => {
    const { ann } = await inView(action(() => ({ say: sentence('It is approved.') })));

    await ann.click({ action_id: 'share:approve#R1' });

    await eventually(async () => (await shown(ann)).includes('It is approved.'));
    await ann.close();
    expect(await ann.view()).toMatchObject({ callback_id: 'share:details' });
  });

  test('draws the modal anew, and again when the second step is done', async () => {
    const { ann } = await inView(
      action(() => ({
        updateView: loadingView('Reading…'),
        after: async (view) => view.update(noticeView(sentence('Read.'))),
      })),
    );

    await ann.click({ action_id: 'share:approve#R1' });

    await eventually(async () => (await shown(ann)).includes('Read.'));
  });

  test('loses against a newer drawing without a word', async () => {
    let finish: () => void = () => undefined;
    const first = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let clicks = 0;
    const { ann, app } = await inView(
      action(async () => {
        clicks += 1;
        if (clicks > 1) return { updateView: noticeView(sentence('newer')) };
        await first;
        return { updateView: noticeView(sentence('older')) };
      }),
    );

    const slow = ann.click({ action_id: 'share:approve#R1' });
    await eventually(() => clicks === 1);
    await ann.click({ action_id: 'share:approve#R1' });
    await eventually(async () => (await shown(ann)).includes('newer'));
    finish();
    await slow;

    await app.stop();
    expect(await shown(ann)).toContain('newer');
  });

  test('is drawn over by the next one, though that was made before this was to be seen', async () => {
    let clicks = 0;
    const { ann, app, sandbox } = await inView(
      action(() => {
        clicks += 1;
        const view = noticeView(sentence(`drawn for click ${clicks}`));
        return { updateView: { ...view, blocks: [...view.blocks, actions(approve)] } };
      }),
    );
    await sandbox.setFaults({ slack: { 'views.update': { kind: 'latency', ms: 200, times: 'until_cleared' } } });

    for (let click = 0; click < 4; click += 1) await ann.click({ action_id: 'share:approve#R1' });

    await app.stop();
    expect(await shown(ann)).toContain('drawn for click 4');
    const draws = sandbox.log().filter(({ method }) => method === 'views.update');
    expect(draws.map(({ response }) => response)).toEqual(draws.map(() => expect.objectContaining({ ok: true })));
    expect(draws.length).toBeLessThan(4);
  });
});
