import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startDemoScene } from './demo-scene.ts';
import { toPalette } from './palette-png.ts';

// Makes the README’s picture anew: `npm run screenshot`.
const PICTURE = fileURLToPath(new URL('../../.github/sandbox.png', import.meta.url));
const MOST_BYTES = 120_000;

const picture = toPalette(await photograph());
if (picture.length > MOST_BYTES) throw new Error(`the picture has ${picture.length} bytes, more than ${MOST_BYTES}`);
await writeFile(PICTURE, picture);
process.stdout.write(`${PICTURE}: ${Math.round(picture.length / 1000)} kB\n`);

/** An owner's view of the approvals channel: a backup that is shared, and a request that waits. */
async function photograph(): Promise<Buffer> {
  const scene = await startDemoScene();

  const visitor = await scene.visit({ viewport: { width: 1120, height: 800 }, deviceScaleFactor: 1.5 });
  await visitor.actsAs('Olga Okafor');
  await (await visitor.sees('share payments-reports-')).getByRole('button', { name: 'Approve' }).click();
  await visitor.sees(/✅ Shared: payments-reports-/);
  await visitor.actsAs('Robin Reuter');
  await visitor.types('/vbs share payments');
  await visitor.form('Share a backup');
  await visitor.chooses('Backup', 'db-release', /^db-release-\d{4}/);
  await visitor.dialog.getByText('payments-db-1 (100 GiB)').waitFor();
  await visitor.chooses('Share with', 'ana', 'analytics');
  await visitor.dialog.getByLabel('Why').fill('Reproduce the settlement bug (PAY-2231)');
  await visitor.presses('Ask for approval');
  await visitor.dialogGoes();
  await visitor.actsAs('Olga Okafor');
  await visitor.sees(/Waiting for 1 more approval: share db-release-/);
  await visitor.page.mouse.move(0, 0);
  const picture = await visitor.page.screenshot({ animations: 'disabled' });
  await scene.close();
  return picture;
}
