import { browserPath } from '../web/chromium.ts';

/** Says once a run, before any test, that there is no browser; in CI, where nothing may be skipped, ends it. */
export default function setup(): void {
  if (browserPath !== undefined) return;
  const words = 'They need Chromium: apt-get install chromium, or say in CHROMIUM where it is.';
  if (process.env['CI']) throw new Error(`There is no browser for the tests of the sandbox's page. ${words}`);
  process.stderr.write(
    `\nThe tests of the sandbox's page in a browser are SKIPPED; with CI=true they fail. ${words}\n\n`,
  );
}
