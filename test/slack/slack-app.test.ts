import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { defineCommand } from '../../src/slack/define.ts';
import { createRegistry } from '../../src/slack/registry.ts';
import { sentence } from '../../src/slack/sentence.ts';
import { createSlackApp } from '../../src/slack/slack-app.ts';
import { eventually, person } from '../support/slack-person.ts';
import { CHANNEL, recordingLog, startBot, startSandbox, testCore } from './bot-in-sandbox.ts';

const ping = defineCommand({
  word: 'ping',
  summary: '',
  usage: '',
  examples: [],
  run: () => ({ say: sentence('pong') }),
});

describe('Socket Mode', () => {
  test('holds two connections, and is ready once one stands', async () => {
    const { sandbox, app } = await startBot([ping]);

    expect(app.ready()).toBe(true);
    await eventually(() => sandbox.connections() === 2);
  });

  test('answers while Slack renews one connection, and has two again at once', async () => {
    const { sandbox, app } = await startBot([ping]);
    await eventually(() => sandbox.connections() === 2);

    await sandbox.setFaults({ socket: { disconnect: 'refresh_requested', connections: 1 } });
    const { response } = await person(sandbox.url, 'U1').command(CHANNEL, 'ping');

    expect(response).toMatchObject({ text: 'pong' });
    expect(app.ready()).toBe(true);
    await eventually(() => sandbox.connections() === 2, { withinMs: 4_000 });
  });

  test('comes back after every connection was cut while Slack refused new ones', async () => {
    const { sandbox, app, log } = await startBot([ping]);
    await eventually(() => sandbox.connections() === 2);

    await sandbox.setFaults({ socket: { drop: true, refuse_open: 4 } });
    await eventually(() => !app.ready());

    await eventually(() => sandbox.connections() === 2, { withinMs: 20_000 });
    expect(app.ready()).toBe(true);
    expect(log.lines).toContainEqual({
      level: 'warn',
      about: { error: 'internal_error', failures: expect.any(Number), waitMs: expect.any(Number) },
      message: 'Slack cannot be reached over Socket Mode',
    });
  });

  test('outlives a Slack that is away at the start, and a token that is refused is told once', async () => {
    const sandbox = await startSandbox();
    const log = recordingLog();
    const core = await testCore({ log });
    const refused: string[] = [];
    const app = createSlackApp({
      settings: { mode: 'socket', botToken: sandbox.tokens.bot, appToken: 'xapp-wrong', apiUrl: sandbox.apiUrl },
      core,
      registry: createRegistry([ping]),
      onRefused: (problem) => void refused.push(problem),
    });
    let started = false;
    const start = app.start().then(() => {
      started = true;
    });

    await eventually(() => log.lines.filter(({ level }) => level === 'warn').length >= 4);
    expect({ started, ready: app.ready(), refused }).toEqual({
      started: false,
      ready: false,
      refused: ['invalid_auth'],
    });

    await app.stop();
    await start;
    await core.store.close();
  });

  test('stops although a second step hangs, and takes in nothing more', async () => {
    const hanging = defineCommand({
      word: 'hang',
      summary: '',
      usage: '',
      examples: [],
      run: () => ({ later: () => new Promise(() => undefined) }),
    });
    const { sandbox, app } = await startBot([hanging]);
    await person(sandbox.url, 'U1').command(CHANNEL, 'hang');

    const began = performance.now();
    await app.stop(200);

    expect(performance.now() - began).toBeLessThan(3_000);
    expect({ ready: app.ready(), connections: sandbox.connections() }).toEqual({ ready: false, connections: 0 });
  });
});

describe('signed HTTP', () => {
  const signedPing = (secret: string, stamp: number, text = 'ping') => {
    const body = new URLSearchParams({
      command: '/vbs',
      text,
      user_id: 'U1',
      channel_id: CHANNEL,
      team_id: 'T1',
      trigger_id: '1.2.3',
      response_url: 'http://127.0.0.1:1/',
    }).toString();
    const signature = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex');
    return {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(stamp),
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    };
  };
  const nowS = () => Math.floor(Date.now() / 1_000);

  async function listening() {
    const { sandbox, app } = await startBot([ping], { mode: 'http' });
    const url = `http://127.0.0.1:${app.port()}/slack/events`;
    const statusOf = async (request: RequestInit) => (await fetch(url, request)).status;
    return { sandbox, app, url, statusOf, secret: sandbox.signingSecret };
  }

  test('answers what Slack signed', async () => {
    const { secret, statusOf } = await listening();

    expect(await statusOf(signedPing(secret, nowS()))).toBe(200);
  });

  test('refuses a forged signature, a stamp that is old and one of the future', async () => {
    const { secret, statusOf } = await listening();

    expect(await statusOf(signedPing('wrong', nowS()))).toBe(401);
    expect(await statusOf(signedPing(secret, nowS() - 400))).toBe(401);
    expect(await statusOf(signedPing(secret, nowS() + 400))).toBe(401);
  });

  test('refuses the same request a second time, but not one whose first copy was forged', async () => {
    const { secret, statusOf } = await listening();
    const request = signedPing(secret, nowS());

    expect(await statusOf({ ...request, body: `${request.body}&forged=1` })).toBe(401);
    expect([await statusOf(request), await statusOf(request)]).toEqual([200, 401]);
  });

  test('knows nothing but its own path', async () => {
    const { url } = await listening();

    expect((await fetch(new URL('/', url))).status).toBe(404);
  });

  test('is ready while it listens, and stops within seconds although a client holds its connection', async () => {
    const { app, url } = await listening();
    const held = new AbortController();
    onTestFinished(() => held.abort());
    const open = fetch(url, { method: 'POST', signal: held.signal, body: slowBody(), duplex: 'half' } as RequestInit);
    open.catch(() => undefined);
    expect(app.ready()).toBe(true);

    const began = performance.now();
    await app.stop();

    expect(performance.now() - began).toBeLessThan(6_000);
    expect(app.ready()).toBe(false);
  });
});

function slowBody(): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      controller.enqueue(new TextEncoder().encode('.'));
      await delay(100);
    },
  });
}
