import { once } from 'node:events';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { keptFile } from './demo-keeping.ts';

/** In the folder of a demo that took any free port: nobody asks for that port by its number. */
const ANY_PORT = 'any-port';

export interface DemoFolder {
  /** Where every demo has a folder by its port. */
  readonly all: string;
  readonly port: number;
  readonly keep: boolean;
}

/** The port whose data a demo on any free port goes on with: that of the last one that runs no more. 0 if there is none. */
export async function lastPort(all: string): Promise<number> {
  const left = await Promise.all(
    (await ports(all)).map(async (port) => {
      const file = await stat(keptFile(join(all, String(port)))).catch(() => undefined);
      return { port, at: file?.mtimeMs };
    }),
  );
  const newestFirst = left.flatMap(({ port, at }) => (at === undefined ? [] : [{ port, at }]));
  newestFirst.sort((one, other) => other.at - one.at);
  for (const { port } of newestFirst) {
    if (await isFree(port)) return port;
  }
  return 0;
}

/**
 * Makes the folder of a demo that listens on `taken`, and empties it unless it is kept. Whoever has the port has the
 * folder: no other demo that runs here loses its data. What demos on any free port left behind goes with the next such
 * one that begins anew.
 */
export async function makeFolder({ all, port, keep }: DemoFolder, taken: number): Promise<string> {
  const folder = join(all, String(taken));
  if (!keep) await rm(folder, { recursive: true, force: true });
  if (port === 0 && !keep) await sweep(all);
  await mkdir(folder, { recursive: true });
  if (port === 0) await writeFile(join(folder, ANY_PORT), '');
  return folder;
}

async function sweep(all: string): Promise<void> {
  for (const port of await ports(all)) {
    const folder = join(all, String(port));
    const marked = await stat(join(folder, ANY_PORT)).catch(() => undefined);
    if (marked && (await isFree(port))) await rm(folder, { recursive: true, force: true });
  }
}

async function ports(all: string): Promise<number[]> {
  const names = await readdir(all).catch(() => []);
  return names.map(Number).filter((port) => Number.isInteger(port) && port > 0 && port < 65_536);
}

/** True if nobody listens there, so that no demo of that port is running. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
