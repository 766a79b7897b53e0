import { connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server that can be broken off. */
export interface TcpProxy {
  readonly port: number;
  /** Cuts every connection, and every new one at once. */
  cut(): void;
  /** Lets nothing more through on the connections there are, and lets neither side know. */
  swallow(): void;
  /** Lets connections through again. */
  mend(): void;
}

/** Stands between a client and the server on this port of the loopback; it ends with the test. */
export async function startTcpProxy(upstream: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let broken = false;
  const server = createServer((near) => {
    if (broken) {
      near.destroy();
      return;
    }
    const far = connect(upstream, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  const cut = () => {
    broken = true;
    for (const socket of open) socket.destroy();
  };
  onTestFinished(async () => {
    cut();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    port: await listen(server),
    cut,
    swallow() {
      for (const socket of open) socket.unpipe().pause();
    },
    mend() {
      broken = false;
    },
  };
}

/** A server that takes connections and says nothing; answers its port. It ends with the test. */
export async function startSilentServer(): Promise<number> {
  const open = new Set<Socket>();
  const server = createServer((socket) => void open.add(socket.on('error', () => socket.destroy())));
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return listen(server);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on no port');
  return address.port;
}
