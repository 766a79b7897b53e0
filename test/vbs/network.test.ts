import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { createVbsClient } from '../../src/vbs/client.ts';
import { VbsAborted, VbsNetworkError } from '../../src/vbs/errors.ts';
import type { VbsClientOptions } from '../../src/vbs/options.ts';
import { startHttpServer } from '../support/http-server.ts';
import { gate, projectId, rejection, scriptedCloud, tokenAnswer, wireBackup, wireSharing } from './cloud.ts';

const found = { json: { shared: wireSharing('s-1') } };
const shared = { json: { shared: [wireSharing('s-1')] } };
const once: Partial<VbsClientOptions> = { retry: { tries: 1 } };

/** A client whose identity service works and whose backup service is where nothing listens. */
async function withoutService(): Promise<ReturnType<typeof createVbsClient>> {
  const identity = await startHttpServer(() => tokenAnswer('token-1', new Date(Date.now() + 86_400_000)));
  const gone = await startHttpServer(() => ({}));
  await gone.close();
  const client = createVbsClient({
    project: { id: projectId, name: 'payments' },
    endpoints: { iam: identity.url, vbs: gone.url },
    credentials: { kind: 'password', user: 'bot', password: 'secret', domain: 'acme' },
    sleep: async () => {},
  });
  onTestFinished(async () => {
    await client.close();
    await identity.close();
  });
  return client;
}

test('a write that could not connect did nothing', async () => {
  const client = await withoutService();
  const error = await rejection(client.sharings.share('b-1', ['p-2']));
  expect(error).toBeInstanceOf(VbsNetworkError);
  expect(error).toMatchObject({
    message: expect.stringMatching(
      /^share a backup of payments: POST \/v2\/.* → could not connect: connect ECONNREFUSED 127\.0\.0\.1:\d+$/,
    ),
    code: 'ECONNREFUSED',
    effect: 'none',
    cause: expect.objectContaining({ message: expect.stringContaining('ECONNREFUSED') }),
  });
});

test('a write whose connection was cut, or whose answer did not come in time, may have been done', async () => {
  const troubles = [
    { cut: 'at once' },
    { cut: 'in the body' },
    { hang: 'at once' },
    { hang: 'in interim answers' },
    { hang: 'in the body' },
  ] as const;
  for (const trouble of troubles) {
    const { client, calls } = await scriptedCloud(() => trouble, {
      options: { timeouts: { headersMs: 100, bodyMs: 100 } },
    });
    const error = await rejection(client.sharings.share('b-1', ['p-2']));
    expect(error).toBeInstanceOf(VbsNetworkError);
    expect(error).toMatchObject({ effect: 'unknown', message: expect.stringContaining('no whole answer') });
    expect(calls()).toHaveLength(1);
  }
});

test('headers that do not come and a body that stops end a read in time', async () => {
  for (const hang of ['at once', 'in interim answers', 'in the body'] as const) {
    const { client, calls } = await scriptedCloud(() => ({ hang }), {
      options: { timeouts: { headersMs: 50, bodyMs: 50 }, retry: { tries: 2 } },
    });
    expect(await rejection(client.sharings.get('s-1'))).toMatchObject({ name: 'VbsNetworkError', effect: 'none' });
    expect(calls()).toHaveLength(2);
  }
});

test('what the answer held before it broke does not get into the error', async () => {
  const { client } = await scriptedCloud(() => ({ cut: 'in the body' }), { options: once });
  const error = await rejection(client.sharings.get('s-1'));
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('{"shared"');
});

test('a call that the caller gave up is aborted, and a write among them may have been done', async () => {
  const came = gate();
  const { client } = await scriptedCloud(() => {
    came.open();
    return { hang: 'at once' };
  });
  const giveUp = new AbortController();
  const read = rejection(client.sharings.get('s-1', { signal: giveUp.signal }));
  const write = rejection(client.sharings.cancel('s-1', { signal: giveUp.signal }));
  await came.opened;
  giveUp.abort(new Error('enough'));
  expect(await read).toMatchObject({ name: 'VbsAborted', effect: 'none', cause: new Error('enough') });
  expect(await write).toBeInstanceOf(VbsAborted);
});

test('a write that was given up while the server had it may have been done', async () => {
  const came = gate();
  const { client } = await scriptedCloud(() => {
    came.open();
    return { hang: 'at once' };
  });
  const giveUp = new AbortController();
  const write = rejection(client.sharings.cancel('s-1', { signal: giveUp.signal }));
  await came.opened;
  giveUp.abort();
  expect(await write).toMatchObject({ name: 'VbsAborted', effect: 'unknown' });
});

test('a call that was given up beforehand is not sent', async () => {
  const { client, calls } = await scriptedCloud(() => found);
  const signal = AbortSignal.abort(new Error('enough'));
  expect(await rejection(client.sharings.cancel('s-1', { signal }))).toMatchObject({
    name: 'VbsAborted',
    effect: 'none',
    cause: new Error('enough'),
  });
  expect(calls()).toEqual([]);
});

