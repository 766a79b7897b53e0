import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundle } from '../../src/packaging/bundle.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** Where the bench keeps what it makes: under `data/`, which is not kept. */
const BENCH_DATA = join(project, 'data', 'bench');

/**
 * Builds the bot as `npm run build` does, compiles the bench beside it, and answers where the bench's programs are: what
 * is measured is what is shipped, without a loader that compiles as it goes.
 */
export async function build(): Promise<string> {
  const out = join(BENCH_DATA, 'js');
  await rm(BENCH_DATA, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  await promisify(execFile)(
    process.execPath,
    [compiler, '-p', join(project, 'test', 'bench', 'tsconfig.json'), '--outDir', out],
    { cwd: project },
  );
  await bundle({ main: join(project, 'src', 'main.ts') }, join(out, 'dist'));
  return join(out, 'test', 'bench');
}
