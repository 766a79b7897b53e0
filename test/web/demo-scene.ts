import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type Demo, startDemo } from '../../src/sandbox/demo.ts';
import { openPage } from './browser.ts';
import { launch } from './chromium.ts';
import { Visitor } from './visitor.ts';

/** The whole demo, and a browser to look at it with. */
export interface DemoScene {
  readonly demo: Demo;
  readonly browser: Browser;
  /** Opens the page anew, as someone who was never here. */
  visit(options?: BrowserContextOptions): Promise<Visitor>;
  /** What the pages did that they must not, since the last call. */
  takeFaults(): readonly string[];
  /** Ends the demo. */
  stop(): Promise<void>;
  /** Starts it again on the same port, with what it had or without. */
  start(how: { readonly keep: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** Fast, and yet slow enough for a run to be seen while it goes on. */
const PACE = { taskSeconds: 3, waitSeconds: 1, staggerSeconds: 0 };

export async function startDemoScene(): Promise<DemoScene> {
  const manifest = new URL('../../manifest.yml', import.meta.url);
  const folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-page-'));
  let demo = await startDemo({ port: 0, keep: true, play: false, manifest, folder, pace: PACE });
  const { url } = demo.slack;
  const browser = await launch();
  const faults: string[][] = [];
  return {
    get demo() {
      return demo;
    },
    browser,
    async visit(options) {
      const opened = await openPage(browser, url, options);
      faults.push(opened.faults);
      return new Visitor(opened.page);
    },
    takeFaults: () => faults.flatMap((list) => list.splice(0)),
    stop: () => demo.stop(),
    async start({ keep }) {
      demo = await startDemo({ port: Number(new URL(url).port), keep, play: false, manifest, folder, pace: PACE });
    },
    async close() {
      await browser.close();
      await demo.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
