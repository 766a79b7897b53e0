import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const packageShape = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().default('unknown licence'),
});
const LICENCE = /^(licen[cs]e|copying|notice)([-.]|$)/i;

/** The licences of the packages that these files belong to, as theirs demand of whoever passes them on. */
export async function noticesOf(files: readonly string[]): Promise<string> {
  const notices = await Promise.all([...new Set(files.flatMap(packageFolder))].sort().map(noticeOf));
  return notices.join(`\n${'-'.repeat(80)}\n\n`);
}

function packageFolder(file: string): string[] {
  const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file.replaceAll('\\', '/'))?.[0];
  return folder === undefined ? [] : [folder];
}

async function noticeOf(folder: string): Promise<string> {
  const about = packageShape.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const names = (await readdir(folder)).filter((name) => LICENCE.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return `${about.name} ${about.version} (${about.license})\n\n${texts.map((text) => `${text.trim()}\n`).join('\n')}`;
}
