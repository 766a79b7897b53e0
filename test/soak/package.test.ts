import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../process/place.ts';
import { Program } from '../process/program.ts';

const run = promisify(execFile);
const project = fileURLToPath(new URL('../../', import.meta.url));
const lockfile = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) });

describe('the package, as npm would publish and install it', () => {
  it('holds what its users need and no sources, and serves the sandbox’s page without what builds it', async () => {
    const folder = await temporaryFolder();
    await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: project });
    const [archive = ''] = await readdir(folder);
    await run('tar', ['-xzf', archive], { cwd: folder });
    const installed = join(folder, 'package');
    expect((await readdir(installed)).sort()).toEqual([
      '.env.example',
      '.vbs-chatops.example.yml',
      'LICENSE',
      'README.md',
      'dist',
      'manifest.yml',
      'package.json',
    ]);
    const files = await readdir(join(installed, 'dist'), { recursive: true });
    expect(files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
    await installDependencies(installed);

    const demo = new Program(['demo', '--port', '0'], { cwd: folder, compiled: join(installed, 'dist/main.js') });
    const [, url = ''] = await demo.says(/^Sandbox: (\S+)\n/);
    const page = await fetch(url).then((response) => response.text());
    const [, script = ''] = /<script[^>]* src="([^"]+)"/.exec(page) ?? [];
    const [, style = ''] = /<link rel="stylesheet"[^>]* href="([^"]+)"/.exec(page) ?? [];
    for (const asset of [script, style]) {
      const response = await fetch(url + asset);
      expect([asset, response.status, (await response.text()).length > 1_000]).toEqual([asset, 200, true]);
    }
    expect(await demo.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  });
});

/** Puts there what the package depends on, and nothing that is there for development alone. */
async function installDependencies(target: string): Promise<void> {
  const { packages } = lockfile.parse(JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')));
  const names = Object.entries(packages).flatMap(([path, { dev }]) =>
    dev === true || !/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) ? [] : [path],
  );
  expect(names).not.toContain('node_modules/vite');
  for (const path of names) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await symlink(join(project, path), join(target, path));
  }
}
