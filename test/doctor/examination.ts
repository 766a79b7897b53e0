import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect } from 'vitest';
import { parse } from 'yaml';
import { parseSettings } from '../../src/config.ts';
import { type DoctorParts, runDoctor } from '../../src/doctor.ts';
import { createSlackSandbox, type SlackSandbox, type SlackSandboxOptions } from '../../src/sandbox/slack/workspace.ts';
import { MANIFEST } from '../support/manifest.ts';

const TOKENS = { bot: 'xoxb-1-hunter2', app: 'xapp-1-hunter2' };
export const OWNER = 'U0OWNER';
const OPERATOR = 'U0OPERATOR';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A workspace that fits the settings below. */
export async function workspace(changes: Partial<SlackSandboxOptions> = {}): Promise<SlackSandbox> {
  const sandbox = await createSlackSandbox({
    people: [
      { id: OWNER, name: 'First Owner', role: 'approver' },
      { id: OPERATOR, name: 'Operator', role: 'operator' },
    ],
    channels: [
      { id: 'C0APPROVALS', name: 'approvals', members: [OWNER] },
      { id: 'C0ALERTS', name: 'alerts', members: [OWNER], is_private: true },
    ],
    usergroups: [{ id: 'S0OWNERS', handle: 'owners', name: 'Owners', users: [OWNER] }],
    manifest: parse(MANIFEST),
    tokens: TOKENS,
    ...changes,
  });
  closing.push(() => sandbox.close());
  return sandbox;
}

/** Something that answers this status to everything, as an endpoint of the cloud. */
export async function endpoint(status = 200): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end('{}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

/** An address at which nothing listens any more. */
export async function nobody(): Promise<string> {
  const address = await endpoint();
  await closing.pop()?.();
  return address;
}

type Setup = { apiUrl: string; cloud: string; slack?: string; iam?: string; approver?: string };

/** Settings that fit this workspace and this cloud. */
export function settings({ apiUrl, cloud, slack = '', iam = cloud, approver = OWNER }: Setup): string {
  return `
slack: { apiUrl: '${apiUrl}', botToken: '\${BOT}', appToken: '\${APP}' ${slack} }
projects:
  - alias: payments
    id: 0123456789abcdef0123456789abcdef
    region: eu-de
    endpoints: { iam: '${iam}', vbs: '${cloud}' }
    credentials: { user: bot, domain: dom, password: '\${PASSWORD}' }
    approvalsChannel: C0APPROVALS
    alertsChannel: C0ALERTS
    approvers: { users: [${approver}], groups: [S0OWNERS] }
    operators: { users: [${OPERATOR}] }
  - { alias: analytics, id: fedcba9876543210fedcba9876543210 }
`;
}

const ENV = { BOT: TOKENS.bot, APP: TOKENS.app, PASSWORD: 'hunter2', SECRET: 'hunter2-signing' };

/** Runs the doctor with all well but what is changed. */
export async function examine(text: string, changes: Partial<DoctorParts> = {}) {
  const lines: string[] = [];
  const parts: DoctorParts = {
    file: 'vbs-chatops.yml',
    load: async () => parseSettings(text, { file: 'vbs-chatops.yml', env: ENV }),
    manifest: async () => MANIFEST,
    checkDatabase: async (url) => ({ ok: true, detail: `${url}, schema 3` }),
    checkCredentials: async ({ region }) => ({ ok: true, detail: `logged in, ${region}` }),
    ...changes,
  };
  const well = await runDoctor(parts, (line) => lines.push(line));
  expect(lines.join('\n')).not.toContain('hunter2');
  return { well, lines };
}

/** What is wrong, each with its remedy. */
export async function complaints(text: string, changes: Partial<DoctorParts> = {}) {
  const { well, lines } = await examine(text, changes);
  expect(well).toBe(false);
  return lines.filter((line) => line.startsWith('FAIL') || line.startsWith('      →')).map((line) => line.trim());
}
