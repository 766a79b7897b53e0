import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeInBrowser } from './browser.ts';
import { type DemoScene, startDemoScene } from './demo-scene.ts';
import { look } from './look.ts';
import type { Visitor } from './visitor.ts';

describeInBrowser('sharing a backup, played in a browser', () => {
  let scene: DemoScene;
  let visitor: Visitor;

  beforeAll(async () => {
    scene = await startDemoScene();
    visitor = await scene.visit();
  });
  afterEach(() => expect(scene.takeFaults()).toEqual([]));
  afterAll(() => scene.close());

  it('begins with a request that waits, last night’s failed run unread, and nothing done yet', async () => {
    const card = await visitor.sees('Waiting for 1 more approval: share payments-reports-');
    expect(await card.locator('.blocks').getByRole('button').allTextContents()).toEqual([
      'Approve',
      'Reject…',
      'Withdraw',
    ]);
    await visitor.page.getByRole('button', { name: 'payments-alerts 1 unread' }).waitFor();
    expect(await visitor.page.getByText(/^\d+ of 13$/).textContent()).toBe('0 of 13');
    expect(await visitor.page.title()).toBe('(1) VBS sandbox');
    await look(visitor.page, '01-first-sight');
  });

  it('completes a command, with its usage, by the keyboard', async () => {
    await visitor.opens('general');
    const composer = visitor.page.getByRole('combobox', { name: /^Type a command/ });
    await composer.pressSequentially('/');
    expect(await visitor.page.getByRole('option').count()).toBeGreaterThan(7);
    await look(visitor.page, '02-commands');
    await composer.pressSequentially('vbs sha');
    await composer.press('Tab');
    expect(await composer.inputValue()).toBe('/vbs share ');
    await visitor.page.getByText('/vbs share [project] [backup]').waitFor();
    await composer.fill('');
  });

  it('takes the command that was gone to in the list, although what was typed is one already', async () => {
    const composer = visitor.page.getByRole('combobox', { name: /^Type a command/ });
    await composer.pressSequentially('/vbs backup');
    const marked = visitor.page.getByRole('option', { selected: true });
    expect(await marked.textContent()).toMatch(/^\/vbs backup \[/);
    await composer.press('ArrowUp');
    await composer.press('Enter');
    expect(await composer.inputValue()).toBe('/vbs backups ');
    await composer.fill('');
  });

  it('asks for a backup by typing, searching and choosing, and is told at the fields what is missing', async () => {
    await visitor.types('/vbs share payments');
    await visitor.form('Share a backup');
    await visitor.chooses('Backup', 'db-release', /^db-release-\d{4}/);
    await visitor.dialog.getByText('payments-db-1 (100 GiB)').waitFor();
    await look(visitor.page, '03-form');
    await visitor.presses('Ask for approval');
    await visitor.dialog.getByText('Please complete this required field.').first().waitFor();
    await look(visitor.page, '04-form-errors');
    await visitor.chooses('Share with', 'ana', 'analytics');
    await visitor.dialog.getByLabel('Why').pressSequentially('Reproduce the settlement bug');
    await visitor.presses('Ask for approval');
    await visitor.dialogGoes();
    const answer = await visitor.sees(/Your request to share db-release-\d+/);
    expect(await answer.textContent()).toContain('Only you can see this');
  });

  it('asks by a shortcut too: from anywhere, and for the backup that a message names', async () => {
    await visitor.page.getByRole('button', { name: 'Shortcuts' }).click();
    await visitor.page.getByRole('menuitem', { name: /^Share a backup/ }).click();
    await visitor.form('Share a backup');
    await visitor.presses('Cancel');
    await visitor.dialogGoes();
    await visitor.opens('payments-approvals');
    const card = await visitor.sees('share payments-reports-');
    await card.hover();
    await card.getByRole('button', { name: 'More actions on this message' }).click();
    await visitor.page.getByRole('menuitem', { name: /^Share backup named here/ }).click();
    await visitor.form('Share a backup');
    await visitor.dialog.getByText('payments-reports (60 GiB)').waitFor();
    await visitor.presses('Cancel');
    await visitor.dialogGoes();
  });

  it('refuses whoever may not decide, in a message that they alone see', async () => {
    await visitor.actsAs('Nia Novak');
    await visitor.opens('payments-approvals');
    const card = await visitor.sees('share db-release-');
    await card.getByRole('button', { name: 'Approve' }).click();
    const refusal = await visitor.sees('Only the owners of payments decide on this request: @payments-owners.');
    expect(await refusal.textContent()).toContain('Only you can see this');
    await look(visitor.page, '05-refused');
  });

  it('shares once an owner approves, changes the card in place, and tells the one who asked', async () => {
    await visitor.actsAs('Olga Okafor');
    expect(await visitor.page.getByText('Only the owners').count()).toBe(0);
    await (await visitor.sees('share db-release-')).getByRole('button', { name: 'Approve' }).click();
    const card = await visitor.sees(/✅ Shared: db-release-\d+ \(payments\) with analytics/);
    expect(await card.getByRole('button').first().textContent()).toBe('Stop sharing');
    await card.getByRole('button', { name: /2 replies/ }).click();
    const thread = visitor.page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('Shared with analytics; the cloud shows it.').waitFor();
    await look(visitor.page, '06-shared');
    await thread.getByRole('button', { name: 'Close the thread' }).click();

    await visitor.actsAs('Robin Reuter');
    await visitor.page.getByRole('button', { name: 'vbs 1 unread' }).click();
    await visitor.sees(/db-release-\d+ \(payments\) is now shared with analytics; approved by @Olga Okafor/);
  });

  it('rejects with a reason', async () => {
    await visitor.actsAs('Piotr Paluch');
    await visitor.opens('payments-approvals');
    await (await visitor.sees('share payments-reports-')).getByRole('button', { name: 'Reject…' }).click();
    await visitor.dialog.getByRole('textbox').pressSequentially('The report is confidential until Friday');
    await visitor.dialog.locator('button[type=submit]').click();
    await visitor.dialogGoes();
    await visitor.sees(/Rejected.*payments-reports-/);
  });

  it('stops sharing after a question, and says so on the card', async () => {
    await visitor.actsAs('Olga Okafor');
    await visitor.opens('payments-approvals');
    await (await visitor.sees('✅ Shared: db-release-')).getByRole('button', { name: 'Stop sharing' }).click();
    await visitor.dialog.locator('button[type=submit]').waitFor();
    await look(visitor.page, '07-stop');
    await visitor.dialog.locator('button[type=submit]').click();
    await visitor.dialog.getByText('The bot stops the sharing').waitFor();
    await visitor.presses('Close');
    await visitor.sees(/No longer shared: db-release-/);
  });

  it('exports the record of it all as a file into a thread, and follows the link to it', async () => {
    await visitor.types('/vbs audit payments');
    await (await visitor.sees('Record of payments')).getByRole('button', { name: 'Export as CSV…' }).click();
    await visitor.dialog.locator('button[type=submit]').click();
    await (await visitor.sees('✅ Exported')).getByRole('link', { name: 'this thread' }).click();
    await visitor.page.locator('article:focus').getByRole('button', { name: '1 reply' }).click();
    const thread = visitor.page.getByRole('complementary', { name: 'Thread' });
    const [download] = await Promise.all([
      visitor.page.waitForEvent('download'),
      thread.getByRole('link', { name: /\.csv · .* · Download$/ }).click(),
    ]);
    await look(visitor.page, '09-record');
    expect(await readFile(await download.path(), 'utf8')).toContain('Reproduce the settlement bug');
    await thread.getByRole('button', { name: 'Close the thread' }).click();
  });

  it('shows the home tab, and follows its links to the cards', async () => {
    await visitor.opens('vbs');
    await visitor.page.getByRole('button', { name: 'Home' }).click();
    await visitor.page.getByRole('heading', { name: 'Went wrong in the last 7 days' }).waitFor();
    await look(visitor.page, '08-home');
    await visitor.page.getByRole('link', { name: 'open its card' }).last().click();
    await visitor.page.getByRole('heading', { name: '#payments-alerts' }).waitFor();
  });

  it('has ticked off what was tried', async () => {
    for (const title of [
      'Approve a request',
      'Be refused',
      'Ask for a backup',
      'Take the record',
      'Look at the home',
    ]) {
      expect(await visitor.step(title).getByRole('img', { name: 'done' }).count()).toBe(1);
    }
    expect(await visitor.page.getByText(/^\d+ of 13$/).textContent()).toBe('5 of 13');
  });
});
