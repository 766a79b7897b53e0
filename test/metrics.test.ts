import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { StoreCounts } from '../src/core/stores.ts';
import { createMetrics, createStatusServer, type Readiness, type StatusServer } from '../src/metrics.ts';

function deferred() {
  let resolve: (value?: unknown) => void = () => {};
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

const counts: StoreCounts = {
  shareRequests: new Map([
    ['pending', 2],
    ['shared', 3],
  ]),
  changes: new Map([['running', 1]]),
  runs: new Map([['running', 1]]),
  cards: new Map([
    ['waiting', 4],
    ['refused', 0],
  ]),
};
const store = { counts: async () => counts };

/** The lines that are no comments. */
function seriesOf(page: string): string[] {
  return page.split('\n').filter((line) => /^[a-z].* \S+$/.test(line));
}

describe('the metrics', () => {
  test('count and time under names with the prefix of the bot', async () => {
    const metrics = createMetrics();
    metrics.interactions.inc({ kind: 'command', id: 'help', outcome: 'ok' });
    metrics.ackSeconds.observe({ kind: 'command', id: 'help' }, 0.02);
    metrics.cloudRequests.inc({ project: 'payments', operation: 'share', status: '200' });
    metrics.cloudRequestSeconds.observe({ project: 'payments', operation: 'share' }, 0.2);
    metrics.cardsDelivered.inc({ kind: 'request', outcome: 'posted' });
    metrics.countIn(store);
    metrics.pollSweeps.inc({ project: 'payments', outcome: 'ok' });
    const lines = seriesOf(await metrics.registry.metrics());
    expect(lines.filter((line) => !line.includes('_bucket'))).toEqual([
      'vbs_chatops_interactions_total{kind="command",id="help",outcome="ok"} 1',
      'vbs_chatops_ack_seconds_sum{kind="command",id="help"} 0.02',
      'vbs_chatops_ack_seconds_count{kind="command",id="help"} 1',
      'vbs_chatops_cloud_requests_total{project="payments",operation="share",status="200"} 1',
      'vbs_chatops_cloud_request_seconds_sum{project="payments",operation="share"} 0.2',
      'vbs_chatops_cloud_request_seconds_count{project="payments",operation="share"} 1',
      'vbs_chatops_cards_delivered_total{kind="request",outcome="posted"} 1',
      'vbs_chatops_poll_sweeps_total{project="payments",outcome="ok"} 1',
      'vbs_chatops_share_requests{state="pending"} 2',
      'vbs_chatops_share_requests{state="shared"} 3',
      'vbs_chatops_changes{state="running"} 1',
      'vbs_chatops_policy_runs{state="running"} 1',
      'vbs_chatops_cards{state="waiting"} 4',
      'vbs_chatops_cards{state="refused"} 0',
      'vbs_chatops_database_up 1',
    ]);
    expect(lines).toContain('vbs_chatops_ack_seconds_bucket{le="3",kind="command",id="help"} 1');
  });

  test('tell the age of the last sweep by the clock, also one that was set back', async () => {
    let now = 1_000_000;
    const metrics = createMetrics({ now: () => now });
    metrics.polled('payments');
    now += 90_000;
    expect(await metrics.registry.metrics()).toContain('vbs_chatops_poll_age_seconds{project="payments"} 90');
    now -= 200_000;
    expect(await metrics.registry.metrics()).toContain('vbs_chatops_poll_age_seconds{project="payments"} 0');
  });

  test('tell the age of a project that was never swept well', async () => {
    let now = 1_000_000;
    const metrics = createMetrics({ now: () => now });
    metrics.watched(['payments', 'analytics']);
    now += 90_000;
    metrics.polled('analytics');
    expect(seriesOf(await metrics.registry.metrics())).toEqual([
      'vbs_chatops_poll_age_seconds{project="payments"} 90',
      'vbs_chatops_poll_age_seconds{project="analytics"} 0',
    ]);
  });

  test('ask the database once a page, and show what it says then', async () => {
    const metrics = createMetrics();
    let [looks, pending] = [0, 2];
    metrics.countIn({
      async counts() {
        looks += 1;
        return { ...counts, shareRequests: new Map([['pending', pending]]) };
      },
    });
    expect(await metrics.registry.metrics()).toContain('vbs_chatops_share_requests{state="pending"} 2');
    pending = 1;
    expect(await metrics.registry.metrics()).toContain('vbs_chatops_share_requests{state="pending"} 1');
    expect(looks).toBe(2);
  });

  test.each([
    ['fails', () => Promise.reject(new Error('connect postgres://vbs:secret@db'))],
    ['hangs', () => new Promise<StoreCounts>(() => {})],
  ])('leave out what the database counts while it %s, and show the rest', async (_how, trouble) => {
    const metrics = createMetrics({ countsWithinMs: 20 });
    let answer: () => Promise<StoreCounts> = store.counts;
    metrics.countIn({ counts: () => answer() });
    metrics.pollSweeps.inc({ project: 'payments', outcome: 'ok' });
    expect(seriesOf(await metrics.registry.metrics())).toContain('vbs_chatops_database_up 1');
    answer = trouble;
    expect(seriesOf(await metrics.registry.metrics())).toEqual([
      'vbs_chatops_poll_sweeps_total{project="payments",outcome="ok"} 1',
      'vbs_chatops_database_up 0',
    ]);
  });

  test('are apart from those of another bot in the same process', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.cardsDelivered.inc({ kind: 'request', outcome: 'posted' });
    expect(seriesOf(await one.registry.metrics())).toHaveLength(1);
    expect(seriesOf(await other.registry.metrics())).toEqual([]);
  });
});

