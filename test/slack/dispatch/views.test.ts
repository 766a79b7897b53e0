import type { InputBlock, ModalView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AlreadyDecided, InvalidInput } from '../../../src/core/errors.ts';
import { CloudError } from '../../../src/core/failure.ts';
import type { Context, ModalAnswer, Reply } from '../../../src/slack/answers.ts';
import { type Command, defineCommand, defineModal, type Form } from '../../../src/slack/define.ts';
import { metadataText } from '../../../src/slack/metadata.ts';
import { loadingView, noticeView } from '../../../src/slack/notice-view.ts';
import { sentence } from '../../../src/slack/sentence.ts';
import { eventually, person, type SlackPerson } from '../../support/slack-person.ts';
import { CHANNEL, startBot } from '../bot-in-sandbox.ts';

const metadata = z.object({ requestId: z.string() });
const values = z.object({ reason: z.string(), ends: z.string().nullable() });
type RejectForm = Form<z.output<typeof metadata>, z.output<typeof values>>;

function input(id: string, element: InputBlock['element'], optional = false): InputBlock {
  return { type: 'input', block_id: id, label: { type: 'plain_text', text: id }, element, optional };
}

function rejectView(privateMetadata = metadataText(metadata, { requestId: 'R1' })): ModalView {
  return {
    type: 'modal',
    callback_id: 'share:reject',
    private_metadata: privateMetadata,
    title: { type: 'plain_text', text: 'Reject' },
    submit: { type: 'plain_text', text: 'Reject' },
    blocks: [
      input('reason#2', { type: 'plain_text_input', action_id: 'text' }),
      input('ends', { type: 'datepicker', action_id: 'date' }, true),
    ],
  };
}

function opening(view: ModalView): Command {
  return defineCommand({ word: 'reject', summary: 'rejects', usage: '', examples: [], run: () => ({ open: view }) });
}

/** Opens the form and sends it with a reason. */
async function submitting(
  submit: (ctx: Context, form: RejectForm) => ModalAnswer | Promise<ModalAnswer>,
  view = rejectView(),
) {
  const modal = defineModal({ id: 'share:reject', again: '/vbs requests', metadata, values, submit });
  const bot = await startBot([opening(view), modal]);
  const ann = person(bot.sandbox.url, 'U1');
  await openForm(ann);
  const answer = await ann.submit({ [view.blocks[0]?.block_id ?? '']: { text: { value: 'not needed' } } });
  return { ...bot, ann, answer };
}

async function openForm(ann: SlackPerson): Promise<void> {
  await ann.command(CHANNEL, 'reject');
  await eventually(() => ann.view());
}

async function shown(ann: SlackPerson): Promise<string> {
  return JSON.stringify((await ann.view())?.blocks ?? null);
}

