import type { ManagedProject } from '../config.ts';
import { ProxyError } from '../proxy.ts';
import { type Finding, fine, type Item, wrong } from './finding.ts';

/** How an address is asked for; `fetch` does. */
export type Ask = (url: string, init: { redirect: 'manual'; signal: AbortSignal }) => Promise<{ status: number }>;

const TIMEOUT_MS = 5_000;

const NETWORK: Readonly<Record<string, [problem: string, remedy: string]>> = {
  ENOTFOUND: ['the host is not known', 'check the address and the name servers of this machine'],
  EAI_AGAIN: ['the host could not be looked up', 'check the name servers of this machine'],
  ECONNREFUSED: ['nothing listens there', 'check the host and the port'],
  ECONNRESET: ['the connection is cut', 'check that a firewall or proxy lets the bot out, and the scheme (https)'],
  ETIMEDOUT: ['no answer', 'check that a firewall or proxy lets the bot out'],
  UND_ERR_CONNECT_TIMEOUT: ['no answer', 'check that a firewall or proxy lets the bot out'],
  UND_ERR_SOCKET: ['the connection is cut', 'check that a firewall or proxy lets the bot out, and the scheme (https)'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['it speaks no https there', 'check the scheme (http or https) and the port'],
  CERT_HAS_EXPIRED: ['its certificate has expired', 'tell those who run the service'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['its certificate is for another host', 'check the address'],
};
const UNTRUSTED: [string, string] = [
  'its certificate is signed by an authority that is not trusted here',
  'name a file with that authority in the environment variable NODE_EXTRA_CA_CERTS',
];

/** Checks that each address of a project answers; whatever it says without a token counts. */
export async function* checkEndpoints(project: ManagedProject, ask: Ask): AsyncGenerator<Item> {
  const { iam, vbs, blockStorage } = project.endpoints;
  yield { name: `Endpoint iam of ${project.alias}`, finding: await reach(`${iam}/v3`, ask) };
  yield { name: `Endpoint vbs of ${project.alias}`, finding: await reach(`${vbs}/`, ask) };
  if (blockStorage !== vbs) {
    yield { name: `Endpoint blockStorage of ${project.alias}`, finding: await reach(`${blockStorage}/`, ask) };
  }
}

async function reach(url: string, ask: Ask): Promise<Finding> {
  const { origin, protocol } = new URL(url);
  try {
    const { status } = await ask(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (status >= 500) return wrong(`${url} answers ${status}`, 'try again later, and check the address');
    const note = protocol === 'http:' ? ', not encrypted: use https unless this is a trial' : '';
    return fine(`${origin} answers${note}`);
  } catch (error) {
    const [problem, remedy] = explain(error);
    return wrong(`${origin}: ${problem}`, remedy);
  }
}

function explain(error: unknown): [problem: string, remedy: string] {
  if (error instanceof ProxyError) return [error.message, error.remedy];
  if (error instanceof Error && error.name === 'TimeoutError') {
    return [`no answer within ${TIMEOUT_MS / 1_000} s`, 'check that a firewall or proxy lets the bot out'];
  }
  const code = codeOf(error) ?? (error instanceof Error ? codeOf(error.cause) : undefined);
  if (code !== undefined && /SELF_SIGNED|UNABLE_TO|CERT_UNTRUSTED/.test(code)) return UNTRUSTED;
  return (
    NETWORK[code ?? ''] ?? [`cannot be reached (${code ?? 'no reason given'})`, 'check the address and the network']
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
