import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { bundle } from '../../src/packaging/bundle.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test file asks for the compiled program; the first one that asks has it compiled. */
    readonly compiledDesk: string;
  }
}

const project = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Compiles the program once a run, if a test starts it as a process of its own: from its sources a process takes seconds
 * of work to start, and some tests start a hundred.
 */
export default async function setup(run: TestProject): Promise<() => Promise<void>> {
  let compiling: Promise<string> | undefined;
  const desk = createServer((_request, response) => {
    compiling ??= compile();
    compiling.then(
      (folder) => response.end(folder),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => void desk.listen(0, '127.0.0.1', resolve));
  const address = desk.address();
  if (typeof address !== 'object' || !address) throw new Error('the desk has no address');
  run.provide('compiledDesk', `http://127.0.0.1:${address.port}/`);
  return async () => {
    desk.closeAllConnections();
    desk.close();
    const folder = await compiling?.catch(() => undefined);
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
}

/** Under the project's own folder, so that its packages are found, in `data/`, which is not kept. */
async function compile(): Promise<string> {
  await mkdir(join(project, 'data'), { recursive: true });
  const folder = await mkdtemp(join(project, 'data', 'compiled-'));
  const entries = { main: join(project, 'src/main.ts'), 'bot-process': join(project, 'test/support/bot-process.ts') };
  await bundle(entries, join(folder, 'dist'));
  await cp(join(project, 'manifest.yml'), join(folder, 'manifest.yml'));
  return folder;
}
