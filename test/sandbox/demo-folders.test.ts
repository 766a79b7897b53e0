import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lastPort, makeFolder } from '../../src/sandbox/demo-folders.ts';
import { keptFile } from '../../src/sandbox/demo-keeping.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-folders-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A demo that listens on a port of its own, as far as anyone can tell from outside. */
async function listening(): Promise<{ port: number; server: Server }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it listens on no port');
  return { port: address.port, server };
}

async function stopped(): Promise<number> {
  const { port, server } = await listening();
  server.close();
  await once(server, 'close');
  return port;
}

async function wrote(folder: string, minutesAgo: number): Promise<void> {
  const at = Date.now() / 1000 - minutesAgo * 60;
  await writeFile(keptFile(folder), '{}');
  await utimes(keptFile(folder), at, at);
}

describe('the folder of a demo', () => {
  it('is that of the last one on this machine that runs no more, where any free port will do', async () => {
    const all = await temporaryFolder();
    expect(await lastPort(join(all, 'none yet'))).toBe(0);
    const [older, newer, empty, { port: running }] = [
      await stopped(),
      await stopped(),
      await stopped(),
      await listening(),
    ];
    await wrote(await makeFolder({ all, port: 0, keep: true }, older), 30);
    await wrote(await makeFolder({ all, port: newer, keep: false }, newer), 20);
    await makeFolder({ all, port: 0, keep: true }, empty);
    await wrote(await makeFolder({ all, port: 0, keep: true }, running), 10);
    await writeFile(join(all, 'notes'), 'not of a demo');
    expect(await lastPort(all)).toBe(newer);
  });

  it('stays when it is kept, and is emptied when it is not', async () => {
    const all = await temporaryFolder();
    const port = await stopped();
    await wrote(await makeFolder({ all, port, keep: false }, port), 0);
    expect(await readdir(await makeFolder({ all, port, keep: true }, port))).toEqual(['sandbox.json']);
    expect(await readdir(await makeFolder({ all, port, keep: false }, port))).toEqual([]);
  });

  it('goes with the next demo on any free port that begins anew, unless it has a port of its own or still runs', async () => {
    const all = await temporaryFolder();
    const [own, left, next, { port: running }] = [await stopped(), await stopped(), await stopped(), await listening()];
    await makeFolder({ all, port: own, keep: false }, own);
    await makeFolder({ all, port: 0, keep: false }, left);
    await makeFolder({ all, port: 0, keep: true }, running);
    expect(await readdir(all)).toHaveLength(3);
    await makeFolder({ all, port: 0, keep: false }, next);
    expect(await readdir(all)).toEqual([own, running, next].map(String).sort());
  });
});
