import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeInBrowser } from './browser.ts';
import { type DemoScene, startDemoScene } from './demo-scene.ts';
import { look } from './look.ts';
import type { Visitor } from './visitor.ts';

const GONE = 'The demo has stopped. This page goes on as soon as it is back.';

describeInBrowser('the page while the demo is stopped and started again', () => {
  let scene: DemoScene;
  let visitor: Visitor;

  beforeAll(async () => {
    scene = await startDemoScene();
    visitor = await scene.visit();
  });
  afterEach(() => expect(scene.takeFaults()).toEqual([]));
  afterAll(() => scene.close());

  const composer = () => visitor.page.getByRole('combobox', { name: /^Type a command/ });

  it('says that it is gone, and goes on where it was with what the demo has kept', async () => {
    await visitor.actsAs('Olga Okafor');
    await visitor.opens('payments-approvals');
    await (await visitor.sees('share payments-reports-')).getByRole('button', { name: 'Approve' }).click();
    await visitor.sees(/✅ Shared: payments-reports-/);
    await scene.stop();
    await visitor.page.getByText(GONE).waitFor();
    expect(await composer().isDisabled()).toBe(true);
    await look(visitor.page, '60-gone');

    await scene.start({ keep: true });
    await visitor.page.getByText(GONE).waitFor({ state: 'detached' });
    await visitor.page.getByRole('button', { name: 'Acting as Olga Okafor' }).waitFor();
    const card = await visitor.sees(/✅ Shared: payments-reports-/);
    expect(await visitor.step('Pull the plug').getByRole('img', { name: 'done' }).count()).toBe(1);
    await card.getByRole('button', { name: 'Stop sharing' }).click();
    await visitor.dialog.locator('button[type=submit]').click();
    await visitor.presses('Close');
    await visitor.sees(/No longer shared: payments-reports-/);
  });

  it('begins anew with a demo that has kept nothing', async () => {
    await scene.stop();
    await visitor.page.getByText(GONE).waitFor();
    await scene.start({ keep: false });
    await visitor.sees('Waiting for 1 more approval: share payments-reports-');
    expect(await visitor.message('No longer shared').count()).toBe(0);
    expect(await visitor.page.getByText(/^\d+ of 13$/).textContent()).toBe('0 of 13');
    await visitor.opens('general');
    await visitor.types('/vbs help');
    await visitor.sees('/vbs share');
  });

  it('has forgotten nothing after a reload of the page', async () => {
    await visitor.actsAs('Piotr Paluch');
    await visitor.opens('payments-approvals');
    await (await visitor.sees('share payments-reports-')).getByRole('button', { name: 'Approve' }).click();
    await visitor.sees(/✅ Shared: payments-reports-/);
    await visitor.page.reload();
    await visitor.page.getByRole('button', { name: 'Acting as Piotr Paluch' }).waitFor();
    expect(await visitor.step('Approve a request').getByRole('img', { name: 'done' }).count()).toBe(1);
  });
});
