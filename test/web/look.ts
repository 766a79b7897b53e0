import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';

/** Where a person can look at the pictures; not under version control. */
const SCREENSHOTS = fileURLToPath(new URL('screenshots/', import.meta.url));

/** In dark, the same page has other colours and nothing else. */
const LOOKS = [
  ['light', {}],
  ['dark', { runOnly: ['color-contrast'] }],
] as const;

const findingsSchema = z.array(
  z.object({
    id: z.string(),
    help: z.string(),
    nodes: z.array(z.object({ target: z.array(z.unknown()), failureSummary: z.string().optional() })),
  }),
);

/**
 * Looks at the page as it stands, in light and in dark: leaves a picture of each, holds each against axe's rules for
 * people who use a screen reader or see colours badly, and sees that nothing sticks out at the side.
 */
export async function look(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  for (const [colorScheme, rules] of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `${SCREENSHOTS}${name}${colorScheme === 'dark' ? '-dark' : ''}.png` });
    expect.soft(await findings(page, rules), `${name}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  expect
    .soft(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'), name)
    .toBeLessThanOrEqual(0);
}

/** All that axe finds fault with, however slight, each with its places. */
async function findings(page: Page, rules: object): Promise<string[]> {
  await page.evaluate(axe.source);
  const options = JSON.stringify({ resultTypes: ['violations'], ...rules });
  const answer = await page.evaluate(`axe.run(document, ${options}).then((it) => it.violations)`);
  return findingsSchema
    .parse(answer)
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => `${id} (${help}): ${target.join(' ')} ${failureSummary}`),
    );
}
