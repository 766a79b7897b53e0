import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeInBrowser } from './browser.ts';
import { type DemoScene, startDemoScene } from './demo-scene.ts';
import { look } from './look.ts';
import type { Visitor } from './visitor.ts';

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

describeInBrowser('the page on a phone', () => {
  let scene: DemoScene;
  let visitor: Visitor;

  beforeAll(async () => {
    scene = await startDemoScene();
    visitor = await scene.visit(PHONE);
  });
  afterEach(() => expect(scene.takeFaults()).toEqual([]));
  afterAll(() => scene.close());

  it('shows the channel, and the list of channels when asked for', async () => {
    await visitor.sees('Waiting for 1 more approval: share payments-reports-');
    await look(visitor.page, '40-phone');
    await visitor.page.getByRole('button', { name: 'Channels' }).tap();
    await look(visitor.page, '41-phone-channels');
    await visitor.page.getByRole('button', { name: 'general' }).tap();
    await visitor.page.getByRole('heading', { name: '#general' }).waitFor();
    expect(await visitor.page.getByRole('navigation', { name: 'Channels' }).isVisible()).toBe(false);
  });

  it('takes a form over the whole of the screen, with its buttons in sight', async () => {
    await visitor.types('/vbs share payments');
    await visitor.form('Share a backup');
    await visitor.chooses('Backup', 'db-release', /^db-release-\d{4}/);
    await visitor.dialog.getByText('payments-db-1 (100 GiB)').waitFor();
    await visitor.dialog.getByRole('combobox', { name: 'Share with' }).tap();
    await look(visitor.page, '43-phone-form');
    await visitor.page.keyboard.press('Escape');
    const submit = visitor.dialog.getByRole('button', { name: 'Ask for approval' });
    const box = await submit.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(PHONE.viewport.height);
    await visitor.presses('Cancel');
    await visitor.dialogGoes();
  });

  it('switches between people', async () => {
    await visitor.page.getByRole('button', { name: /^Acting as/ }).tap();
    await look(visitor.page, '42-phone-people');
    await visitor.page.getByRole('menuitemradio', { name: 'Olga Okafor' }).tap();
    await visitor.page.getByRole('button', { name: 'Acting as Olga Okafor' }).waitFor();
  });

  it('approves by a tap, and reads the thread', async () => {
    await visitor.page.getByRole('button', { name: 'Channels' }).tap();
    await visitor.page.getByRole('button', { name: 'payments-approvals' }).tap();
    await (await visitor.sees('share payments-reports-')).getByRole('button', { name: 'Approve' }).tap();
    const card = await visitor.sees(/✅ Shared: payments-reports-\d+/);
    await card.getByRole('button', { name: /2 replies/ }).tap();
    const thread = visitor.page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('Shared with analytics; the cloud shows it.').waitFor();
    await look(visitor.page, '44-phone-thread');
    await thread.getByRole('button', { name: 'Close the thread' }).tap();
  });

  it.each(['Cloud', 'Trouble', 'Traffic'] as const)('shows behind the scenes: %s', async (name) => {
    const panel = await visitor.panel(name);
    await panel
      .getByText(/^Backups|^The next time a policy|acked in/)
      .first()
      .waitFor();
    await look(visitor.page, `45-phone-${name.toLowerCase()}`);
  });

  it('shows the home tab, and is no wider than the narrowest of phones', async () => {
    await visitor.page.getByRole('button', { name: 'Close the panel' }).tap();
    await visitor.page.getByRole('button', { name: 'Channels' }).tap();
    await visitor.page.getByRole('navigation').getByRole('button', { name: 'vbs' }).tap();
    await visitor.page.getByRole('button', { name: 'Home' }).tap();
    await visitor.page.getByRole('heading', { name: 'Went wrong in the last 7 days' }).waitFor();
    await look(visitor.page, '46-phone-home');
    await visitor.page.setViewportSize({ width: 320, height: 568 });
    await look(visitor.page, '47-phone-small');
  });
});
