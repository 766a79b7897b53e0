import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const SOURCES = join(here, '../client');
/** Where `npm run build` puts the page, beside the program. */
const BUILT = join(here, 'page');
const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/vbs-chatops-page/', import.meta.url));

/** The folder with the page as it was built; run from its sources, it is built first if they have changed. */
export async function builtPage(): Promise<string> {
  if (!existsSync(SOURCES)) return BUILT;
  const target = join(CACHE, await fingerprint());
  if (existsSync(target)) return target;
  await mkdir(CACHE, { recursive: true });
  // Whoever else builds at this moment builds the same: the first to finish wins.
  const draft = join(CACHE, `draft-${process.pid}-${Date.now()}`);
  await buildPage(draft);
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }));
  return target;
}

/** Builds the page into a folder. Vite is loaded here alone: it is not there where only the bot is installed. */
export async function buildPage(target: string): Promise<void> {
  const { build } = await import('vite');
  await build({
    root: SOURCES,
    configFile: false,
    logLevel: 'error',
    base: '/',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: target,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'es2022',
      reportCompressedSize: false,
    },
  });
}

/** Changes whenever the sources do, what they are built with, or how. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const shared = [join(here, '../shared.ts'), fileURLToPath(import.meta.url)];
  const lock = fileURLToPath(new URL('../../../../package-lock.json', import.meta.url));
  for (const file of [...(await filesIn(SOURCES)), ...shared, ...(existsSync(lock) ? [lock] : [])]) {
    hash
      .update(file)
      .update('\0')
      .update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
