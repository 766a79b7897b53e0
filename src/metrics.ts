import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Store, StoreCounts } from './core/stores.ts';
import { listenFault } from './listen-fault.ts';
import { within } from './within.ts';

const PREFIX = 'vbs_chatops_';
// Slack waits 3 s for an ack; the first steps show what a command in memory costs, the last what is lost.
const ACK_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
const CLOUD_BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What the bot counts. */
export type Metrics = ReturnType<typeof createMetrics>;

type MetricsOptions = {
  /** The clock, in milliseconds. */
  now?: () => number;
  /** How long a page waits for what is counted in the database; then it goes without. */
  countsWithinMs?: number;
};

/** Makes the bot's metrics, in a registry of their own. */
export function createMetrics({ now = Date.now, countsWithinMs = 2_000 }: MetricsOptions = {}) {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `${PREFIX}${name}`, help, labelNames, registers });
  const polledAt = new Map<string, number>();
  const pollAge = new Gauge({
    name: `${PREFIX}poll_age_seconds`,
    help: 'Time since the last sweep of the project that went well here, or since the start.',
    labelNames: ['project'],
    registers,
    collect() {
      for (const [project, at] of polledAt) this.set({ project }, Math.max(0, (now() - at) / 1_000));
    },
  });
  return {
    registry,
    interactions: counter('interactions_total', 'Commands, clicks, forms and searches from Slack.', [
      'kind',
      'id',
      'outcome',
    ]),
    ackSeconds: new Histogram({
      name: `${PREFIX}ack_seconds`,
      help: 'Time until Slack got its answer.',
      labelNames: ['kind', 'id'],
      buckets: ACK_BUCKETS,
      registers,
    }),
    cloudRequests: counter('cloud_requests_total', 'Requests to the cloud, by their status or "error".', [
      'project',
      'operation',
      'status',
    ]),
    cloudRequestSeconds: new Histogram({
      name: `${PREFIX}cloud_request_seconds`,
      help: 'How long the cloud took to answer.',
      labelNames: ['project', 'operation'],
      buckets: CLOUD_BUCKETS,
      registers,
    }),
    cardsDelivered: counter('cards_delivered_total', 'Cards posted and updated in Slack, and those refused.', [
      'kind',
      'outcome',
    ]),
    pollSweeps: counter('poll_sweeps_total', "Sweeps of a project's policies.", ['project', 'outcome']),
    pollAge,
    /** Notes that these projects are watched from now on: one whose sweeps all fail grows old, too. */
    watched(projects: readonly string[]): void {
      for (const project of projects) polledAt.set(project, now());
    },
    /** Notes that a project's policies were looked at just now; `poll_age_seconds` counts from there. */
    polled(project: string): void {
      polledAt.set(project, now());
    },
    /** Adds what is counted in the database when the page is asked for: it outlives a restart, and replicas agree. */
    countIn: (store: Pick<Store, 'counts'>) => countIn(store, { registers, countsWithinMs }),
  };
}

function countIn(store: Pick<Store, 'counts'>, to: { registers: Registry[]; countsWithinMs: number }): void {
  const { registers, countsWithinMs } = to;
  let asked: Promise<StoreCounts | undefined> | undefined;
  // All gauges of a page begin to collect at once, and share one look into the database.
  const look = () => {
    asked ??= within(store.counts(), countsWithinMs).finally(() => {
      asked = undefined;
    });
    return asked;
  };
  const byState = (of: keyof StoreCounts, name: string, help: string) =>
    new Gauge({
      name: `${PREFIX}${name}`,
      help,
      labelNames: ['state'],
      registers,
      async collect() {
        const counts = await look();
        this.reset();
        for (const [state, total] of counts?.[of] ?? []) this.set({ state }, total);
      },
    });
  byState('shareRequests', 'share_requests', 'Share requests in each state.');
  byState('changes', 'changes', 'Changes in the cloud in each state.');
  byState('runs', 'policy_runs', 'Runs of policies in each state.');
  byState('cards', 'cards', 'Cards that wait to be brought up to date, and those that Slack refuses as they stand.');
  new Gauge({
    name: `${PREFIX}database_up`,
    help: 'Whether the database answered when this page was made; if not, what is counted in it is left out.',
    registers,
    async collect() {
      this.set((await look()) === undefined ? 0 : 1);
    },
  });
}

/** Whether the bot can do its work, and if not, what hinders it. */
export type Readiness = { ok: boolean; reasons: readonly string[] };

/** The status pages as they run. */
export type StatusServer = {
  host: string;
  /** The port that it got, where 0 was asked for. */
  port: number;
  /** Stops listening and ends the connections that are left. */
  close: () => Promise<void>;
};

/** The status pages can't be served; the message ends with the remedy. */
export class StatusServerError extends Error {
  override readonly name = 'StatusServerError';
}

type StatusServerOptions = {
  host: string;
  port: number;
  metrics: Metrics;
  ready: () => Promise<Readiness>;
  /** How long `ready` may take before the answer is no. */
  readyWithinMs?: number;
};

/**
 * Serves `/healthz` (the process answers), `/readyz` (it can work: 200, else 503 with the reasons) and `/metrics` for
 * Prometheus. Throws a StatusServerError if the address can't be had.
 */
export async function createStatusServer(options: StatusServerOptions): Promise<StatusServer> {
  const server = createServer((request, response) => {
    const answered = answer(request, options).catch(() => json(500, { error: 'the page could not be made' }));
    void answered.then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...allowed(status) });
      response.end(request.method === 'HEAD' ? undefined : body);
    });
  });
  const { host, port } = options;
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (cause) {
    const why = listenFault(cause, { port: 'server.port', host: 'server.host' });
    const otherwise = 'cannot listen: check server.host and server.port';
    throw new StatusServerError(`status pages on ${host}:${port} → ${why ?? otherwise}`, { cause });
  }
  const address = server.address();
  return {
    host,
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

type Answer = { status: number; type: string; body: string };

async function answer(request: IncomingMessage, options: StatusServerOptions): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return json(405, { error: 'GET or HEAD only' });
  switch (request.url?.split('?')[0]) {
    case '/healthz':
      return json(200, { ok: true });
    case '/readyz': {
      const readiness = await readinessOf(options);
      return json(readiness.ok ? 200 : 503, readiness);
    }
    case '/metrics': {
      const { registry } = options.metrics;
      return { status: 200, type: registry.contentType, body: await registry.metrics() };
    }
    default:
      return json(404, { error: 'there are /healthz, /readyz and /metrics' });
  }
}

async function readinessOf({ ready, readyWithinMs = 3_000 }: StatusServerOptions): Promise<Readiness> {
  // What went wrong may name addresses, and these pages ask nobody who they are: the log has it.
  const failed = (): Readiness => ({ ok: false, reasons: ['the check itself failed'] });
  const late = { ok: false, reasons: [`no answer within ${readyWithinMs} ms`] };
  return (await within(ready().catch(failed), readyWithinMs)) ?? late;
}

function json(status: number, body: unknown): Answer {
  return { status, type: 'application/json; charset=utf-8', body: `${JSON.stringify(body)}\n` };
}

function allowed(status: number): Record<string, string> {
  return status === 405 ? { allow: 'GET, HEAD' } : {};
}
