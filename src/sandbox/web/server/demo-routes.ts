import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { VbsSimulator } from '../../vbs/simulator.ts';
import { isExecuting, startRun } from '../../vbs/world/policy-runs.ts';
import type { About, CloudCall } from '../shared.ts';
import { cloudView } from './cloud-view.ts';

const DAY = 24 * 3_600_000;
const LONGEST_BODY = 10_000;
const MOST_CALLS = 300;

const clockBody = z.strictObject({
  ms: z
    .int()
    .min(1)
    .max(7 * DAY),
});
const strikeBody = z.strictObject({ policy: z.string() });

export interface DemoRoutesParts {
  readonly simulator: VbsSimulator;
  readonly about: About;
  /** Called when the clock was moved. */
  readonly onClock: () => void;
}

interface Asked {
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** A wish that cannot be fulfilled. */
class Refused extends Error {}

type Answer = (parts: DemoRoutesParts, asked: Asked) => unknown;

const ROUTES: Readonly<Record<string, Answer>> = {
  'GET /about': ({ about }) => about,
  'GET /cloud': ({ simulator }) => cloudView(simulator.world),
  'GET /calls': calls,
  'POST /strike': strike,
  'POST /clock': moveClock,
};

/** Serves `/_demo`: what the page shows of the cloud, and what one may do to it. */
export async function serveDemoRoute(
  parts: DemoRoutesParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const name = `${request.method} ${url.pathname.slice('/_demo'.length)}`;
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  try {
    if (!route) throw new Refused(`there is no ${name} under /_demo`);
    const body = request.method === 'POST' ? await readJson(request) : undefined;
    send(response, 200, await route(parts, { query: url.searchParams, body }));
  } catch (error) {
    const isMistake = error instanceof Refused || error instanceof z.ZodError || error instanceof SyntaxError;
    send(response, isMistake ? 400 : 500, { error: error instanceof Error ? error.message : String(error) });
  }
}

function calls({ simulator }: DemoRoutesParts, { query }: Asked): CloudCall[] {
  const log = simulator.log();
  const after = Math.max(Number(query.get('after') ?? 0) || 0, log.length - MOST_CALLS);
  return log.slice(after).map((call, index) => ({ ...call, number: after + index + 1 }));
}

function strike({ simulator }: DemoRoutesParts, { body }: Asked): object {
  const { world } = simulator;
  const policy = world.policies.get(strikeBody.parse(body).policy);
  if (!policy) throw new Refused('There is no such policy.');
  if (isExecuting(policy)) throw new Refused(`${policy.name} is being run already.`);
  startRun(world, policy);
  return {};
}

function moveClock({ simulator, onClock }: DemoRoutesParts, { body }: Asked): object {
  simulator.clock.advance(clockBody.parse(body).ms);
  onClock();
  return { now: simulator.clock.now().getTime() };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let source = '';
  for await (const chunk of request) {
    source += String(chunk);
    if (source.length > LONGEST_BODY) throw new Refused('The body is too long.');
  }
  return JSON.parse(source === '' ? '{}' : source);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
