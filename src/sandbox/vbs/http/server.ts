import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { SimClock } from '../clock.ts';
import { deliver, gatewayPage } from './delivery.ts';
import type { RouteFault, RouteFaults } from './faults.ts';
import type { Incoming } from './handling.ts';
import { answerTo, dialectOf, refused } from './handling.ts';
import { Refusal } from './refusal.ts';
import type { Answer, Services } from './route.ts';
import type { RouteMatch, Router } from './router.ts';
import type { Traffic } from './traffic.ts';

// Far above any body of the API.
const LONGEST_BODY = 1_000_000;

export interface Serving {
  services: Services;
  clock: SimClock;
  router: Router;
  faults: RouteFaults;
  traffic: Traffic;
  /** Called when a call may have changed the world, before it is answered. */
  onWork: (() => void) | undefined;
}

/** Serves the API: reads a request, lets faults befall it, does the work at the clock's time, answers. */
export function createListener(serving: Serving): RequestListener {
  const lastAnswers = new Map<string, Answer>();
  return (request, response) => {
    serve({ ...serving, lastAnswers }, request, response).catch(() => response.destroy());
  };
}

interface Session extends Serving {
  lastAnswers: Map<string, Answer>;
}

async function serve(session: Session, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { clock, router, services, traffic } = session;
  const since = performance.now();
  const at = clock.now().toISOString();
  const requestId = `req-${services.world.ids.nextUuid('request')}`;
  const target = request.url ?? '/';
  const [path, query] = splitAtMark(target);
  const method = request.method ?? 'GET';
  const bytes = await bodyOf(request);
  const match = router.match(method, path);
  const route = match.kind === 'found' ? match.route.name : 'none';
  const projectId = match.kind === 'found' ? match.params['project_id'] : undefined;
  const struck = session.faults.strike(route, projectId);
  const latency = struck.reduce((sum, fault) => sum + (fault.kind === 'latency' ? fault.ms : 0), 0);
  if (latency > 0) await pause(latency);

  const fault = struck.find((one) => one.kind !== 'latency');
  const incoming = {
    method,
    path,
    query: new URLSearchParams(query),
    rawQuery: query,
    headers: request.headers,
    body: bytes === null ? null : bytes.toString('utf8'),
    bytes: bytes ?? Buffer.alloc(0),
    requestId,
  };
  const answer = faultyAnswer(session, match, { incoming, fault });
  if (method !== 'GET') session.onWork?.();
  response.setHeader(dialectOf(match).requestIdHeader, requestId);
  const status = await deliver(response, { answer, fault });
  const ms = Math.round((performance.now() - since) * 10) / 10;
  const kinds = struck.map((one) => one.kind).join(', ');
  traffic.add({ at, method, path: target, status, ms, requestId, route, ...(kinds === '' ? {} : { fault: kinds }) });
}

/** The answer of a fault that keeps the work from being done, or else that of the work. */
function faultyAnswer(
  session: Session,
  match: RouteMatch,
  { incoming, fault }: { incoming: Incoming; fault: RouteFault | undefined },
): Answer {
  const { services, clock, lastAnswers } = session;
  const dialect = dialectOf(match);
  const { requestId } = incoming;
  if (fault?.kind === 'cut_before') return { status: 0 };
  if (fault?.kind === 'html') return gatewayPage(fault.status);
  if (fault?.kind === 'rate_limit') {
    const headers = { 'Retry-After': `${fault.retryAfter}` };
    const refusal = new Refusal(fault.status, 'APIG.0308', { message: 'This request was rate-limited.', headers });
    return refused(dialect, refusal, requestId);
  }
  if (fault?.kind === 'status') {
    const { code = 'VolumeBackup.0900', message = 'The service is unavailable.' } = fault;
    return refused({ shape: fault.shape ?? dialect.shape }, new Refusal(fault.status, code, message), requestId);
  }
  services.world.catchUp(clock.now());
  const place = `${match.kind === 'found' ? match.route.name : ''} ${incoming.path}`;
  const last = lastAnswers.get(place);
  if (fault?.kind === 'duplicate_page' && last !== undefined) return last;
  const answer = answerTo(services, match, incoming);
  if (incoming.method === 'GET' && match.kind === 'found' && match.route.isPaged) lastAnswers.set(place, answer);
  return answer;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length <= LONGEST_BODY) parts.push(bytes);
  }
  return length > LONGEST_BODY ? null : Buffer.concat(parts);
}

function splitAtMark(target: string): [string, string] {
  const mark = target.indexOf('?');
  return mark === -1 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}
