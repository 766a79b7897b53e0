import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Changes } from './changes.ts';
import { type ChannelSeed, Channels } from './channels.ts';
import { Courier, SLACK_TIMING, type Timing } from './delivery/courier.ts';
import { SignedHttp } from './delivery/signed-http.ts';
import { SocketMode } from './delivery/socket-mode.ts';
import { Directory, type Person, type UserGroup } from './directory.ts';
import { Watchers } from './driver/events.ts';
import { createDriver, type ServeDriver } from './driver/serve.ts';
import { causeTrouble, type SimulatorFaults } from './driver/troubles.ts';
import type { Exchange } from './exchange.ts';
import { Faults, type FaultsRequest } from './faults.ts';
import { Files } from './files.ts';
import { MessageForms } from './forms/message-forms.ts';
import { sendJson } from './http.ts';
import { APP } from './identity.ts';
import { newSecret, Stamps } from './ids.ts';
import { type KeptWorkspace, keepWorkspace, restoreWorkspace } from './keeping.ts';
import { readManifest } from './manifest.ts';
import { Messages } from './messages.ts';
import type { Parts, Tokens } from './parts.ts';
import { RateLimits } from './rate-limits.ts';
import { serveResponseUrl } from './respond.ts';
import { ResponseUrls } from './response-urls.ts';
import { Traffic } from './traffic.ts';
import { Triggers } from './triggers.ts';
import { serveFiles } from './uploads.ts';
import { Views } from './views.ts';
import { serveWebApi } from './web-api/serve.ts';

export interface SlackSandboxOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly people: readonly Person[];
  readonly channels: readonly ChannelSeed[];
  readonly usergroups?: readonly UserGroup[];
  /** The parsed `manifest.yml`: commands, shortcuts, events and scopes are held against it. */
  readonly manifest: object;
  readonly tokens?: Tokens;
  readonly signingSecret?: string;
  /** How the app is reached; Socket Mode unless said otherwise. The URL may be set later. */
  readonly delivery?: { readonly mode: 'socket' } | { readonly mode: 'http'; readonly url?: string };
  readonly now?: () => Date;
  /** Whether calls beyond Slack's rate limits are answered 429; off by default, and switched by `/_sandbox/faults`. */
  readonly rateLimits?: boolean;
  /** Serves requests before the workspace does; true if it took this one. */
  readonly extraRoutes?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Where the part of `/_sandbox/faults` that is not Slack's goes. */
  readonly onFaults?: { readonly vbs?: SimulatorFaults };
  /** Called when messages that Slack stores have changed, before anyone is told. */
  readonly onMessages?: () => void;
  /** What `keep` of another workspace answered, to go on from there. */
  readonly kept?: unknown;
  /** Slack's deadlines, which a test may shorten. */
  readonly timing?: Partial<Timing>;
}

/** A local workspace that an app cannot tell from Slack by what it refuses. */
export interface SlackSandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** What an app takes as `slackApiUrl`. */
  readonly apiUrl: string;
  readonly tokens: Tokens;
  readonly signingSecret: string;
  readonly botUserId: string;
  /** Where signed HTTP goes from now on; of no effect on Socket Mode. */
  setHttpTarget(url: string): void;
  /** Live Socket Mode connections. */
  connections(): number;
  /** All traffic so far, as `GET /_sandbox/log` tells it. */
  log(): Exchange[];
  /** As `POST /_sandbox/faults`. */
  setFaults(faults: FaultsRequest): Promise<void>;
  /** Has whoever watches look at the clock, after it was moved. */
  tick(): void;
  /** What of the workspace outlives its end, for the `kept` of the next. */
  keep(): KeptWorkspace;
  close(): Promise<void>;
}

