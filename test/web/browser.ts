import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { describe } from 'vitest';
import { browserPath } from './chromium.ts';

/** A suite in a real browser; skipped where there is none, which the run says at its beginning. */
export function describeInBrowser(title: string, tests: () => void): void {
  describe.skipIf(browserPath === undefined)(title, { timeout: 60_000 }, tests);
}

/** What the browser logs as errors although the page deals with it: a refusal of the sandbox, a demo that is gone. */
const EXPECTED = ['Failed to load resource', 'ERR_CONNECTION_REFUSED'];

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
    if (line.type() === 'error' && !EXPECTED.some((words) => line.text().includes(words))) faults.push(line.text());
  });
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && host !== new URL(url).host) faults.push(`a request to ${request.url()}`);
  });
  await page.goto(url);
  return { page, faults };
}
