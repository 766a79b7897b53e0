import { networkInterfaces } from 'node:os';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlackSandbox } from '../../src/sandbox/slack/workspace.ts';
import { createVbsSimulator, type VbsSimulator } from '../../src/sandbox/vbs/simulator.ts';
import { loadPage, pageRoutes } from '../../src/sandbox/web/server/page.ts';
import { startSandbox } from '../sandbox/slack/workspace-with-app.ts';

const MOST_BYTES = 150_000;

describe('the files of the page', () => {
  let simulator: VbsSimulator;
  let slack: SlackSandbox;

  beforeAll(async () => {
    simulator = await createVbsSimulator();
    const about = { workspace: 'Files', app: 'vbs', commands: [], shortcuts: [], groups: [], kept: false };
    const parts = { simulator, about, onClock: () => undefined };
    slack = await startSandbox({ extraRoutes: pageRoutes(await loadPage(), parts) });
  });
  afterAll(async () => {
    await slack.close();
    await simulator.close();
  });

  const linksIn = (html: string): string[] =>
    [...html.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);

  it('are a page, a script of less than 150 kB gzipped, a style and an icon, all from here', async () => {
    const html = await fetch(slack.url).then((response) => response.text());
    const links = linksIn(html);
    expect(links.map((link) => link.replace(/-[\w-]{8}\./, '.')).sort()).toEqual([
      '/assets/icon.svg',
      '/assets/index.css',
      '/assets/index.js',
    ]);
    const answers = await Promise.all(links.map((link) => fetch(slack.url + link)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const script = answers[links.findIndex((link) => link.endsWith('.js'))];
    const bytes = gzipSync((await script?.text()) ?? '').length;
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });

  it('forbid the browser to load, run or send anything elsewhere', async () => {
    const { headers } = await fetch(slack.url);
    expect(headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  it('are served on 127.0.0.1 and at no other address of this machine', async () => {
    const { hostname, port } = new URL(slack.url);
    expect(hostname).toBe('127.0.0.1');
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const addresses = others.filter(({ family, address }) => family === 'IPv4' && address !== '127.0.0.1');
    for (const { address } of [...addresses, { address: '127.0.0.2' }]) {
      await expect(fetch(`http://${address}:${port}/`), address).rejects.toThrow('fetch failed');
    }
  });
});
