import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { SlackSandbox } from '../../src/sandbox/slack/workspace.ts';
import { createVbsSimulator } from '../../src/sandbox/vbs/simulator.ts';
import { loadPage, pageRoutes } from '../../src/sandbox/web/server/page.ts';
import { type PlainApp, startPlainApp } from '../sandbox/slack/plain-app.ts';
import { call, post } from '../sandbox/slack/web-api-client.ts';
import { CHANNEL, startSandbox } from '../sandbox/slack/workspace-with-app.ts';
import { describeInBrowser, openPage } from './browser.ts';
import { launch } from './chromium.ts';
import { Visitor } from './visitor.ts';

type Json = Record<string, unknown>;

/** A workspace with an app that sends whatever a test has it send, and the page to look at it. */
export interface BlockScene {
  readonly slack: SlackSandbox;
  readonly app: PlainApp;
  readonly visitor: Visitor;
  /** Posts blocks into the channel on the screen. */
  posts(blocks: readonly object[], more?: Json): Promise<string>;
  /** Changes such a message. */
  updates(ts: string, blocks: readonly object[]): Promise<void>;
  /** Has the app open a modal for the visitor, by way of a command. */
  opensModal(view: object): Promise<void>;
  /** The latest payload of this type that reached the app. */
  received(type: string): Json | undefined;
  takeFaults(): readonly string[];
  close(): Promise<void>;
}

/** Tests in one scene, each of which has to leave the page without a fault. */
export function describeInBlockScene(title: string, tests: (scene: () => BlockScene) => void): void {
  describeInBrowser(title, () => {
    let scene: BlockScene;

    beforeAll(async () => {
      scene = await startBlockScene();
    });
    afterEach(() => {
      scene.app.answer(() => ({}));
      expect(scene.takeFaults()).toEqual([]);
    });
    afterAll(() => scene.close());

    tests(() => scene);
  });
}

async function startBlockScene(): Promise<BlockScene> {
  const app = await startPlainApp();
  const simulator = await createVbsSimulator();
  const about = {
    workspace: 'Blocks',
    app: 'vbs',
    commands: [{ command: '/vbs', usage: '[help]', summary: 'Tries blocks' }],
    shortcuts: [
      { callbackId: 'anywhere', name: 'Tell of it', summary: 'From anywhere', isOnMessages: false },
      { callbackId: 'on_message', name: 'Keep it', summary: 'This message', isOnMessages: true },
    ],
    groups: [{ id: 'S1', handle: 'owners', users: ['U2'] }],
    kept: false,
  };
  const slack = await startSandbox({
    delivery: { mode: 'http', url: app.url },
    timing: { ackMs: 400 },
    extraRoutes: pageRoutes(await loadPage(), { simulator, about, onClock: () => undefined }),
  });
  const browser: Browser = await launch();
  const { page, faults } = await openPage(browser, slack.url);
  const visitor = new Visitor(page);
  await visitor.opens('general');
  return {
    slack,
    app,
    visitor,
    posts: (blocks, more = {}) => post(slack, { channel: CHANNEL, text: 'the fallback', blocks, ...more }),
    async updates(ts, blocks) {
      await call(slack, 'chat.update', { channel: CHANNEL, ts, text: 'the fallback', blocks });
    },
    async opensModal(view) {
      app.answer((payload) => {
        if (typeof payload['trigger_id'] === 'string' && payload['command'] === '/vbs') {
          void call(slack, 'views.open', { trigger_id: payload['trigger_id'], view });
        }
        return {};
      });
      await visitor.types('/vbs open');
      await visitor.dialog.waitFor();
    },
    received: (type) => app.received.map(({ payload }) => payload).findLast((payload) => payload['type'] === type),
    takeFaults: () => faults.splice(0),
    async close() {
      await browser.close();
      await slack.close();
      await simulator.close();
      await app.close();
    },
  };
}
