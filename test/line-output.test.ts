import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LineOutput } from '../src/line-output.ts';
import { eventually } from './support/slack-person.ts';

async function file(path: string) {
  const opened = await open(path, 'a');
  onTestFinished(() => opened.close());
  return opened;
}

async function newFile() {
  const folder = await mkdtemp(join(tmpdir(), 'vbs-chatops-lines-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'log');
}

const lines = Array.from({ length: 1_000 }, (_, index) => `line ${index}\n`);

test('writes lines in their order, without being told to', async () => {
  const path = await newFile();
  const output = new LineOutput((await file(path)).fd);
  for (const line of lines) output.write(line);
  await eventually(async () => (await readFile(path, 'utf8')) === lines.join(''));
});

test('has written everything at its end', async () => {
  const path = await newFile();
  const output = new LineOutput((await file(path)).fd);
  output.write('first\n');
  await eventually(async () => (await readFile(path, 'utf8')) === 'first\n');
  for (const line of lines) output.write(line);
  output.end();
  expect(await readFile(path, 'utf8')).toBe(`first\n${lines.join('')}`);
});

test.skipIf(!existsSync('/dev/full'))('comes to its end where there is no room', async () => {
  const output = new LineOutput((await file('/dev/full')).fd);
  for (const line of lines) output.write(line);
  expect(() => output.end()).not.toThrow();
});
