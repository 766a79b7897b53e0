import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { modal, plain } from '../sandbox/slack/modal-blocks.ts';
import { call } from '../sandbox/slack/web-api-client.ts';
import { CHANNEL } from '../sandbox/slack/workspace-with-app.ts';
import { describeInBlockScene } from './block-scene.ts';
import { look } from './look.ts';

describeInBlockScene('what an app does beside its messages', (scene) => {
  it('is called by its shortcuts from anywhere, by the keyboard, and may open a modal', async () => {
    const { page } = scene().visitor;
    scene().app.answer(({ type, trigger_id }) => {
      const view = modal('From anywhere', [{ type: 'section', text: plain('opened by a shortcut') }]);
      if (type === 'shortcut') void call(scene().slack, 'views.open', { trigger_id, view });
      return {};
    });
    await page.getByRole('button', { name: 'Shortcuts' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /^Tell of it/ }).waitFor();
    await look(page, '34-shortcuts');
    await page.keyboard.press('Enter');
    await scene().visitor.form('From anywhere');
    expect(scene().received('shortcut')).toMatchObject({ callback_id: 'anywhere', user: { id: 'U1' } });
    await page.keyboard.press('Escape');
    await scene().visitor.dialogGoes();
  });

  it('is called by its shortcuts on a message, and told which one; ephemeral messages have none', async () => {
    const { page } = scene().visitor;
    const ts = await scene().posts([{ type: 'section', text: plain('worth keeping') }]);
    const message = await scene().visitor.sees('worth keeping');
    await message.hover();
    await message.getByRole('button', { name: 'More actions on this message' }).click();
    await look(page, '35-message-menu');
    await page.getByRole('menuitem', { name: /^Keep it/ }).click();
    await expect
      .poll(() => scene().received('message_action'))
      .toMatchObject({
        callback_id: 'on_message',
        channel: { id: CHANNEL },
        message: { ts, text: 'the fallback' },
      });
    await call(scene().slack, 'chat.postEphemeral', { channel: CHANNEL, user: 'U1', text: 'for you alone' });
    const own = await scene().visitor.sees('for you alone');
    expect(await own.getByRole('button', { name: 'More actions on this message' }).count()).toBe(0);
  });

  it('puts files into a thread, which one can save', async () => {
    const { page } = scene().visitor;
    const ts = await scene().posts([{ type: 'section', text: plain('the report') }]);
    const content = 'who,what\nAnn,shared\n'.repeat(100);
    const filename = 'audit-2026-11.csv';
    const upload = await call(scene().slack, 'files.getUploadURLExternal', { filename, length: content.length });
    await fetch(z.string().parse(upload['upload_url']), { method: 'POST', body: content });
    await call(scene().slack, 'files.completeUploadExternal', {
      files: [{ id: upload['file_id'], title: 'Audit of November' }],
      channel_id: CHANNEL,
      thread_ts: ts,
      initial_comment: 'Everything since the first.',
    });
    await scene().visitor.message('the report').getByRole('button', { name: '1 reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    const link = thread.getByRole('link', { name: 'Audit of November audit-2026-11.csv · 2.0 kB · Download' });
    await look(page, '36-file');
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe(filename);
    expect(await readFile(await download.path(), 'utf8')).toBe(content);
    await thread.getByRole('button', { name: 'Close the thread' }).click();
  });

  it('shows what Slack shows when the app answers late, or not at all', async () => {
    const { page } = scene().visitor;
    scene().app.answer(() => ({ delayMs: 700 }));
    await scene().posts([{ type: 'actions', elements: [{ type: 'button', text: plain('Slow'), action_id: 'slow' }] }]);
    await page.getByRole('button', { name: 'Slow' }).click();
    await page.getByText('The app did not answer within 3 seconds.').waitFor();
    expect(await page.getByText('Slack shows: “We had some trouble connecting. Try again?”').count()).toBe(1);
    await look(page, '32-late-ack');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    scene().app.answer(() => ({ status: 500 }));
    await scene().visitor.types('/vbs help');
    await page.getByText('The app could not be reached.').waitFor();
    await scene().visitor.sees('/vbs failed with the error "dispatch_failed"');
    const composer = page.getByRole('combobox', { name: /^Type a command/ });
    expect(await composer.inputValue()).toBe('/vbs help');
    await composer.fill('');
  });
});