describe('the status pages', () => {
  const running: StatusServer[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close();
  });

  async function serve(ready: () => Promise<Readiness>, readyWithinMs = 3_000) {
    const metrics = createMetrics();
    metrics.countIn(store);
    const server = await createStatusServer({
      host: '127.0.0.1',
      port: 0,
      metrics,
      ready,
      readyWithinMs,
    });
    running.push(server);
    const get = async (path: string, method = 'GET') => {
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
      return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
    };
    return { server, get };
  }

  const wellAndReady = async () => ({ ok: true, reasons: [] });
  const json = 'application/json; charset=utf-8';

  test('say that the process lives, whether or not it is ready', async () => {
    const { get } = await serve(async () => ({ ok: false, reasons: ['no connection to Slack'] }));
    expect(await get('/healthz')).toEqual({ status: 200, type: json, body: '{"ok":true}\n' });
  });

  test('say that it is ready, or why not with a status of 503', async () => {
    let readiness: Readiness = { ok: false, reasons: ['no connection to Slack', 'the database does not answer'] };
    const { get } = await serve(async () => readiness);
    expect(await get('/readyz')).toEqual({
      status: 503,
      type: json,
      body: '{"ok":false,"reasons":["no connection to Slack","the database does not answer"]}\n',
    });
    readiness = { ok: true, reasons: [] };
    expect(await get('/readyz?verbose')).toEqual({ status: 200, type: json, body: '{"ok":true,"reasons":[]}\n' });
  });

  test('are not ready when the check fails, and do not say what it said', async () => {
    const { get } = await serve(() => Promise.reject(new Error('connect postgres://vbs:secret@db')));
    expect(await get('/readyz')).toMatchObject({
      status: 503,
      body: '{"ok":false,"reasons":["the check itself failed"]}\n',
    });
  });

  test('are not ready when the check does not answer in time', async () => {
    const { get } = await serve(() => new Promise(() => {}), 20);
    expect(await get('/readyz')).toMatchObject({
      status: 503,
      body: '{"ok":false,"reasons":["no answer within 20 ms"]}\n',
    });
  });

  test('show the metrics to Prometheus', async () => {
    const { get } = await serve(wellAndReady);
    const { status, type, body } = await get('/metrics');
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(body).toContain('# TYPE vbs_chatops_share_requests gauge\nvbs_chatops_share_requests{state="pending"} 2\n');
  });

  test('answer HEAD without a body, and refuse other methods and paths', async () => {
    const { get } = await serve(wellAndReady);
    expect(await get('/healthz', 'HEAD')).toEqual({ status: 200, type: json, body: '' });
    expect(await get('/metrics', 'POST')).toMatchObject({ status: 405 });
    expect(await get('/')).toMatchObject({ status: 404 });
  });

  test('end at once on close, also a connection that is kept open', async () => {
    const { promise: asked, resolve: ask } = deferred();
    const { server } = await serve(() => {
      ask();
      return new Promise(() => {});
    });
    const { promise: hanging, resolve: cut } = deferred();
    request({ host: '127.0.0.1', port: server.port, path: '/readyz' }).on('error', cut).end();
    await asked;
    await running.pop()?.close();
    expect(await hanging).toMatchObject({ code: 'ECONNRESET' });
    await expect(fetch(`http://127.0.0.1:${server.port}/healthz`)).rejects.toThrow();
  });

  test('say what to do when the port is taken or the address is not there', async () => {
    const { server } = await serve(wellAndReady);
    const again = (host: string) =>
      createStatusServer({ host, port: server.port, metrics: createMetrics(), ready: wellAndReady });
    await expect(again('127.0.0.1')).rejects.toThrow(
      `status pages on 127.0.0.1:${server.port} → the port is taken: set server.port to a free one`,
    );
    await expect(again('192.0.2.1')).rejects.toThrow('this machine has no such address: set server.host to');
  });
});
