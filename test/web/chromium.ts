import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

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

/** The browser that was found; undefined where there is none. */
export const browserPath = PLACES.find((place) => place !== undefined && existsSync(place));

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium. */
export function launch(): Promise<Browser> {
  if (browserPath === undefined) throw new Error('there is no browser');
  return chromium.launch({ executablePath: browserPath, args: ARGS });
}
