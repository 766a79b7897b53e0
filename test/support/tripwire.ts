import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';

/** An HTTP proxy on this machine that calls `onTrip` at the n-th request it passes on, before or after it was served. */
export interface Tripwire {
  readonly url: string;
  /** Requests so far, counted from 1 since the wire was last set. */
  readonly count: number;
  close(): Promise<void>;
}

/** Shared by several proxies: counts their requests together. */
export class Wire {
  count = 0;
  #at: number | undefined;
  #when: 'before' | 'after' = 'before';
  #onTrip: () => void = () => {};

  /** Trips at the `at`-th request from now on. */
  set(at: number, when: 'before' | 'after', onTrip: () => void): void {
    this.count = 0;
    this.#at = at;
    this.#when = when;
    this.#onTrip = onTrip;
  }

  /** Counts a request. True: it is the one, and is cut at this moment. */
  arrived(): { readonly cutNow: boolean; readonly cutAfter: boolean; trip(): void } {
    this.count += 1;
    const it = this.count === this.#at;
    return {
      cutNow: it && this.#when === 'before',
      cutAfter: it && this.#when === 'after',
      trip: () => this.#onTrip(),
    };
  }
}

/** Passes every request on to `upstream`, past the wire. */
export async function createTripwire(upstream: string, wire: Wire): Promise<Tripwire> {
  const target = new URL(upstream);
  const server = createServer((incoming, outgoing) => pass(incoming, outgoing, { target, wire }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    get count() {
      return wire.count;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { target, wire }: { target: URL; wire: Wire },
): void {
  const arrival = wire.arrived();
  if (arrival.cutNow) {
    arrival.trip();
    incoming.destroy();
    return;
  }
  const { method, url, headers } = incoming;
  const onwards = request(
    { host: target.hostname, port: target.port, method, path: url, headers: { ...headers, host: target.host } },
    (answer) => {
      if (arrival.cutAfter) {
        answer.resume();
        arrival.trip();
        incoming.destroy();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onwards.on('error', () => incoming.destroy());
  incoming.pipe(onwards);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy listens on no port');
  return address.port;
}
