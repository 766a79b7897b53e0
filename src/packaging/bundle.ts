import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { noticesOf } from './notices.ts';

/** What stays out: what is compiled for one machine, what is optional, and what only makes the sandbox's page. */
const EXTERNAL = ['better-sqlite3', 'pg-native', 'vite'];

/**
 * Makes programs of their sources and of the packages that they use, in a few files, since loading hundreds of small
 * ones is most of what a start takes. What a program imports when it is needed stays in files of its own.
 */
export async function bundle(entries: Readonly<Record<string, string>>, folder: string): Promise<void> {
  const build = await rolldown({ input: { ...entries }, platform: 'node', external: EXTERNAL });
  try {
    const { output } = await build.write({
      dir: folder,
      format: 'esm',
      // All in one folder: what looks for its files beside itself finds them wherever the bundler has put it.
      chunkFileNames: '[name]-[hash].js',
      // A process keeps its own text in memory. Names stay: those in a stack are to be found in the sources.
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    });
    const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
    await writeFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), await noticesOf(modules));
  } finally {
    await build.close();
  }
}
