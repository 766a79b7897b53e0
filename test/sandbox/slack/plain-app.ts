import { createServer, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

type Json = Record<string, unknown>;

/** What reached the app in one request. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly payload: Json;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly delayMs?: number;
}

export interface PlainApp {
  readonly url: string;
  readonly received: Received[];
  /** Answers from now on; until then every request is acked with an empty body. */
  answer(how: (payload: Json) => Answer): void;
  close(): Promise<void>;
}

/** An app behind signed HTTP that knows no framework: it records what comes and answers as the test says. */
export async function startPlainApp(): Promise<PlainApp> {
  const received: Received[] = [];
  let how: (payload: Json) => Answer = () => ({});
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const payload = decoded(body, request.headers['content-type'] ?? '');
      received.push({ headers: request.headers, body, payload });
      const answer = how(payload);
      if (answer.delayMs !== undefined) await delay(answer.delayMs);
      response.writeHead(answer.status ?? 200, answer.headers);
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    })();
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    received,
    answer: (next) => {
      how = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function decoded(body: string, type: string): Json {
  if (type.startsWith('application/json')) return JSON.parse(body);
  const form = new URLSearchParams(body);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : JSON.parse(payload);
}
