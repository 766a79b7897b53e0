import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { SignedHttp } from '../../../src/sandbox/slack/delivery/signed-http.ts';
import { SocketMode } from '../../../src/sandbox/slack/delivery/socket-mode.ts';
import type { Envelope, Transport } from '../../../src/sandbox/slack/delivery/transport.ts';
import { Faults } from '../../../src/sandbox/slack/faults.ts';
import { APP, TEAM } from '../../../src/sandbox/slack/identity.ts';
import { newId, Stamps } from '../../../src/sandbox/slack/ids.ts';
import { type Json, parsed, record, text } from '../../../src/sandbox/slack/json.ts';
import { Traffic } from '../../../src/sandbox/slack/traffic.ts';
import { type Mode, SECRETS } from '../apps/app-process.ts';

/** A call of the Web API, with its arguments as objects. */
export interface ApiCall {
  readonly method: string;
  readonly given: Json;
  readonly answer: Json;
}

/**
 * Slack's side of one app: the sandbox's deliveries, timed to the microsecond, without a workspace around them. What the
 * workspace checks at each delivery takes longer than the acknowledgement that is to be measured.
 */
export interface SlackSide {
  readonly url: string;
  readonly apiUrl: string;
  /** Every call that the app made, oldest first. */
  readonly calls: readonly ApiCall[];
  /** How long the acknowledgement of one delivery takes, in milliseconds. */
  deliver(envelope: Envelope): Promise<number>;
  /** Resolves when the app has made no call for a while: what it did after its acknowledgements is done. */
  quiet(): Promise<void>;
  /** Resolves once the app's calls are as they should be; rejects when that takes too long. */
  until(done: () => boolean): Promise<void>;
  close(): Promise<void>;
}

const QUIET_MS = 150;
/** Nothing that is measured takes so long: whoever waits longer waits in vain. */
const PATIENCE_MS = 30_000;

/** Starts Slack's side of an app that is reached in this mode; over HTTP it listens on `appPort`. */
export async function startSlackSide({ mode, appPort }: { mode: Mode; appPort: number }): Promise<SlackSide> {
  const now = () => new Date();
  const socketMode = new SocketMode(new Traffic(now));
  const target = `http://127.0.0.1:${appPort}/slack/events`;
  const signed = new SignedHttp({ secret: SECRETS.SLACK_SIGNING_SECRET, faults: new Faults(), now, target });
  const transport: Transport = mode === 'http' ? signed : socketMode;
  const stamps = new Stamps(now);
  const calls: ApiCall[] = [];
  const state = { url: '', lastCall: 0 };
  const server = createServer((request, response) => {
    state.lastCall = performance.now();
    void serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = argumentsOf(await bodyOf(request));
    const method = /^\/api\/(?<method>[\w.]+)/.exec(request.url ?? '')?.groups?.['method'] ?? 'response_url';
    const answer = { ok: true, ...answerOf(method, given) };
    calls.push({ method, given, answer });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  function answerOf(method: string, given: Json): Json {
    if (method === 'apps.connections.open') {
      return { url: state.url.replace('http:', 'ws:') + (socketMode.issueTicket() ?? '') };
    }
    if (method === 'auth.test')
      return { user_id: APP.bot_user_id, bot_id: APP.bot_id, team_id: TEAM.id, url: state.url };
    if (method === 'conversations.open') return { channel: { id: `D${text(given['users']) ?? ''}` } };
    if (method === 'chat.postMessage') return { channel: given['channel'], ts: stamps.next(), message: {} };
    if (method === 'chat.update') return { channel: given['channel'], ts: given['ts'] };
    if (!method.startsWith('views.')) return {};
    const id = text(given['view_id']) ?? newId('V');
    return { view: { ...record(given['view']), id, hash: newId('H'), root_view_id: id } };
  }

  server.on('upgrade', (request, socket, head) => {
    if (head.length > 0) socket.unshift(head);
    socketMode.upgrade(request, socket);
  });
  state.url = await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    });
  });
  return {
    url: state.url,
    apiUrl: `${state.url}/api/`,
    calls,
    async deliver(envelope) {
      const began = performance.now();
      await inTime(transport.send(envelope), 'no acknowledgement came');
      return performance.now() - began;
    },
    async quiet() {
      const began = performance.now();
      for (let left = QUIET_MS; left > 0; ) {
        await delay(left);
        left = QUIET_MS - (performance.now() - Math.max(began, state.lastCall));
        if (performance.now() - began > PATIENCE_MS) throw new Error(`it calls ${calls.at(-1)?.method} without end`);
      }
    },
    async until(done) {
      for (const began = performance.now(); !done(); await delay(QUIET_MS)) {
        if (performance.now() - began > PATIENCE_MS) throw new Error('the app did not do what it should');
      }
    },
    close() {
      socketMode.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function inTime<T>(work: Promise<T>, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${otherwise} within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** The arguments of a call: a form whose nested values are JSON, or JSON throughout. */
function argumentsOf(body: string): Json {
  if (body.startsWith('{')) return record(parsed(body));
  const entries = [...new URLSearchParams(body)];
  return Object.fromEntries(entries.map(([name, value]) => [name, /^[[{]/.test(value) ? parsed(value) : value]));
}
