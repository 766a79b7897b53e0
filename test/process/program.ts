import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { compiledFolder } from '../support/compiled.ts';
import { eventually } from '../support/slack-person.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const COMPILED = join(await compiledFolder(), 'main.js');
const PATIENCE_MS = 25_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the signal, or from the start if there was none, in milliseconds. */
  readonly ms: number;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A module that the process loads first. */
  readonly first?: string;
  /** The compiled program to run, if not that of the sources. The demo makes its page of the sources unless this is given. */
  readonly compiled?: string;
  /** Where its standard output goes, in place of this test. */
  readonly output?: number;
}

/** The program as an operator has it: a process of its own, which ends with the test. */
export class Program {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #began = performance.now();
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], { cwd, env = {}, first, compiled, output }: RunOptions) {
    const fromSources = compiled === undefined && args[0] === 'demo';
    const loaders = fromSources ? [LOADER] : [];
    const imports = [...loaders, ...(first === undefined ? [] : [first])].flatMap((module) => ['--import', module]);
    // Nothing of this machine's settings but what a process needs to live.
    const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
    this.#child = spawn(process.execPath, [...imports, compiled ?? (fromSources ? MAIN : COMPILED), ...args], {
      cwd,
      env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...env },
      stdio: ['ignore', output ?? 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (chunk) => {
      this.stdout += String(chunk);
    });
    this.#child.stderr?.on('data', (chunk) => {
      this.stderr += String(chunk);
    });
    this.#exit = once(this.#child, 'close');
    onTestFinished(async () => {
      this.#child.kill('SIGKILL');
      await this.#exit;
    });
  }

  /** Reads nothing more of what it prints, and lets it know. */
  closeOutput(): void {
    this.#child.stdout?.destroy();
  }

  /** Waits until the standard output has this in it. */
  async says(words: RegExp): Promise<RegExpExecArray> {
    const seen = await eventually(() => words.exec(this.stdout) ?? !this.alive, {
      withinMs: PATIENCE_MS,
      what: `${words}`,
    }).catch((cause: unknown) => {
      throw new Error(`it said: ${this.stdout}${this.stderr}`, { cause });
    });
    if (seen === true) throw new Error(`it ended: ${this.stdout}${this.stderr}`);
    return seen;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  signal(name: NodeJS.Signals): Promise<Ended> {
    this.#began = performance.now();
    this.#child.kill(name);
    return this.ended();
  }

  async ended(): Promise<Ended> {
    await this.#exit;
    const { stdout, stderr } = this;
    return { code: this.#child.exitCode, stdout, stderr, ms: performance.now() - this.#began };
  }

  /** The lines of the log, as far as they are whole. */
  log(): readonly { level: string; msg: string }[] {
    const line = z.looseObject({ level: z.string(), msg: z.string() });
    return this.stdout
      .split('\n')
      .slice(0, -1)
      .map((text) => line.parse(JSON.parse(text)));
  }
}

/** Runs the program to its end. */
export function run(args: readonly string[], options: RunOptions): Promise<Ended> {
  return new Program(args, options).ended();
}

/** The status pages of a bot that `start` runs. */
export class StatusPages {
  readonly #url: string;

  private constructor(url: string) {
    this.#url = url;
  }

  static async of(program: Program): Promise<StatusPages> {
    const [, port] = await program.says(/"port":(\d+),"msg":"status pages are served"/);
    return new StatusPages(`http://127.0.0.1:${port}`);
  }

  async get(path: string): Promise<{ status: number; type: string | null; body: string }> {
    const response = await fetch(`${this.#url}${path}`);
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
  }

  /** Waits until `/readyz` says that nothing hinders the bot, or that these things do. */
  async readiness(...reasons: readonly string[]): Promise<void> {
    const wanted = { status: reasons.length === 0 ? 200 : 503, body: { ok: reasons.length === 0, reasons } };
    let last: unknown;
    await eventually(
      async () => {
        const { status, body } = await this.get('/readyz');
        last = { status, body: JSON.parse(body) };
        return JSON.stringify(last) === JSON.stringify(wanted);
      },
      { withinMs: PATIENCE_MS, what: JSON.stringify(wanted) },
    ).catch((cause: unknown) => {
      throw new Error(`/readyz goes on saying ${JSON.stringify(last)}`, { cause });
    });
  }
}
