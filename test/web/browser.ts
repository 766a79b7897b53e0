import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { describe } from 'vitest';
import { browserPath } from './chromium.ts';

/** A suite in a real browser; skipped where there is none, which the run says at its beginning. */
export function describeInBrowser(title: string, tests: () => void): void {
  describe.skipIf(browserPath === undefined)(title, { timeout: 60_000 }, tests);
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
