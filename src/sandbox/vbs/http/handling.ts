import { admitted } from './admission.ts';
import type { Dialect } from './dialects.ts';
import { GATEWAY } from './dialects.ts';
import { errorBody, Refusal } from './refusal.ts';
import type { Answer, Call, Services } from './route.ts';
import type { RouteMatch } from './router.ts';

/** A request as it came in, read to its end. */
export interface Incoming {
  method: string;
  path: string;
  query: URLSearchParams;
  /** As it was sent. */
  rawQuery: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** `null` where it was too long to be read. */
  body: string | null;
  bytes: Buffer;
  requestId: string;
}

/** Does the work of a request and tells its answer, refusals written as the service writes them. */
export function answerTo(services: Services, match: RouteMatch, incoming: Incoming): Answer {
  const dialect = dialectOf(match);
  try {
    if (match.kind === 'none')
      throw new Refusal(404, 'APIG.0101', 'The API does not exist or has not been published in the environment.');
    if (match.kind === 'wrong method')
      throw new Refusal(405, '405', {
        message: `${incoming.method} is not allowed here.`,
        headers: { Allow: match.allowed.join(', ') },
      });
    return handle(services, match, incoming);
  } catch (error) {
    return refused(dialect, asRefusal(error), incoming.requestId);
  }
}

export function dialectOf(match: RouteMatch): Dialect {
  return match.kind === 'none' ? GATEWAY : match.route.dialect;
}

/** The answer that a refusal makes. */
export function refused(dialect: Pick<Dialect, 'shape'>, refusal: Refusal, requestId: string): Answer {
  return {
    status: refusal.status,
    headers: refusal.headers,
    body: errorBody(refusal.shape ?? dialect.shape, refusal, requestId),
  };
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  // A fault of the simulator itself: the tests must see what it was.
  return new Refusal(500, '500', `The simulator failed: ${error instanceof Error ? error.message : String(error)}`);
}

function handle(services: Services, match: RouteMatch & { kind: 'found' }, incoming: Incoming): Answer {
  const { route, params } = match;
  const header = (name: string) => [incoming.headers[name]].flat()[0];
  const call: Call = {
    services,
    world: services.world,
    dialect: route.dialect,
    path: incoming.path,
    params,
    query: incoming.query,
    header,
    json: () => parsed(route.dialect, incoming.body),
  };
  if (route.access === 'open') return route.handle(call);
  const { method, path, rawQuery: query, bytes } = incoming;
  const request = { method, path, query, header, body: bytes };
  return route.handle({ ...call, project: admitted(services, route, { request, params }) });
}

function parsed(dialect: Dialect, body: string | null): unknown {
  if (body === null) throw new Refusal(413, '413', 'Request is too large.');
  if (body === '' && dialect.emptyBody) throw dialect.emptyBody();
  try {
    return JSON.parse(body);
  } catch {
    throw dialect.malformed('the body is not JSON');
  }
}
