import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeInBrowser } from './browser.ts';
import { type DemoScene, startDemoScene } from './demo-scene.ts';
import { look } from './look.ts';
import type { Visitor } from './visitor.ts';

const MOST_TABS = 60;

describeInBrowser('sharing a backup by the keyboard alone', () => {
  let scene: DemoScene;
  let visitor: Visitor;

  beforeAll(async () => {
    scene = await startDemoScene();
    visitor = await scene.visit();
    await visitor.sees('Waiting for 1 more approval');
  });
  afterEach(() => expect(scene.takeFaults()).toEqual([]));
  afterAll(() => scene.close());

  function press(...keys: string[]): Promise<void> {
    return keys.reduce(async (before, key) => {
      await before;
      await visitor.page.keyboard.press(key);
    }, Promise.resolve());
  }

  async function hasFocus(target: Locator): Promise<boolean> {
    return (await target.and(visitor.page.locator(':focus')).count()) === 1;
  }

  /** Goes on from where the focus is until it is there. */
  async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let count = 0; count < MOST_TABS; count += 1) {
      if (await hasFocus(target)) return;
      await press(key);
    }
    throw new Error(`${MOST_TABS} × ${key} do not lead to ${String(target)}`);
  }

  const button = (name: string | RegExp): Locator => visitor.page.getByRole('button', { name });
  const inDialog = (role: 'button' | 'combobox' | 'textbox', name: string): Locator =>
    visitor.dialog.getByRole(role, { name, exact: true });

  async function actAs(name: string, steps: number): Promise<void> {
    await tabTo(button(/^Acting as/), 'Shift+Tab');
    await press('Enter', ...Array<string>(steps).fill('ArrowDown'), 'Enter');
    await button(`Acting as ${name}`).waitFor();
  }

  it('asks', async () => {
    await tabTo(button('general'));
    await press('Enter');
    await tabTo(visitor.page.getByRole('combobox', { name: 'Type a command in #general' }));
    await visitor.page.keyboard.type('/vbs sha');
    await press('Tab');
    await visitor.page.keyboard.type('payments');
    await press('Enter');
    await visitor.form('Share a backup');
    await tabTo(inDialog('combobox', 'Backup'));
    await visitor.page.keyboard.type('db-release');
    await visitor.dialog.getByRole('option').first().waitFor();
    await press('Enter');
    await visitor.dialog.getByText('payments-db-1 (100 GiB)').waitFor();
    await tabTo(inDialog('combobox', 'Share with'));
    await visitor.page.keyboard.type('ana');
    await press('Enter');
    await tabTo(inDialog('textbox', 'Why'));
    await visitor.page.keyboard.type('Reproduce the settlement bug');
    await tabTo(inDialog('button', 'Ask for approval'));
    await look(visitor.page, '50-keyboard');
    await press('Enter');
    await visitor.dialogGoes();
    await visitor.sees(/Your request to share db-release-\d+/);
  });

  it('comes back to where one was, and leaves a form by Escape', async () => {
    const composer = visitor.page.getByRole('combobox', { name: 'Type a command in #general' });
    expect(await hasFocus(composer)).toBe(true);
    await visitor.page.keyboard.type('/vbs share payments');
    await press('Enter');
    await visitor.form('Share a backup');
    await press('Escape');
    await visitor.dialogGoes();
    expect(await hasFocus(composer)).toBe(true);
  });

  it('approves, and does not lose its place when the buttons go', async () => {
    await actAs('Olga Okafor', 1);
    await tabTo(button('payments-approvals'));
    await press('Enter');
    const card = await visitor.sees('share db-release-');
    await tabTo(card.getByRole('button', { name: 'Approve' }));
    await press('Enter');
    await visitor.sees(/✅ Shared: db-release-\d+/);
    expect(await hasFocus(visitor.message('✅ Shared: db-release-'))).toBe(true);
  });

  it('reads the thread, and closes it by Escape', async () => {
    const card = visitor.message('✅ Shared: db-release-');
    await tabTo(card.getByRole('button', { name: /2 replies/ }));
    await press('Enter');
    const thread = visitor.page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('Shared with analytics; the cloud shows it.').waitFor();
    await press('Escape');
    await thread.waitFor({ state: 'detached' });
  });

  it('stops the sharing after a question', async () => {
    const card = visitor.message('✅ Shared: db-release-');
    await tabTo(card.getByRole('button', { name: 'Stop sharing' }), 'Shift+Tab');
    await press('Enter');
    await tabTo(visitor.dialog.locator('button[type=submit]'));
    await press('Enter');
    await visitor.dialog.getByText('The bot stops the sharing').waitFor();
    await press('Escape');
    await visitor.sees(/No longer shared: db-release-/);
  });

  it('causes trouble, and ends it', async () => {
    await tabTo(button('Behind the scenes'), 'Shift+Tab');
    await press('Enter');
    const panel = visitor.page.getByRole('complementary', { name: 'Behind the scenes' });
    await tabTo(panel.getByRole('button', { name: 'Trouble', exact: true }));
    await press('Enter');
    await tabTo(panel.getByRole('button', { name: 'Take it down' }));
    await press('Enter');
    await panel.getByText('down', { exact: true }).waitFor();
    await tabTo(panel.getByRole('button', { name: 'Mend the cloud' }));
    await press('Enter');
    await panel.getByText('down', { exact: true }).waitFor({ state: 'detached' });
    await press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await hasFocus(button('Behind the scenes'))).toBe(true);
  });
});
