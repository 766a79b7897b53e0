import { afterEach } from 'vitest';
import type { SimClock } from '../../../src/sandbox/vbs/clock.ts';
import { createSimClock } from '../../../src/sandbox/vbs/clock.ts';
import type { Seed } from '../../../src/sandbox/vbs/seed.ts';
import type { VbsSimulator, VbsSimulatorOptions } from '../../../src/sandbox/vbs/simulator.ts';
import { createVbsSimulator } from '../../../src/sandbox/vbs/simulator.ts';

export const START = new Date('2026-03-10T12:00:00Z');
export const PAYMENTS = '11111111111111111111111111111111';
export const ANALYTICS = '22222222222222222222222222222222';
export const PLATFORM = '33333333333333333333333333333333';
export const DISK = 'd0000000-0000-4000-8000-000000000001';
export const OTHER_DISK = 'd0000000-0000-4000-8000-000000000002';
export const FOREIGN_DISK = 'd0000000-0000-4000-8000-000000000003';
export const BACKUP = 'b0000000-0000-4000-8000-000000000001';
export const BROKEN_BACKUP = 'b0000000-0000-4000-8000-000000000002';
export const FOREIGN_BACKUP = 'b0000000-0000-4000-8000-000000000003';
export const POLICY = 'a0000000-0000-4000-8000-000000000001';
export const UNKNOWN = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';

/** Three projects, three disks, three backups, one policy of two disks; `owner`, `guest` and `reader`. */
export function smallSeed(): Seed {
  return {
    projects: [
      { id: PAYMENTS, name: 'payments' },
      { id: ANALYTICS, name: 'analytics' },
      { id: PLATFORM, name: 'platform' },
    ],
    users: [
      { name: 'owner', password: 'pw-owner', roles: { payments: 'admin' } },
      { name: 'guest', password: 'pw-guest', roles: { analytics: 'admin', platform: 'admin' } },
      { name: 'reader', password: 'pw-reader', roles: { payments: 'reader' } },
    ],
    disks: [
      { id: DISK, name: 'db-1', size: 100, project: 'payments' },
      { id: OTHER_DISK, name: 'db-2', size: 40, project: 'payments', availabilityZone: 'eu-de-02' },
      { id: FOREIGN_DISK, name: 'lake', size: 2000, project: 'analytics' },
    ],
    policies: [
      {
        id: POLICY,
        name: 'nightly',
        project: 'payments',
        startTimes: ['02:00'],
        frequency: 1,
        retentionNum: 2,
        disks: [DISK, OTHER_DISK],
      },
    ],
    backups: [
      { id: BACKUP, disk: 'db-1', name: 'db-nightly-0310', createdAt: new Date('2026-03-10T02:00:00Z') },
      {
        id: BROKEN_BACKUP,
        disk: 'db-2',
        name: 'db-2-broken',
        createdAt: new Date('2026-03-09T02:00:00Z'),
        status: 'error',
        failReason: 'Failed to create the snapshot.',
      },
      { id: FOREIGN_BACKUP, disk: 'lake', name: 'lake-0309', createdAt: new Date('2026-03-09T02:00:00Z') },
    ],
  };
}

const open: VbsSimulator[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
});

export interface Cloud {
  sim: VbsSimulator;
  clock: SimClock;
  as: (user: string, project: string) => Promise<Client>;
}

/** A simulator on a clock that stands still; it is closed after the test. */
export async function startCloud(options: VbsSimulatorOptions = {}): Promise<Cloud> {
  const clock = options.clock ?? createSimClock({ start: START, speed: 0 });
  const sim = await createVbsSimulator({ seed: smallSeed(), ...options, clock });
  open.push(sim);
  const as = async (user: string, project: string) => client(sim, project, await tokenFor(sim, user, project));
  return { sim, clock, as };
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON, `undefined` where it is none. */
  body: unknown;
}

export interface Client {
  token: string;
  project: string;
  /** Paths are those of the API; `{p}` stands for the client's project. */
  get: (path: string, headers?: Record<string, string>) => Promise<Reply>;
  post: (path: string, body?: unknown) => Promise<Reply>;
  put: (path: string, body?: unknown) => Promise<Reply>;
  delete: (path: string) => Promise<Reply>;
}

export function client(sim: VbsSimulator, project: string, token: string): Client {
  const send = (method: string, path: string, extra: { body?: string; headers?: Record<string, string> } = {}) =>
    sendRaw(sim, path.replace('{p}', project), {
      method,
      ...extra,
      headers: { 'X-Auth-Token': token, ...extra.headers },
    });
  return {
    token,
    project,
    get: (path, headers = {}) => send('GET', path, { headers }),
    post: (path, body) => send('POST', path, body === undefined ? {} : { body: JSON.stringify(body) }),
    put: (path, body) => send('PUT', path, body === undefined ? {} : { body: JSON.stringify(body) }),
    delete: (path) => send('DELETE', path),
  };
}

/** A request as it is, and whatever came back. */
export async function sendRaw(sim: VbsSimulator, path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(`${sim.url}${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

/** What lies at a place in a body, such as `at(body, 'shared', 0, 'id')`. */
export function at(body: unknown, ...path: (string | number)[]): unknown {
  let value = body;
  for (const step of path) value = new Map<string, unknown>(Object.entries(value ?? {})).get(`${step}`);
  return value;
}

/** The same where it must be a list, each entry's field. */
export function each(body: unknown, list: string, field: string): unknown[] {
  const entries = at(body, list);
  return Array.isArray(entries) ? entries.map((entry) => at(entry, field)) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function passwordRequest(user: string, project: string, password = `pw-${user}`) {
  return {
    auth: {
      identity: {
        methods: ['password'],
        password: { user: { name: user, password, domain: { name: 'Default' } } },
      },
      scope: { project: { id: project } },
    },
  };
}

export async function tokenFor(sim: VbsSimulator, user: string, project: string): Promise<string> {
  const body = JSON.stringify(passwordRequest(user, project));
  const reply = await sendRaw(sim, '/v3/auth/tokens', { method: 'POST', body });
  const token = reply.headers.get('X-Subject-Token');
  if (token === null) throw new Error(`no token for ${user}: ${reply.status} ${reply.text}`);
  return token;
}