/** Starts a workspace on 127.0.0.1. */
export async function createSlackSandbox(options: SlackSandboxOptions): Promise<SlackSandbox> {
  const signingSecret = options.signingSecret ?? newSecret();
  const { parts, signedHttp } = createParts(options, signingSecret);
  if (options.kept !== undefined) restoreWorkspace(parts, options.kept);
  parts.changes.listen((change) => {
    if (change.kind === 'messages' && change.user === undefined) options.onMessages?.();
  });
  const driver = createDriver(parts, options.onFaults?.vbs);
  const watchers = new Watchers(parts);
  const server = createServer((request, response) => {
    if (options.extraRoutes?.(request, response) === true) return;
    void serve(parts, driver, { request, response });
  });
  server.on('upgrade', (request, socket, head) => {
    if (head.length > 0) socket.unshift(head);
    if (request.url?.startsWith('/_sandbox/events')) watchers.upgrade(request, socket);
    else parts.socketMode.upgrade(request, socket);
  });
  parts.url = await listen(server, options.port ?? 0);
  parts.responseUrls.serveFrom(parts.url);
  return {
    url: parts.url,
    apiUrl: `${parts.url}/api/`,
    tokens: parts.tokens,
    signingSecret,
    botUserId: APP.bot_user_id,
    setHttpTarget: (url) => {
      signedHttp.target = url;
    },
    connections: () => parts.socketMode.connections,
    log: () => parts.traffic.log(),
    setFaults: async (faults) => {
      await causeTrouble(parts, faults, options.onFaults?.vbs);
    },
    tick: () => watchers.tick(),
    keep: () => keepWorkspace(parts),
    close: () => shutDown(parts, watchers, server),
  };
}

function createParts(options: SlackSandboxOptions, signingSecret: string): { parts: Parts; signedHttp: SignedHttp } {
  const now = options.now ?? (() => new Date());
  const faults = new Faults();
  const changes = new Changes();
  const traffic = new Traffic(now, changes);
  const socketMode = new SocketMode(traffic);
  const { delivery = { mode: 'socket' } } = options;
  const target = delivery.mode === 'http' ? delivery.url : undefined;
  const signedHttp = new SignedHttp({ secret: signingSecret, faults, now, target });
  const transport = delivery.mode === 'http' ? signedHttp : socketMode;
  const parts: Parts = {
    manifest: readManifest(options.manifest),
    tokens: options.tokens ?? { bot: `xoxb-sandbox-${newSecret()}`, app: `xapp-sandbox-${newSecret()}` },
    now,
    changes,
    stamps: new Stamps(now),
    directory: new Directory(options.people, options.usergroups ?? []),
    channels: new Channels(options.channels),
    messages: new Messages(changes),
    forms: new MessageForms(),
    views: new Views(changes),
    files: new Files(),
    triggers: new Triggers(now),
    responseUrls: new ResponseUrls(now),
    faults,
    limits: new RateLimits(now, options.rateLimits ?? false),
    traffic,
    socketMode,
    transport,
    courier: new Courier({ transport, faults, traffic, timing: { ...SLACK_TIMING, ...options.timing } }),
    url: '',
  };
  return { parts, signedHttp };
}

async function serve(
  parts: Parts,
  driver: ServeDriver,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const path = request.url ?? '/';
  try {
    if (path.startsWith('/api/')) await serveWebApi(parts, request, response);
    else if (path.startsWith('/_sandbox/')) await driver(request, response);
    else if (path.startsWith('/respond/')) await serveResponseUrl(parts, request, response);
    else if (path.startsWith('/upload/') || path.startsWith('/files/')) await serveFiles(parts, request, response);
    else sendJson(response, { error: `there is nothing at ${path}` }, { status: 404 });
  } catch (error) {
    if (response.headersSent) response.destroy();
    else sendJson(response, { error: error instanceof Error ? error.message : String(error) }, { status: 500 });
  }
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`);
    });
  });
}

function shutDown(parts: Parts, watchers: Watchers, server: Server): Promise<void> {
  watchers.close();
  parts.courier.close();
  parts.socketMode.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
