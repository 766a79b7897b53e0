import { type Dispatcher, Pool } from 'undici';
import { mostBytes } from './exchange.ts';
import type { Operation } from './operations.ts';
import type { VbsClientOptions } from './options.ts';

export interface Service {
  readonly dispatcher: Dispatcher;
  /** Scheme, host and port. */
  readonly origin: string;
  /** As the `host` header has it. */
  readonly host: string;
  /** The path under which the service lies, without a slash at its end. */
  readonly base: string;
}

export interface Services {
  of(service: Operation['service']): Service;
  /** Lets requests in flight end. */
  close(): Promise<void>;
}

/** A token may list all that its user may do; those that do are longer than the 16 KiB that Node takes by itself. */
const mostBytesOfHeaders = 128 * 1024;

/** The services of a region, with connections that are kept open; those of one host share theirs. */
export function createServices(options: VbsClientOptions, concurrency: number): Services {
  const { iam, vbs, blockStorage = vbs } = options.endpoints;
  const pools = new Map<string, Dispatcher>();
  const serviceAt = (endpoint: string): Service => {
    const { origin, host, pathname } = new URL(endpoint);
    const pool = pools.get(origin) ?? createPool(origin, { options, concurrency });
    pools.set(origin, pool);
    return { dispatcher: pool, origin, host, base: pathname.replace(/\/+$/, '') };
  };
  const services = { iam: serviceAt(iam), vbs: serviceAt(vbs), blockStorage: serviceAt(blockStorage) };
  return {
    of: (service) => services[service],
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

function createPool(origin: string, of: { options: VbsClientOptions; concurrency: number }): Dispatcher {
  const { timeouts, connections } = of.options;
  const limits: Pool.Options = {
    // One more than the limit lets through, for token requests.
    connections: of.concurrency + 1,
    connect: { timeout: timeouts?.connectMs ?? 5_000 },
    headersTimeout: timeouts?.headersMs ?? 30_000,
    // The limit of the whole body is kept by each exchange.
    bodyTimeout: 0,
    maxResponseSize: mostBytes,
    maxHeaderSize: mostBytesOfHeaders,
    pipelining: 1,
  };
  return connections?.(limits) ?? new Pool(origin, limits);
}