describe('a form that is submitted', () => {
  test('comes to the handler parsed, and closes', async () => {
    const forms: unknown[] = [];
    const { ann, answer } = await submitting((ctx, form) => {
      forms.push({ user: ctx.user, metadata: form.metadata, values: form.values });
      return { close: true };
    });

    expect(answer).toEqual({ ack_ms: expect.any(Number) });
    expect(await ann.view()).toBeNull();
    expect(forms).toEqual([
      { user: 'U1', metadata: { requestId: 'R1' }, values: { reason: 'not needed', ends: null } },
    ]);
  });

  test('closes at once while its second step hangs', async () => {
    const { answer, ann } = await submitting(() => ({ close: true, after: () => new Promise(() => undefined) }));

    expect(answer.ack_ms).toBeLessThan(1_000);
    expect(await ann.view()).toBeNull();
  });

  test('tells the person directly what went wrong after it closed', async () => {
    const { ann } = await submitting(() => ({
      close: true,
      after: async () => {
        throw new CloudError('share', { failure: { kind: 'unavailable' }, effect: 'none' });
      },
    }));

    const said = await eventually(async () => (await ann.directMessages()).at(-1));
    expect(said.text).toContain('The cloud does not answer now.');
  });

  test('shows the faults of input at their fields, whatever suffix their block ids have', async () => {
    const { answer } = await submitting(() => {
      throw new InvalidInput([
        { field: 'reason', rule: 'too_long', about: '500' },
        { field: 'ends', rule: 'in_the_past' },
        { field: 'nowhere', rule: 'required' },
      ]);
    });

    expect(answer).toMatchObject({
      response_action: 'errors',
      errors: {
        'reason#2': 'This is too long: at most 500 characters. This is needed.',
        ends: 'This time has passed; choose a later one.',
      },
    });
  });

  test('is drawn anew at once and again when the second step is done', async () => {
    const { ann, answer } = await submitting(() => ({
      update: loadingView('Rejecting…'),
      after: async (view) => view.update(noticeView(sentence('It is rejected.'))),
    }));

    expect(answer.response_action).toBe('update');
    await eventually(async () => (await shown(ann)).includes('It is rejected.'));
  });

  test('pushes a view that is drawn anew when the second step is done', async () => {
    const { ann } = await submitting(() => ({
      push: loadingView('Counting…'),
      after: async (view) => view.update(noticeView(sentence('There are 3.'))),
    }));

    await eventually(async () => (await shown(ann)).includes('There are 3.'));
    await ann.close();
    expect(await ann.view()).toMatchObject({ callback_id: 'share:reject' });
  });

  test('gives way to the sentence when somebody else was first', async () => {
    const { ann } = await submitting((ctx) => {
      throw new AlreadyDecided({ state: 'approved', by: 'U2', at: ctx.now });
    });

    expect(await shown(ann)).toContain(
      'This request was approved already by <@U2>, just now; the bot is carrying it out.',
    );
  });

  test('stays under the sentence when trying again makes sense', async () => {
    const { ann } = await submitting(() => {
      throw new CloudError('share', { failure: { kind: 'rate_limited' }, effect: 'none' });
    });

    expect(await shown(ann)).toContain('The cloud takes no more calls for now.');
    await ann.close();
    expect(await ann.view()).toMatchObject({ callback_id: 'share:reject' });
  });

  test('is acknowledged in time when its handler hangs, and shows the answer once it comes', async () => {
    let finish: (answer: ModalAnswer) => void = () => undefined;
    const slow = new Promise<ModalAnswer>((resolve) => {
      finish = resolve;
    });
    const { ann, answer } = await submitting(() => slow);

    expect(answer.response_action).toBe('update');
    expect(await shown(ann)).toContain('Working on it…');
    finish({ close: true });
    await eventually(async () => (await shown(ann)).includes('Done. This can be closed.'));
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'R1'],
    ['another shape', '{"id":7}'],
  ])('is out of date when its metadata is %s', async (_, privateMetadata) => {
    const { ann } = await submitting(() => ({ close: true }), rejectView(privateMetadata));

    expect(await shown(ann)).toContain('This form is out of date; run `/vbs requests` again.');
  });

  test('is out of date when its values are not those asked for', async () => {
    const view = rejectView();
    const other = input('why', { type: 'plain_text_input', action_id: 'text' });
    const { ann } = await submitting(() => ({ close: true }), { ...view, blocks: [other] });

    expect(await shown(ann)).toContain('This form is out of date; run `/vbs requests` again.');
  });
});

test('a form that nobody knows any more is out of date', async () => {
  const { sandbox } = await startBot([opening(rejectView())]);
  const ann = person(sandbox.url, 'U1');
  await openForm(ann);

  await ann.submit({ 'reason#2': { text: { value: 'x' } } });

  expect(await shown(ann)).toContain('This form is out of date; run `/vbs` again.');
});

test.each(['close', 'clear'] as const)(
  'two deliveries of a form that asks to %s carry the same key, and what follows is said once',
  async (way) => {
    const delivered: string[] = [];
    const modal = defineModal({
      id: 'share:reject',
      again: '/vbs requests',
      metadata,
      values,
      submit: (ctx) => {
        delivered.push(ctx.dedupeKey);
        const after = (reply: Reply) => reply.say(sentence(ctx.dedupeKey));
        return way === 'close' ? { close: true, after } : { clear: true, after };
      },
    });
    const { sandbox } = await startBot([opening(rejectView()), modal]);
    const ann = person(sandbox.url, 'U1');
    await openForm(ann);
    await sandbox.setFaults({ redeliver: 1 });

    await ann.submit({ 'reason#2': { text: { value: 'x' } } });
    await eventually(() => delivered.length === 2);
    expect(new Set(delivered).size).toBe(1);
    await openForm(ann);
    await ann.submit({ 'reason#2': { text: { value: 'x' } } });
    const heard = async () => (await ann.directMessages()).map(({ text }) => text);
    await eventually(async () => (await heard()).length >= 2);

    expect(await heard()).toEqual([...new Set(delivered)]);
  },
);

test('a form that is closed is heard of where its view asks for it', async () => {
  const closed: unknown[] = [];
  const modal = defineModal({
    id: 'share:reject',
    again: '/vbs requests',
    metadata,
    values,
    submit: () => ({ close: true }),
    closed: async (_ctx, about) => void closed.push(about),
  });
  const { sandbox } = await startBot([opening({ ...rejectView(), notify_on_close: true }), modal]);
  const ann = person(sandbox.url, 'U1');
  await openForm(ann);

  await ann.close();

  await eventually(() => closed.length > 0);
  expect(closed).toEqual([{ requestId: 'R1' }]);
});
