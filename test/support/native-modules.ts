import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { needsBetterSqlite } from '../../src/store/sqlite-file.ts';

const run = promisify(execFile);
const project = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Compiles better-sqlite3 anew where it was installed under another version of Node, so that the tests can be run under
 * each in turn.
 */
export default async function setup(): Promise<void> {
  if (!needsBetterSqlite() || (await loads())) return;
  process.stderr.write('better-sqlite3 does not fit this Node: compiling it anew, which takes about two minutes\n');
  const folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-headers-'));
  try {
    const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}` };
    const nodedir = (await headersOfThisNode(folder).catch(() => undefined)) ?? process.env['npm_config_nodedir'];
    await run('npm', ['rebuild', 'better-sqlite3'], {
      cwd: project,
      env: nodedir === undefined ? env : { ...env, npm_config_nodedir: nodedir },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (!(await loads())) throw new Error('better-sqlite3 does not fit this Node: run `npm rebuild better-sqlite3`');
}

async function loads(): Promise<boolean> {
  try {
    await run(process.execPath, ['-e', `require('better-sqlite3')(':memory:')`], { cwd: project });
    return true;
  } catch {
    return false;
  }
}

/** Where the headers are: beside this Node, or, where it came without them as from npx, in its package. */
async function headersOfThisNode(folder: string): Promise<string | undefined> {
  const beside = join(dirname(process.execPath), '..');
  if (existsSync(join(beside, 'include', 'node', 'node.h'))) return beside;
  const name = `node-${process.platform}-${process.arch}`;
  await run('npm', ['pack', `${name}@${process.versions.node}`, '--pack-destination', folder]);
  await run('tar', ['-xzf', join(folder, `${name}-${process.versions.node}.tgz`), '-C', folder, 'package/include']);
  return join(folder, 'package');
}
