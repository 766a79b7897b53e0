import { expect, it } from 'vitest';
import { input, modal, option, plain } from '../sandbox/slack/modal-blocks.ts';
import { describeInBlockScene } from './block-scene.ts';
import { look } from './look.ts';

const options = ['one', 'two', 'three'].map(option);

describeInBlockScene('what one presses, chooses and fills in', (scene) => {
  /** The action that reached the app last. */
  function lastAction(): unknown {
    const { actions } = scene().received('block_actions') ?? {};
    return Array.isArray(actions) ? actions[0] : undefined;
  }

  /** Posts elements, does something with them in the page, and answers the action that the app got. */
  async function actionOf(elements: object[], act: () => Promise<void>): Promise<unknown> {
    await scene().posts([{ type: 'actions', block_id: 'row', elements }]);
    const before = scene().app.received.length;
    await act();
    await expect.poll(() => scene().app.received.length).toBeGreaterThan(before);
    return lastAction();
  }

  it('presses a button after its question, and not if one says no', async () => {
    const { page } = scene().visitor;
    const confirm = {
      title: plain('Sure?'),
      text: plain('It is gone then.'),
      confirm: plain('Do it'),
      deny: plain('No'),
    };
    const button = { type: 'button', text: plain('Delete'), style: 'danger', action_id: 'b', value: '7', confirm };
    const action = await actionOf([button], async () => {
      const count = scene().app.received.length;
      await page.getByRole('button', { name: 'Delete' }).click();
      await look(page, '30-confirm');
      await page.getByRole('dialog', { name: 'Sure?' }).getByRole('button', { name: 'No' }).click();
      expect(scene().app.received.length).toBe(count);
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog', { name: 'Sure?' }).getByRole('button', { name: 'Do it' }).click();
    });
    expect(action).toMatchObject({ action_id: 'b', value: '7' });
  });

  it('takes from an overflow menu by the keyboard', async () => {
    const { page } = scene().visitor;
    const action = await actionOf([{ type: 'overflow', action_id: 'more', options }], async () => {
      await page.getByRole('button', { name: 'More actions', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
      await look(page, '31-overflow');
      await page.keyboard.press('Enter');
    });
    expect(action).toMatchObject({ action_id: 'more', selected_option: { value: 'two' } });
  });

  it('chooses from a select, radio buttons and checkboxes', async () => {
    const { page } = scene().visitor;
    const select = { type: 'static_select', action_id: 's', placeholder: plain('Which'), options };
    expect(
      await actionOf([select], async () => {
        const field = page.getByRole('combobox', { name: 'Which' });
        await field.click();
        await field.press('ArrowDown');
        await field.press('Enter');
      }),
    ).toMatchObject({ action_id: 's', selected_option: { value: 'two' } });
    expect(
      await actionOf([{ type: 'radio_buttons', action_id: 'r', options }], () =>
        page.getByLabel('THREE').last().check(),
      ),
    ).toMatchObject({ action_id: 'r', selected_option: { value: 'three' } });
    expect(
      await actionOf([{ type: 'checkboxes', action_id: 'c', options, initial_options: [option('one')] }], () =>
        page.getByRole('checkbox', { name: 'TWO' }).check(),
      ),
    ).toMatchObject({ action_id: 'c', selected_options: [{ value: 'one' }, { value: 'two' }] });
  });

  it('chooses people, channels and days', async () => {
    const { page } = scene().visitor;
    const choose = (name: string, words: string) => async () => {
      await page.getByRole('combobox', { name }).click();
      await page.getByRole('option', { name: words }).click();
    };
    const people = { type: 'users_select', action_id: 'u', placeholder: plain('Who') };
    expect(await actionOf([people], choose('Who', 'Otto Owner'))).toMatchObject({ selected_user: 'U2' });
    const channels = { type: 'channels_select', action_id: 'k', placeholder: plain('Where') };
    expect(await actionOf([channels], choose('Where', '#general'))).toMatchObject({ selected_channel: 'C0GENERAL' });
    const day = { type: 'datepicker', action_id: 'd', placeholder: plain('When') };
    expect(await actionOf([day], () => page.getByLabel('When').fill('2026-12-24'))).toMatchObject({
      selected_date: '2026-12-24',
    });
  });

  it('fills in a form of every kind of input, and hands it in', async () => {
    const { visitor } = scene();
    await scene().opensModal(
      modal('Every input', [
        input('name', { type: 'plain_text_input', placeholder: plain('A name') }),
        input('count', { type: 'number_input', is_decimal_allowed: false }),
        input('mail', { type: 'email_text_input' }, { optional: true, hint: plain('Work, if you have one') }),
        input('many', { type: 'multi_static_select', options }),
        input('who', { type: 'multi_users_select' }),
        input('where', { type: 'conversations_select' }),
        input('day', { type: 'datepicker' }),
        input('hour', { type: 'timepicker' }),
        input('moment', { type: 'datetimepicker' }),
        input('which', { type: 'radio_buttons', options }),
        input('all', { type: 'checkboxes', options }),
        { type: 'alert', text: plain('Look here'), level: 'warning' },
      ]),
    );
    const { dialog } = visitor;
    await dialog.getByLabel('name').fill('Robin');
    await dialog.getByLabel('count').fill('12');
    await visitor.chooses('many', 'o', 'ONE');
    await visitor.chooses('many', 'thr', 'THREE');
    await visitor.chooses('who', 'Ann', 'Ann Asker');
    await visitor.chooses('where', 'gen', '#general');
    await dialog.getByLabel('day').fill('2026-12-24');
    await dialog.getByLabel('hour').fill('18:30');
    await dialog.getByLabel('moment').fill('2026-12-24T18:30');
    await dialog.getByRole('radio', { name: 'TWO' }).check();
    await dialog.getByRole('checkbox', { name: 'ONE' }).check();
    await look(visitor.page, '33-every-input');
    await visitor.presses('Send');
    await visitor.dialogGoes();
    expect(scene().received('view_submission')).toMatchObject({
      view: {
        state: {
          values: {
            name: { in: { value: 'Robin' } },
            count: { in: { value: '12' } },
            mail: { in: { value: null } },
            many: { in: { selected_options: [{ value: 'one' }, { value: 'three' }] } },
            who: { in: { selected_users: ['U1'] } },
            where: { in: { selected_conversation: 'C0GENERAL' } },
            day: { in: { selected_date: '2026-12-24' } },
            hour: { in: { selected_time: '18:30' } },
            moment: { in: { selected_date_time: Date.UTC(2026, 11, 24, 17, 30) / 1000 } },
            which: { in: { selected_option: { value: 'two' } } },
            all: { in: { selected_options: [{ value: 'one' }] } },
          },
        },
      },
    });
  });

  it('shows at the fields what Slack’s client and then the app find wrong, and keeps what was entered', async () => {
    const { visitor } = scene();
    await scene().opensModal(
      modal('Wrong', [
        input('count', { type: 'number_input', is_decimal_allowed: false, max_value: '10' }),
        input('why', { type: 'plain_text_input', multiline: true }),
      ]),
    );
    const { dialog } = visitor;
    await dialog.getByLabel('count').fill('11');
    await visitor.presses('Send');
    await dialog.getByText('Please enter a number no more than 10.').waitFor();
    await dialog.getByText('Please complete this required field.').waitFor();
    await dialog.getByLabel('count').fill('9');
    await dialog.getByLabel('why').fill('because');
    scene().app.answer(() => ({ body: { response_action: 'errors', errors: { why: 'Say more.' } } }));
    await visitor.presses('Send');
    await dialog.getByText('Say more.').waitFor();
    expect(await dialog.getByLabel('why').inputValue()).toBe('because');
    expect(await dialog.getByLabel('why').getAttribute('aria-invalid')).toBe('true');
    scene().app.answer(() => ({ status: 500 }));
    await visitor.presses('Send');
    await dialog.getByText('We had some trouble connecting. Try again?').waitFor();
    await visitor.presses('Cancel');
    await visitor.dialogGoes();
  });

  it('pushes modals onto one another and comes back to what was entered', async () => {
    const { visitor } = scene();
    await scene().opensModal(modal('First', [input('name', { type: 'plain_text_input' })]));
    await visitor.dialog.getByLabel('name').fill('kept');
    scene().app.answer(() => ({
      body: { response_action: 'push', view: modal('Second', [{ type: 'section', text: plain('on top') }]) },
    }));
    await visitor.presses('Send');
    await visitor.form('Second');
    expect(await visitor.page.getByRole('dialog').count()).toBe(1);
    scene().app.answer(() => ({
      body: { response_action: 'update', view: modal('Second, new', [{ type: 'section', text: plain('changed') }]) },
    }));
    await visitor.presses('Send');
    await visitor.form('Second, new');
    await visitor.presses('Back');
    await visitor.form('First');
    expect(await visitor.dialog.getByLabel('name').inputValue()).toBe('kept');
    await visitor.page.keyboard.press('Escape');
    await visitor.dialogGoes();
  });

  it('searches the app’s own options once one stops typing, and shows the answer to the last question', async () => {
    const { visitor } = scene();
    await scene().opensModal(modal('Search', [input('disk', { type: 'external_select', min_query_length: 2 })]));
    const asked: unknown[] = [];
    scene().app.answer(({ type, value }) => {
      if (type !== 'block_suggestion') return {};
      asked.push(value);
      return { body: { options: [option(`${String(value)}-1`), option(`${String(value)}-2`)] }, delayMs: 50 };
    });
    const field = visitor.dialog.getByRole('combobox', { name: 'disk' });
    await field.click();
    await visitor.dialog.getByText('Type at least 2 characters.').waitFor();
    await field.pressSequentially('pay', { delay: 40 });
    await visitor.dialog.getByRole('option', { name: 'PAY-1' }).waitFor();
    expect(asked).toEqual(['pay']);
    await field.press('ArrowDown');
    await field.press('Enter');
    expect(await field.inputValue()).toBe('PAY-2');
    await visitor.presses('Send');
    await visitor.dialogGoes();
    expect(scene().received('view_submission')).toMatchObject({
      view: { state: { values: { disk: { in: { selected_option: { value: 'pay-2' } } } } } },
    });
  });

  it('tells the app at once of a choice that it asked for, and shows the view that comes of it', async () => {
    const { visitor } = scene();
    const select = { type: 'static_select', options };
    await scene().opensModal(modal('At once', [input('which', select, { dispatch_action: true })]));
    await visitor.chooses('which', 'two', 'TWO');
    await expect.poll(() => lastAction()).toMatchObject({ block_id: 'which', selected_option: { value: 'two' } });
    const payload = scene().received('block_actions');
    expect(payload).toMatchObject({
      view: { state: { values: { which: { in: { selected_option: { value: 'two' } } } } } },
    });
    await visitor.presses('Cancel');
    await visitor.dialogGoes();
  });
});
