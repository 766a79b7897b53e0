import type { FetchFunction } from '@slack/web-api';
import { type buildConnector, type Dispatcher, type FormData, Pool, ProxyAgent } from 'undici';

/** How long the proxy may take to answer; the HTTP client's own limit is five minutes. */
const ANSWER_WITHIN_MS = 10_000;

/** The way to other hosts: through a proxy, and around it where its settings say so. */
export interface WayOut {
  readonly fetch: FetchFunction;
  /** For what `fetch` does not do, such as a WebSocket. */
  readonly dispatcher: Dispatcher;
  /** Another one, whose connections to each host are made with these options. */
  readonly connections: (options: Pool.Options) => Dispatcher;
  close(): Promise<void>;
}

/** Why the proxy let nothing through. Names it without user and password. */
export class ProxyError extends Error {
  readonly remedy: string;

  constructor(problem: string, { remedy, cause }: { remedy: string; cause: Error }) {
    super(problem, { cause });
    this.name = 'ProxyError';
    this.remedy = remedy;
  }
}

/** Goes through the proxy at `url`, but straight to the hosts of `except` and those below them. */
export function createProxy({ url, except }: { url: string; except: readonly string[] }): WayOut {
  const { origin, username, password } = new URL(url);
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const connections = (options: Pool.Options): Dispatcher =>
    new ProxyAgent({
      uri: origin,
      ...(username !== '' && { token: `Basic ${Buffer.from(user).toString('base64')}` }),
      clientFactory: (proxy, given) => new Pool(proxy, { ...given, headersTimeout: ANSWER_WITHIN_MS }),
      factory: (target, given: Pool.Options & { connect: buildConnector.connector }) =>
        isBelow(new URL(target).hostname, except)
          ? new Pool(target, options)
          : new Pool(target, { ...options, connect: told(origin, given.connect) }),
    });
  const dispatcher = connections({});
  return {
    dispatcher,
    connections,
    async fetch(target, { body, ...init } = {}) {
      // Loaded when it is first used: it takes some memory, and only who has a proxy needs it.
      const { fetch, FormData } = await import('undici');
      const own = typeof body === 'object' ? filledIn(new FormData(), body) : body;
      try {
        return await fetch(target, { ...init, ...(own !== undefined && { body: own }), dispatcher });
      } catch (error) {
        // It says only that it failed.
        throw error instanceof Error && error.cause instanceof ProxyError ? error.cause : error;
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** Opens connections through the proxy, and says what is wrong with it. */
function told(proxy: string, connect: buildConnector.connector): buildConnector.connector {
  return (target, callback) =>
    connect(target, (...[error, socket]) => {
      if (error === null) callback(null, socket);
      // A certificate behind the proxy is not the proxy's fault. All else is told anew, also because the HTTP client
      // tries again at once and for ever where it reads that a proxy hung up.
      else if ('code' in error && /CERT|SELF_SIGNED|UNABLE_TO/.test(String(error.code))) callback(error, null);
      else callback(proxyError(error, { proxy, host: target.hostname }), null);
    });
}

function proxyError(cause: Error, { proxy, host }: { proxy: string; host: string }): ProxyError {
  // The status is in its words alone.
  const status = /\((\d{3})\)/.exec(cause.message)?.[1];
  if (status === undefined) {
    const problem = `the proxy ${proxy} opens no connection to ${host}: ${cause.message || 'no reason given'}`;
    return new ProxyError(problem, { remedy: 'check proxy.url, and that the proxy runs', cause });
  }
  const [refuses, remedy] =
    status === '407'
      ? ['wants to know who asks', 'put a user and a password that it knows into proxy.url']
      : [`refuses to connect to ${host}`, `have it let the bot reach ${host}, or list that host under proxy.except`];
  return new ProxyError(`the proxy ${proxy} ${refuses} (HTTP ${status})`, { remedy, cause });
}

function isBelow(hostname: string, hosts: readonly string[]): boolean {
  const host = hostname.replaceAll(/^\[|\]$/g, '');
  return hosts.some((one) => host === one.toLowerCase() || host.endsWith(`.${one.toLowerCase()}`));
}

/** The HTTP client's `fetch` knows no other kind of form than its own. */
function filledIn(own: FormData, form: globalThis.FormData): FormData {
  for (const [name, value] of form) own.append(name, value);
  return own;
}
