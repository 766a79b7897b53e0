import { expect, it } from 'vitest';
import { input, modal, option, plain } from '../sandbox/slack/modal-blocks.ts';
import { describeInBlockScene } from './block-scene.ts';

const options = ['one', 'two', 'three'].map(option);

describeInBlockScene('changing one’s mind', (scene) => {
  it('searches for what is typed alone, whatever was chosen before', async () => {
    const { visitor } = scene();
    const initial = { initial_option: option('one') };
    await scene().opensModal(
      modal('Choose', [
        input('name', { type: 'plain_text_input' }),
        input('which', { type: 'static_select', options, ...initial }),
      ]),
    );
    const field = visitor.dialog.getByRole('combobox', { name: 'which' });
    await field.click();
    await visitor.page.keyboard.type('tw');
    expect(await field.inputValue()).toBe('tw');
    await visitor.page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('TWO');
    await visitor.page.keyboard.type('th');
    expect(await field.inputValue()).toBe('th');
    await visitor.page.keyboard.press('Escape');
    expect(await field.inputValue()).toBe('TWO');
    await field.click();
    await visitor.page.keyboard.type('thr');
    expect(await field.inputValue()).toBe('thr');
    await visitor.dialog.getByRole('option', { name: 'THREE' }).waitFor();
    expect(await visitor.dialog.getByRole('option').count()).toBe(1);
    await visitor.page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('THREE');
    await visitor.presses('Cancel');
    await visitor.dialogGoes();
  });

  it('hands a form in before its app was told of what was typed last, and does not tell it after that', async () => {
    const { visitor } = scene();
    const tells = { dispatch_action: true };
    const element = {
      type: 'plain_text_input',
      dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
    };
    await scene().opensModal(modal('Typed', [input('name', element, tells)]));
    const { page } = visitor;
    const told: string[] = [];
    page.on('request', (request) => told.push(new URL(request.url()).pathname));
    await visitor.dialog.getByLabel('name').fill('weekly');
    await visitor.presses('Send');
    await visitor.dialogGoes();
    // The field's own timer was set before this one, and for less.
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 300))');
    expect(told.filter((path) => path.startsWith('/_sandbox/'))).toEqual(['/_sandbox/view/submit']);
    expect(scene().received('view_submission')).toMatchObject({
      view: { state: { values: { name: { in: { value: 'weekly' } } } } },
    });
  });

  it('leaves a tick as it was where one says no to the question', async () => {
    const { visitor } = scene();
    const confirm = { title: plain('Sure?'), text: plain('It counts.'), confirm: plain('Yes'), deny: plain('No') };
    await scene().posts([
      {
        type: 'actions',
        elements: [
          { type: 'checkboxes', action_id: 'c', options, confirm },
          { type: 'radio_buttons', action_id: 'r', options, initial_option: option('one'), confirm },
        ],
      },
    ]);
    const message = await visitor.sees('THREE');
    for (const field of [message.getByRole('checkbox', { name: 'TWO' }), message.getByRole('radio', { name: 'TWO' })]) {
      await field.click();
      await visitor.page.getByRole('dialog', { name: 'Sure?' }).getByRole('button', { name: 'No' }).click();
      await visitor.dialogGoes();
      expect(await field.isChecked()).toBe(false);
    }
    expect(await message.getByRole('radio', { name: 'ONE' }).isChecked()).toBe(true);
  });
});
