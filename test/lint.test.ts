import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
const findings = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

/** What each part of the source may import from beside itself. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  core: [],
  vbs: [],
  config: [],
  clouds: ['core', 'vbs'],
  store: ['core'],
  slack: ['core'],
  background: ['core'],
};

/** The ways to write an import, of types too and of what is loaded later. */
const ways: Readonly<Record<string, (from: string) => string>> = {
  value: (from) => `import { thing } from '${from}';\nexport const it = thing;\n`,
  type: (from) => `import type { Thing } from '${from}';\nexport type It = Thing;\n`,
  later: (from) => `export const it = () => import('${from}');\n`,
  onward: (from) => `export { thing } from '${from}';\n`,
  'type-in-place': (from) => `export type It = import('${from}').Thing;\n`,
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-lint-'));
  await copyFile(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  await writeFile(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true } }');
});

afterEach(async () => await rm(folder, { recursive: true, force: true }));

describe('what lint refuses', () => {
  it('is every import against the direction, however it is written and however deep it stands', async () => {
    const beside = (await readdir(join(root, 'src'))).filter((name) => !name.startsWith('.'));
    const files: Record<string, string> = {};
    const refused: string[] = [];
    for (const [part, may] of Object.entries(MAY)) {
      for (const name of beside.filter((one) => one !== part)) {
        const to = name.includes('.') ? name : `${name}/inner.ts`;
        for (const [way, written] of Object.entries(ways)) {
          const shallow = `src/${part}/by-${way}-${name.replace('.ts', '-file')}.ts`;
          const deep = `src/${part}/inside/${posix.basename(shallow)}`;
          files[shallow] = written(`../${to}`);
          files[deep] = written(`../../${to}`);
          // A type that is imported in place is refused wherever it comes from.
          if (!may.includes(name) || way === 'type-in-place') refused.push(shallow, deep);
        }
      }
    }
    await write(files);
    const found = await lint();
    expect(new Set(found.map(({ filename }) => filename))).toEqual(new Set(refused));
  });

  it('is a package of another side', async () => {
    await write({
      'src/core/a.ts': ways['value']?.('node:timers/promises') ?? '',
      'src/core/b.ts': 'export const later = () => setTimeout(() => undefined, 1);\n',
      'src/core/c.ts': 'export const now = () => Date.now();\n',
      'src/store/c.ts': ways['value']?.('@slack/web-api') ?? '',
      'src/slack/d.ts': ways['later']?.('undici') ?? '',
      'src/vbs/e.ts': ways['type']?.('kysely') ?? '',
      'src/background/f.ts': ways['onward']?.('pg') ?? '',
    });
    expect(await lint()).toEqual([
      { filename: 'src/background/f.ts', code: 'eslint(no-restricted-imports)' },
      { filename: 'src/core/a.ts', code: 'eslint(no-restricted-imports)' },
      { filename: 'src/core/b.ts', code: 'eslint(no-restricted-globals)' },
      { filename: 'src/core/c.ts', code: 'eslint(no-restricted-properties)' },
      { filename: 'src/slack/d.ts', code: 'eslint(no-restricted-imports)' },
      { filename: 'src/store/c.ts', code: 'eslint(no-restricted-imports)' },
      { filename: 'src/vbs/e.ts', code: 'eslint(no-restricted-imports)' },
    ]);
  });

  it('is what a stand-in takes from the bot or from the other one, the page from its server, the bot from the demo', async () => {
    const refused: Readonly<Record<string, string>> = {
      'src/app.ts': './sandbox/demo.ts',
      'src/doctor/a.ts': '../packaging/notices.ts',
      'src/sandbox/slack/a.ts': '../../core/uuid.ts',
      'src/sandbox/slack/b.ts': '../vbs/clock.ts',
      'src/sandbox/vbs/a.ts': '../../ids.ts',
      'src/sandbox/vbs/world/a.ts': '../../../ids.ts',
      'src/sandbox/web/client/a.ts': '../../demo-play.ts',
      'src/sandbox/web/client/b.ts': 'pg',
      'src/sandbox/web/client/chat/a.ts': '../../server/serve.ts',
    };
    const fine: Readonly<Record<string, string>> = {
      'src/main.ts': './sandbox/demo.ts',
      'src/sandbox/demo.ts': '../config.ts',
      'src/sandbox/slack/delivery/c.ts': '../ids.ts',
      'src/sandbox/web/client/chat/b.ts': 'preact/hooks',
      'src/sandbox/web/client/chat/c.ts': '../../shared.ts',
    };
    const files = Object.entries({ ...refused, ...fine }).map(([file, from]) => [file, ways['value']?.(from) ?? '']);
    await write(Object.fromEntries(files));
    expect((await lint()).map(({ filename }) => filename)).toEqual(Object.keys(refused));
  });

  it('is an assertion that nothing checks, a fourth parameter, a file of more than 250 lines, a default export', async () => {
    await write({
      'src/slack/a.ts': 'export const name = (given: unknown) => (given as { name: string }).name;\n',
      'src/slack/b.ts': 'export const sum = (a: number, b: number, c: number, d: number) => a + b + c + d;\n',
      'src/slack/c.ts': `${'// Nothing.\n'.repeat(250)}export const c = 1;\n`,
      'src/slack/d.ts': 'export default 1;\n',
    });
    expect(await lint('--type-aware')).toEqual([
      { filename: 'src/slack/a.ts', code: 'typescript(no-unsafe-type-assertion)' },
      { filename: 'src/slack/b.ts', code: 'eslint(max-params)' },
      { filename: 'src/slack/c.ts', code: 'eslint(max-lines)' },
      { filename: 'src/slack/d.ts', code: 'import(no-default-export)' },
    ]);
  });

  it('is a cycle, also of types alone', async () => {
    await write({
      'src/slack/a.ts': ways['value']?.('./b.ts') ?? '',
      'src/slack/b.ts': "import { it } from './a.ts';\nexport const thing = () => it;\n",
      'src/slack/c.ts': `${ways['type']?.('./d.ts')}export interface C {}\n`,
      'src/slack/d.ts': "import type { C } from './c.ts';\nexport type Thing = C;\n",
    });
    expect((await lint()).filter(({ code }) => code === 'import(no-cycle)').map(({ filename }) => filename)).toEqual([
      'src/slack/a.ts',
      'src/slack/b.ts',
      'src/slack/c.ts',
      'src/slack/d.ts',
    ]);
  });

  it('is a promise for which nobody waits', async () => {
    await write({
      'src/slack/a.ts': 'export function close(work: () => Promise<void>): void {\n  work();\n}\n',
      'src/slack/b.ts':
        'export function each(list: number[], work: () => Promise<void>): void {\n  list.forEach(async () => await work());\n}\n',
      'src/slack/c.ts':
        'export function open(isOpen: () => Promise<boolean>): string {\n  return isOpen() ? "open" : "shut";\n}\n',
      'src/slack/d.ts':
        'export async function tried(work: () => Promise<void>): Promise<void> {\n  try {\n    return work();\n  } catch {}\n}\n',
    });
    const promises = (await lint('--type-aware')).filter(({ code }) => /promises|return-await/.test(code));
    expect(promises).toEqual([
      { filename: 'src/slack/a.ts', code: 'typescript(no-floating-promises)' },
      { filename: 'src/slack/b.ts', code: 'typescript(no-misused-promises)' },
      { filename: 'src/slack/c.ts', code: 'typescript(no-misused-promises)' },
      { filename: 'src/slack/d.ts', code: 'typescript(return-await)' },
    ]);
  });
});