test('no more calls run at once than the project allows, and none is lost', async () => {
  const three = gate();
  const { client, server, calls } = await scriptedCloud(
    async (_, nth) => {
      if (nth === 3) three.open();
      await three.opened;
      return found;
    },
    { options: { concurrency: 3 } },
  );
  await Promise.all(Array.from({ length: 40 }, () => client.sharings.get('s-1')));
  expect([server.mostAtOnce, calls().length]).toEqual([3, 40]);
});

test('a call that waits for its turn can be given up, and the turn goes to the next', async () => {
  const begun = gate();
  const goOn = gate();
  const { client, calls } = await scriptedCloud(
    async (_, nth) => {
      begun.open();
      if (nth === 1) await goOn.opened;
      return found;
    },
    { options: { concurrency: 1 } },
  );
  const first = client.sharings.get('s-1');
  await begun.opened;
  const giveUp = new AbortController();
  const second = rejection(client.sharings.cancel('s-2', { signal: giveUp.signal }));
  const third = client.sharings.get('s-3');
  giveUp.abort();
  expect(await second).toMatchObject({ name: 'VbsAborted', effect: 'none' });
  goOn.open();
  await Promise.all([first, third]);
  expect(calls().map((call) => call.split('/').at(-1))).toEqual(['s-1', 's-3']);
});

test('connections are kept and used again', async () => {
  const { client, server } = await scriptedCloud(() => found);
  for (let call = 0; call < 20; call++) await client.sharings.get('s-1');
  // The HTTP client lets a connection rest for a moment after an answer, and meanwhile takes another.
  expect(server.connections).toBeLessThanOrEqual(2);
});

test('a connection that the server dropped between two calls does no harm', async () => {
  const { client, server } = await scriptedCloud(() => ({ ...found, headers: { Connection: 'close' } }));
  for (let call = 0; call < 3; call++) await client.sharings.get('s-1');
  expect(server.count('GET', /s-1/)).toBe(3);
});

test('the native backups have an endpoint of their own, and endpoints may lie under a path', async () => {
  const storage = await startHttpServer(() => ({ json: { backup: wireBackup('b-1') } }));
  onTestFinished(() => storage.close());
  const { client } = await scriptedCloud(() => found, {
    options: { nativeApiVersion: 'v2' },
  });
  expect(await rejection(client.backups.get('b-1'))).toMatchObject({ path: `/v2/${projectId}/backups/b-1` });
  const identity = await startHttpServer(() => tokenAnswer('token-1', new Date(Date.now() + 86_400_000)));
  onTestFinished(() => identity.close());
  const apart = createVbsClient({
    project: { id: projectId, name: 'payments' },
    endpoints: { iam: `${identity.url}/iam/`, vbs: 'http://127.0.0.1:1', blockStorage: `${storage.url}/volume/` },
    credentials: { kind: 'password', user: 'bot', password: 'secret', domain: 'acme' },
  });
  onTestFinished(() => apart.close());
  expect(await apart.backups.get('b-1')).toMatchObject({ id: 'b-1' });
  expect([identity.requests[0]?.path, storage.requests[0]?.path]).toEqual([
    '/iam/v3/auth/tokens',
    `/volume/v3/${projectId}/backups/b-1`,
  ]);
});

test('closing lets what is under way end, and takes nothing more', async () => {
  const begun = gate();
  const goOn = gate();
  const { client } = await scriptedCloud(async () => {
    begun.open();
    await goOn.opened;
    return shared;
  });
  const underWay = client.sharings.share('b-1', ['p-2']);
  await begun.opened;
  const closed = client.close();
  const first = Promise.race([client.close().then(() => 'closed'), underWay.then(() => 'ended')]);
  goOn.open();
  expect(await first).toBe('ended');
  expect(await underWay).toMatchObject({ value: [{ id: 's-1' }] });
  await closed;
  expect(await rejection(client.sharings.share('b-1', ['p-2']))).toMatchObject({
    name: 'VbsAborted',
    message: expect.stringContaining('the client is closed'),
    effect: 'none',
  });
  await client.close();
});

test('closing ends waits for a next try', async () => {
  const waiting = gate();
  const { client } = await scriptedCloud(() => ({ status: 503 }), {
    options: {
      sleep: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
          waiting.open();
        }),
    },
  });
  const call = rejection(client.sharings.get('s-1'));
  await waiting.opened;
  await client.close();
  expect(await call).toBeInstanceOf(VbsAborted);
});

test('hundreds of calls under one signal leave no warning behind', async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error) => warnings.push(warning);
  process.on('warning', warn);
  onTestFinished(() => {
    process.off('warning', warn);
  });
  const { client } = await scriptedCloud(() => found);
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 200 }, () => client.sharings.get('s-1', { signal })));
  await new Promise(setImmediate);
  expect(warnings).toEqual([]);
});
