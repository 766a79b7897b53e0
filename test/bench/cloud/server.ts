import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { request } from 'undici';
import { z } from 'zod';
import { createSimClock } from '../../../src/sandbox/vbs/clock.ts';
import type { Seed } from '../../../src/sandbox/vbs/seed.ts';
import { createVbsSimulator, type VbsSimulatorOptions } from '../../../src/sandbox/vbs/simulator.ts';
import { tell } from '../child.ts';
import { backupsSeed, CLOUD_NOW, JOB_SECONDS, jobsSeed, policiesSeed, sharingsSeed } from './seeds.ts';

/**
 * A cloud in a process of its own. One that stands still answers each question once; from then on the answer is repeated
 * as it was, so that the time it takes to make is nobody's.
 */
const standing: Readonly<Record<string, () => Seed>> = { policies: policiesSeed, sharings: sharingsSeed };

function optionsOf(name: string | undefined): VbsSimulatorOptions {
  if (name === 'jobs') return { clock, seed: jobsSeed(), taskSeconds: JOB_SECONDS };
  return still ? { clock, seed: still() } : { seed: backupsSeed(new Date()) };
}

interface Kept {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

const still = standing[process.argv[2] ?? ''];
const clock = createSimClock({ start: CLOUD_NOW, speed: 0 });
const simulator = await createVbsSimulator(optionsOf(process.argv[2]));
const kept = new Map<string, Kept>();
let asked: string[] = [];

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = incoming;
  if (url === '/_asked') {
    outgoing.end(JSON.stringify(asked));
    asked = [];
    return;
  }
  asked.push(`${method} ${url}`);
  const known = method === 'GET' ? kept.get(url) : undefined;
  const { status, headers, body } = known ?? (await ask(incoming));
  if (method === 'GET' && status === 200) kept.set(url, { status, headers, body });
  outgoing.writeHead(status, headers).end(body);
}

/** What belongs to one connection and not to the question or the answer. */
const HOP = new Set(['host', 'connection', 'keep-alive', 'transfer-encoding', 'content-length']);

function endToEnd(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined && !HOP.has(name)) kept[name] = value;
  return kept;
}

async function ask(incoming: IncomingMessage): Promise<Kept> {
  const { method = 'GET', url = '/' } = incoming;
  const headers = endToEnd(incoming.headers);
  const answered = await request(simulator.url + url, { method, headers, body: method === 'GET' ? null : incoming });
  const body = Buffer.from(await answered.body.arrayBuffer());
  const own = { 'content-length': String(body.length) };
  return { status: answered.statusCode, headers: { ...endToEnd(answered.headers), ...own }, body };
}

const server = createServer((incoming, outgoing) => {
  answer(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined));
});
if (!still) tell({ url: simulator.url });
// Sweeps lie apart; neither side is to pay for new connections.
server.keepAliveTimeout = 600_000;
if (still)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address) tell({ url: `http://127.0.0.1:${address.port}` });
  });
const move = z.object({ advance: z.number() });
process.on('message', (message) => {
  const { advance } = move.parse(message);
  clock.advance(advance);
  tell({ advanced: advance });
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
