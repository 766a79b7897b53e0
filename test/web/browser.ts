import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { describe } from 'vitest';

/** Where Chromium lies on this machine; `CHROMIUM` says where else. */
const PLACES = [
  process.env['CHROMIUM'],
  chromium.executablePath(),
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const SCREENSHOTS = fileURLToPath(new URL('screenshots/', import.meta.url));

if (executablePath === undefined) {
  const words = 'The tests in a browser need Chromium: apt-get install chromium, or say in CHROMIUM where it is.';
  if (process.env['CI']) throw new Error(words);
  process.stderr.write(`Skipped. ${words}\n`);
}

/** A suite in a real browser; skipped where there is none, except in CI, where that is a failure. */
export const describeInBrowser = executablePath === undefined ? describe.skip : describe;

/** Starts Chromium. */
export function launch(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('there is no browser');
  return chromium.launch({ executablePath, args: ARGS });
}

/** A page that fails the test by its errors: what it throws, logs as an error, or asks of another host. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    // A refusal of the sandbox is an answer like others; the browser logs it all the same.
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) faults.push(line.text());
  });
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && host !== new URL(url).host) faults.push(`a request to ${request.url()}`);
  });
  await page.goto(url);
  return { page, faults };
}

/** Leaves a picture of the page where a person can look at it. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png` });
}
