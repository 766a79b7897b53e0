import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createProxy, ProxyError, type WayOut } from '../src/proxy.ts';
import { createVbsClient } from '../src/vbs/client.ts';
import { nobody } from './doctor/examination.ts';
import { type Manner, startConnectProxy } from './support/connect-proxy.ts';
import { type ScriptedServer, startHttpServer } from './support/http-server.ts';
import { selfSigned } from './support/self-signed.ts';

async function server(): Promise<ScriptedServer & { readonly port: string }> {
  const started = await startHttpServer(() => ({ text: 'here' }));
  onTestFinished(() => started.close());
  return Object.assign(started, { port: new URL(started.url).port });
}

function way(url: string, except: readonly string[] = []): WayOut {
  const out = createProxy({ url, except });
  onTestFinished(() => out.close());
  return out;
}

async function failure(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => 'it went through',
    (error: unknown) => error,
  );
}

describe('a proxy', () => {
  it('is asked with its user and password, whatever characters they have', async () => {
    const proxy = await startConnectProxy({ user: 'bot:p@ss:w/rd%' });
    const { port } = await server();
    const out = way(`http://bot:${encodeURIComponent('p@ss:w/rd%')}@127.0.0.1:${proxy.port}`);
    expect(await (await out.fetch(`http://somewhere.test:${port}/`)).text()).toBe('here');
    expect(proxy.asked).toEqual([`somewhere.test:${port}`]);
  });

  it('is left out for the hosts that are excepted, and those below them', async () => {
    const proxy = await startConnectProxy({ manner: 403 });
    const { port, url } = await server();
    const out = way(`http://127.0.0.1:${proxy.port}`, ['127.0.0.1', 'Localhost']);
    expect(await (await out.fetch(url)).text()).toBe('here');
    await failure(out.fetch(`http://below.localhost:${port}/`));
    expect(proxy.asked).toEqual([]);
    await failure(out.fetch(`http://notlocalhost:${port}/`));
    expect(proxy.asked).toEqual([`notlocalhost:${port}`]);
  });

  it.each<[string, Manner, string, string]>([
    [
      'that does not know the user',
      407,
      'wants to know who asks (HTTP 407)',
      'put a user and a password that it knows into proxy.url',
    ],
    [
      'that does not let it through',
      403,
      'refuses to connect to slack.test (HTTP 403)',
      'have it let the bot reach slack.test, or list that host under proxy.except',
    ],
    [
      'that hangs up',
      'hang up',
      'opens no connection to slack.test: other side closed',
      'check proxy.url, and that the proxy runs',
    ],
  ])('%s is named without the password, with the remedy, and asked once', async (_which, manner, problem, remedy) => {
    const proxy = await startConnectProxy({ manner });
    const error = await failure(way(`http://bot:hunter2@127.0.0.1:${proxy.port}`).fetch('http://slack.test/'));
    expect(error).toBeInstanceOf(ProxyError);
    expect(error).toMatchObject({ message: `the proxy http://127.0.0.1:${proxy.port} ${problem}`, remedy });
    expect(proxy.asked).toEqual(['slack.test:80']);
  });

  it('that is not there is named as well', async () => {
    const url = await nobody();
    expect(String(await failure(way(url).fetch('https://slack.test/')))).toMatch(
      /^ProxyError: the proxy http:\/\/127\.0\.0\.1:\d+ opens no connection to slack\.test: connect ECONNREFUSED/,
    );
  });

  it('is not blamed for a certificate behind it', async () => {
    const proxy = await startConnectProxy();
    const behind = createTlsServer(selfSigned, (_, response) => response.end('here')).listen(0, '127.0.0.1');
    await once(behind, 'listening');
    onTestFinished(() => void behind.close());
    const address = behind.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const error = await failure(way(`http://127.0.0.1:${proxy.port}`).fetch(`https://cloud.test:${port}/`));
    expect(error).toMatchObject({ cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
    expect(proxy.asked).toEqual([`cloud.test:${port}`]);
  });
});

describe('a call of the cloud', () => {
  it.each<[string, Manner, RegExp]>([
    ['hangs up', 'hang up', /could not connect: the proxy http:\S+ opens no connection to cloud\.test: other side/],
    ['refuses', 407, /could not connect: the proxy http:\S+ wants to know who asks \(HTTP 407\)$/],
  ])('was surely not made where the proxy %s', async (_what, manner, words) => {
    const proxy = await startConnectProxy({ manner });
    const client = createVbsClient({
      project: { id: 'c13f5220dc1949b0b741ea81a7cd5554', name: 'payments' },
      endpoints: { iam: 'http://cloud.test', vbs: 'http://cloud.test' },
      credentials: { kind: 'accessKey', accessKey: 'AK', secretKey: 'hunter2' },
      connections: way(`http://127.0.0.1:${proxy.port}`).connections,
    });
    onTestFinished(() => client.close());
    expect(await failure(client.sharings.share('b-1', ['p-2']))).toMatchObject({
      effect: 'none',
      message: expect.stringMatching(words),
    });
    expect(proxy.asked).toEqual(['cloud.test:80']);
  });
});
