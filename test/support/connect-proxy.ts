import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ConnectProxy {
  readonly port: number;
  /** Where it was asked to connect to, as `host:port`. */
  readonly asked: string[];
}

/** What it does with whoever asks: lets them through, refuses with a status, or hangs up. */
export type Manner = 'connect' | 'hang up' | number;

/** `refused` is a host to which it connects nobody. */
/** A proxy on the loopback that knows each host of `.test` as the loopback; it ends with the test. */
export async function startConnectProxy(
  about: { manner?: Manner; refused?: string; user?: string } = {},
): Promise<ConnectProxy> {
  const { manner = 'connect', refused, user } = about;
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server = createServer();
  server.on('connection', (socket) => open.add(socket));
  server.on('connect', (request, near: Socket) => {
    const target = request.url ?? '';
    asked.push(target);
    near.on('error', () => near.destroy());
    const told = request.headers['proxy-authorization'];
    const known = user === undefined || told === `Basic ${Buffer.from(user).toString('base64')}`;
    const { hostname, port } = new URL(`http://${target}`);
    const allowed = hostname === refused ? 403 : manner;
    const status = known ? allowed : 407;
    if (status === 'hang up') {
      near.destroy();
      return;
    }
    if (status !== 'connect') {
      near.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const far = connect(Number(port), hostname.endsWith('.test') ? '127.0.0.1' : hostname, () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      near.pipe(far).pipe(near);
    });
    open.add(far);
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, asked };
}
