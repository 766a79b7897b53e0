import { onTestFinished } from 'vitest';
import { createVbsClient, type VbsClient } from '../../src/vbs/client.ts';
import type { ExchangeEvent, VbsClientOptions } from '../../src/vbs/options.ts';
import { type ScriptedAnswer, type ScriptedServer, type SeenRequest, startHttpServer } from '../support/http-server.ts';

export const projectId = 'c13f5220dc1949b0b741ea81a7cd5554';
export const password = 'correct horse "battery" staple';
export const startOfTime = new Date('2026-01-05T08:00:00.000Z');

/** Answers to everything but the token requests; `nth` counts the calls to it, from 1. */
export type CloudScript = (request: SeenRequest, nth: number) => ScriptedAnswer | Promise<ScriptedAnswer>;

export interface ScriptedCloud {
  readonly client: VbsClient;
  readonly server: ScriptedServer;
  /** The calls other than token requests, as `METHOD path?query`. */
  readonly calls: () => string[];
  readonly tokenRequests: () => number;
  /** How long the client slept, in place of sleeping. */
  readonly slept: number[];
  readonly events: ExchangeEvent[];
  readonly clock: { now: Date };
}

export interface CloudSetup {
  /** Answers the nth token request; by default `token-<nth>`, which ends in a day by the clock. */
  readonly token?: (nth: number, clock: { now: Date }) => ScriptedAnswer | Promise<ScriptedAnswer>;
  readonly options?: Partial<VbsClientOptions>;
}

/** A token as the identity service gives it. */
export function tokenAnswer(token: string, expiresAt: Date): ScriptedAnswer {
  return {
    status: 201,
    headers: { 'X-Subject-Token': token },
    json: { token: { methods: ['password'], expires_at: expiresAt.toISOString().replace('Z', '000Z') } },
  };
}

/** A real server that plays the cloud by a script, and a client for it whose clock, sleep and dice are the test's. */
export async function scriptedCloud(script: CloudScript, setup: CloudSetup = {}): Promise<ScriptedCloud> {
  const clock = { now: startOfTime };
  const counts = { tokens: 0, calls: 0 };
  const giveToken = setup.token ?? ((nth) => tokenAnswer(`token-${nth}`, new Date(clock.now.getTime() + 86_400_000)));
  const server = await startHttpServer((request) =>
    request.path === '/v3/auth/tokens' ? giveToken(++counts.tokens, clock) : script(request, ++counts.calls),
  );
  const slept: number[] = [];
  const events: ExchangeEvent[] = [];
  const client = createVbsClient({
    project: { id: projectId, name: 'payments' },
    endpoints: { iam: server.url, vbs: server.url },
    credentials: { kind: 'password', user: 'bot', password, domain: 'acme' },
    now: () => clock.now,
    sleep: async (ms) => {
      slept.push(ms);
    },
    random: () => 1,
    onExchange: (event) => events.push(event),
    ...setup.options,
  });
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  return {
    client,
    server,
    calls: () => server.requests.filter(isCall).map(lineOf),
    tokenRequests: () => server.count('POST', /^\/v3\/auth\/tokens$/),
    slept,
    events,
    clock,
  };
}

function isCall(request: SeenRequest): boolean {
  return request.path !== '/v3/auth/tokens';
}

function lineOf(request: SeenRequest): string {
  const query = request.query.toString();
  return `${request.method} ${request.path}${query === '' ? '' : `?${query}`}`;
}

/** What a call was rejected with; fails if it was not. */
export async function rejection(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call should have failed');
}

/** All that an iterable gives. */
export async function all<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of iterable) items.push(item);
  return items;
}

/** A sharing as the cloud sends it. */
export function wireSharing(id: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id,
    backup_id: 'b-1',
    from_project_id: projectId,
    to_project_id: '722513ed0a324dadaabe5b2d0fe848b9',
    created_at: '2017-08-10T12:25:40.480424',
    updated_at: null,
    ...changes,
  };
}

/** A backup as the cloud sends it. */
export function wireBackup(id: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { id, name: null, status: 'available', size: 10, volume_id: 'v-1', created_at: null, ...changes };
}

/** Something to wait for until the test opens it. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
