import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

const consumer = `
import { createVbsClient, VbsInputError, type Backup, type VbsClient } from 'vbs-chatops/vbs';

const client: VbsClient = createVbsClient({
  project: { id: 'p-1', name: 'payments' },
  endpoints: { iam: 'http://127.0.0.1:9', vbs: 'http://127.0.0.1:9' },
  credentials: { kind: 'accessKey', accessKey: 'AK', secretKey: 'SK' },
});
const name = (backup: Backup): string | undefined => backup.name;
const said = await client.backups.get('..').then(name, (error: unknown) => {
  return error instanceof VbsInputError ? error.argument : 'something else';
});
console.log(said);
await client.close();
`;

/** Compiles what a configuration names, within the types of Node alone. */
async function compile(folder: string, config: Record<string, unknown>): Promise<void> {
  const file = join(folder, 'tsconfig.build.json');
  await writeFile(file, JSON.stringify(config));
  await run(process.execPath, [compiler, '-p', file]).catch((error: { stdout?: string }) => {
    throw new Error(error.stdout ?? 'the compiler could not be run');
  });
}

test('another program imports the client as vbs-chatops/vbs, with its types', { timeout: 120_000 }, async () => {
  // Within node_modules, where the dependencies are found.
  const folder = await mkdtemp(join(root, 'node_modules', '.consumer-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const installed = join(folder, 'node_modules', 'vbs-chatops');
  await mkdir(installed, { recursive: true });
  await cp(join(root, 'package.json'), join(installed, 'package.json'));
  await compile(folder, {
    extends: join(root, 'src', 'vbs', 'tsconfig.json'),
    compilerOptions: {
      rootDir: join(root, 'src'),
      outDir: join(installed, 'dist'),
      typeRoots: [join(root, 'node_modules', '@types')],
    },
    files: [join(root, 'src', 'vbs', 'vbs.ts')],
    include: [],
  });

  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'main.ts'), consumer);
  await compile(folder, {
    compilerOptions: { strict: true, module: 'nodenext', target: 'es2022', outDir: folder, types: ['node'] },
    files: [join(folder, 'main.ts')],
  });
  const { stdout } = await run(process.execPath, [join(folder, 'main.js')]);
  expect(stdout).toBe('backup_id\n');
});
