import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string;
  /** The path as it was sent, percent-encoding and all, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server does with a request. */
export type ScriptedAnswer =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Sent as JSON. */
      readonly json?: unknown;
      /** Sent as it is. */
      readonly text?: string | Buffer;
    }
  /** Cuts the connection without an answer, or in the middle of one. */
  | { readonly cut: 'at once' | 'in the body' }
  /** Says nothing, says again and again that it is at it, or stops in the body, until the connection is closed. */
  | { readonly hang: 'at once' | 'in interim answers' | 'in the body' };

export type Script = (request: SeenRequest, nth: number) => ScriptedAnswer | Promise<ScriptedAnswer>;

export interface ScriptedServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Every request so far, in the order in which their bodies were complete. */
  readonly requests: readonly SeenRequest[];
  /** How many connections were made. */
  readonly connections: number;
  /** How many requests were answered at the same time, at most. */
  readonly mostAtOnce: number;
  count(method: string, path: RegExp): number;
  close(): Promise<void>;
}

/** A real HTTP server on a free port of the loopback that answers by a script. `nth` counts from 1. */
export async function startHttpServer(script: Script): Promise<ScriptedServer> {
  const requests: SeenRequest[] = [];
  const state = { connections: 0, open: 0, mostAtOnce: 0 };
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const request = await read(incoming);
      const nth = requests.push(request);
      state.mostAtOnce = Math.max(state.mostAtOnce, ++state.open);
      try {
        write(outgoing, await script(request, nth));
      } catch (error) {
        write(outgoing, { status: 599, text: `the script failed: ${String(error)}` });
      } finally {
        state.open--;
      }
    })();
  });
  server.on('connection', () => state.connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    get connections() {
      return state.connections;
    },
    get mostAtOnce() {
      return state.mostAtOnce;
    },
    count: (method, path) => requests.filter((request) => request.method === method && path.test(request.path)).length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const [path = '', query = ''] = (incoming.url ?? '').split('?');
  return {
    method: incoming.method ?? '',
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function write(outgoing: ServerResponse, answer: ScriptedAnswer): void {
  if ('cut' in answer || 'hang' in answer) {
    const where = 'cut' in answer ? answer.cut : answer.hang;
    if (where === 'in the body') {
      outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      outgoing.write('{"shared": [');
    }
    if (where === 'in interim answers') {
      const timer = setInterval(() => outgoing.writeProcessing(), 10);
      outgoing.on('close', () => clearInterval(timer));
    }
    // A moment for what was written to leave before the connection does.
    if ('cut' in answer) setImmediate(() => outgoing.destroy());
    return;
  }
  const text = answer.text ?? (answer.json === undefined ? '' : JSON.stringify(answer.json));
  const type = answer.json === undefined ? 'text/html' : 'application/json';
  outgoing.writeHead(answer.status ?? 200, text === '' ? answer.headers : { 'content-type': type, ...answer.headers });
  outgoing.end(text);
}