it('nothing loads later what imports it, which lint does not follow', async () => {
  const later: string[] = [];
  const imports = new Map<string, string[]>();
  for (const file of await readdir(join(root, 'src'), { recursive: true })) {
    if (!/\.tsx?$/.test(file)) continue;
    const text = await readFile(join(root, 'src', file), 'utf8');
    const targets = [...text.matchAll(/(?:\bfrom |\bimport\()'(\.[^']+)'/g)].map(([, to]) =>
      posix.join(posix.dirname(file), to ?? ''),
    );
    imports.set(file, targets);
    if (/\bimport\('\./.test(text)) later.push(file);
  }
  expect(later).toContain('main.ts');
  expect(later.filter((file) => reached(imports, imports.get(file) ?? []).has(file))).toEqual([]);
});

function reached(imports: ReadonlyMap<string, readonly string[]>, from: readonly string[]): Set<string> {
  const seen = new Set(from);
  for (const file of seen) for (const next of imports.get(file) ?? []) seen.add(next);
  return seen;
}

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

async function lint(...flags: readonly string[]): Promise<{ readonly filename: string; readonly code: string }[]> {
  const printed = await new Promise<string>((resolve) => {
    const args = [oxlint, ...flags, '--format', 'json', 'src'];
    // What it asks about types lies beside it, where it is not looked for from another folder.
    const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH']}` };
    const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
    execFile(process.execPath, args, options, (_error, stdout) => resolve(stdout));
  });
  const { diagnostics } = findings.parse(JSON.parse(printed));
  return diagnostics
    .map(({ filename, code }) => ({ filename: filename.replaceAll('\\', '/'), code }))
    .sort((a, b) => `${a.filename} ${a.code}`.localeCompare(`${b.filename} ${b.code}`));
}
