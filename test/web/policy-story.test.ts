import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/slack-person.ts';
import { describeInBrowser } from './browser.ts';
import { type DemoScene, startDemoScene } from './demo-scene.ts';
import { look } from './look.ts';
import type { Visitor } from './visitor.ts';

/** A run takes a dozen seconds, and then it is told. */
const LONG = { timeout: 90_000 };

describeInBrowser('running policies and causing trouble, played in a browser', () => {
  let scene: DemoScene;
  let omar: Visitor;

  beforeAll(async () => {
    scene = await startDemoScene();
    omar = await scene.visit();
    await omar.actsAs('Omar Osman');
    await omar.opens('payments-alerts');
  });
  afterEach(() => expect(scene.takeFaults()).toEqual([]));
  afterAll(() => scene.close());

  it('shows last night’s failed run, and its disks in a modal', async () => {
    const card = await omar.sees('Backup failed: nightly (payments), 1 of 4 disks');
    await card.getByRole('button', { name: 'Show run' }).click();
    await omar.dialog.getByText('payments-web-2').waitFor();
    await look(omar.page, '10-run-details');
    await omar.presses('Dismiss');
    await omar.dialogGoes();
  });

  it('follows a run disk by disk, one of which was made to fail, with the cloud’s jobs beside it', LONG, async () => {
    const panel = await omar.panel('Trouble');
    await panel.getByLabel('Disk').selectOption('payments-web-1');
    await panel.getByRole('button', { name: 'Fail the next backup' }).click();
    await omar.page.getByText('The next backup of payments-web-1 will fail.').waitFor();
    await omar.types('/vbs run payments nightly');
    await omar.presses('Run now');
    await omar.dialog.getByText('is being started').waitFor();
    await omar.presses('Close');
    await omar.dialogGoes();
    await omar.panel('Cloud');
    await panel.getByRole('progressbar', { name: 'Backup of payments-db-1' }).waitFor();
    await omar.sees(/Running: nightly \(payments\)/);
    await look(omar.page, '11-running');
    const card = await omar.sees(/Backup failed: nightly \(payments\), 1 of 4 disks.*Started by Omar Osman/s, 40_000);
    expect(await card.textContent()).toMatch(/payments-web-1(?: \(40 GiB\))? · failed after/);
    await look(omar.page, '12-run-failed');
  });

  it('lets a schedule strike, whose run shows in the channel by itself', LONG, async () => {
    const panel = await omar.panel('Trouble');
    await panel.getByLabel('Policy').selectOption({ label: 'ledger-hourly (payments)' });
    await panel.getByRole('button', { name: 'Strike now' }).click();
    await omar.sees(/ledger-hourly \(payments\)/);
    await look(omar.page, '13-struck');
  });

  it('answers in time while the cloud is slow', async () => {
    const panel = await omar.panel('Trouble');
    await panel.getByRole('button', { name: 'Make it slow' }).click();
    await panel.getByText('slow', { exact: true }).waitFor();
    await omar.types('/vbs backups platform');
    await omar.panel('Traffic');
    const line = panel.getByRole('listitem').filter({ hasText: '/vbs backups platform' });
    await line.getByText(/^acked in [12]?\d{1,3} ms/).waitFor();
    await omar.page.reload();
    await omar.panel('Trouble');
    await panel.getByText('slow', { exact: true }).waitFor();
    await panel.getByRole('button', { name: 'Mend the cloud' }).click();
    await omar.opens('payments-alerts');
    await omar.sees(/Backups of platform/);
  });

  it('makes a cloud slow that was down, which then answers again', LONG, async () => {
    const panel = await omar.panel('Trouble');
    await panel.getByRole('button', { name: 'Take it down' }).click();
    await panel.getByText('down', { exact: true }).waitFor();
    await panel.getByRole('button', { name: 'Make it slow' }).click();
    await panel.getByText('slow', { exact: true }).waitFor();
    await omar.types('/vbs backups analytics');
    await omar.sees(/Backups of analytics, 1/, 40_000);
    await panel.getByRole('button', { name: 'Mend the cloud' }).click();
  });

  it('answers in time while the cloud is down, and says so', async () => {
    const panel = await omar.panel('Trouble');
    await panel.getByRole('button', { name: 'Take it down' }).click();
    await panel.getByText('down', { exact: true }).waitFor();
    await omar.types('/vbs policies analytics');
    await omar.sees(/❌|⚠️/);
    await omar.panel('Traffic');
    const line = panel.getByRole('listitem').filter({ hasText: '/vbs policies analytics' });
    expect(await line.textContent()).toMatch(/acked in [12]?\d{1,3} ms/);
    await look(omar.page, '14-cloud-down');
    await panel.getByRole('button', { name: 'With the cloud' }).click();
    await panel.getByText(/^503/).first().waitFor();
    await omar.panel('Trouble');
    await panel.getByRole('button', { name: 'Mend the cloud' }).click();
  });

  it('moves the clock, on which an hourly schedule strikes', LONG, async () => {
    const panel = await omar.panel('Trouble');
    const runs = omar.messages.filter({ hasText: 'ledger-hourly' });
    const before = await runs.count();
    await panel.getByRole('button', { name: '+1 h' }).click();
    await omar.page.getByText('The sandbox is an hour later.').waitFor();
    await runs.nth(before).waitFor({ timeout: 40_000 });
  });

  it('delivers cards late but once while Slack limits the app', LONG, async () => {
    const panel = await omar.panel('Trouble');
    await panel.getByRole('button', { name: 'Rate-limit the app' }).click();
    await panel.getByText('rate-limited', { exact: true }).waitFor();
    await omar.types('/vbs run analytics');
    await omar.form('Run a policy');
    await omar.chooses('Policy', 'warehouse');
    await omar.dialog.locator('button[type=submit]').click();
    await omar.presses('Run now');
    await omar.dialog.getByText('is being started').waitFor();
    await omar.presses('Close');
    await omar.dialogGoes();
    await omar.panel('Traffic');
    await panel
      .getByText(/ratelimited|429/)
      .first()
      .waitFor();
    await omar.panel('Trouble');
    await panel.getByRole('button', { name: 'Mend Slack' }).click();
    await omar.opens('analytics-backups');
    await omar.sees(/warehouse-nightly \(analytics\)/);
    expect(await omar.messages.filter({ hasText: 'warehouse-nightly' }).count()).toBe(1);
  });

  it('answers again once the app has connected anew', async () => {
    const panel = await omar.panel('Trouble');
    const opened = () => scene.demo.slack.log().filter(({ method }) => method === 'apps.connections.open').length;
    const before = opened();
    await panel.getByRole('button', { name: 'Cut its connections' }).click();
    // It is back sooner than a person sees that it was gone.
    await eventually(() => opened() > before, { what: 'a new connection' });
    await omar.page.getByRole('img', { name: 'vbs is connected' }).waitFor();
    await omar.types('/vbs help');
    await omar.sees('/vbs share');
  });

  it('has ticked off what was tried', async () => {
    for (const title of ['Run a policy with a disk that fails', 'Let a schedule strike', 'Take the cloud away']) {
      expect(await omar.step(title).getByRole('img', { name: 'done' }).count(), title).toBe(1);
    }
  });
});
