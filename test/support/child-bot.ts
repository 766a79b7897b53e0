import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Timing } from '../../src/core/timing.ts';
import { compiledFolder } from './compiled.ts';

/** What a bot in a process of its own is started with. */
export interface ChildBotOptions {
  /** As in the settings file; `${NAME}` is taken from `env`. */
  readonly settings: object;
  readonly env: Record<string, string>;
  readonly timing: Partial<Timing>;
}

export interface ChildBot {
  readonly process: ChildProcess;
  /** Whether it still runs. */
  readonly alive: boolean;
  /** Ends it at once, in the middle of whatever it does. */
  kill(): void;
  /** Ends it as an operator does; resolves with the exit code and how long it took, in milliseconds. */
  terminate(): Promise<{ code: number | null; ms: number }>;
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
}

const ENTRY = join(await compiledFolder(), 'bot-process.js');

/** Starts the bot as a process of its own; resolves once it is ready. */
export async function startChildBot(options: ChildBotOptions): Promise<ChildBot> {
  const child = spawn(process.execPath, [ENTRY], {
    env: { ...process.env, BOT: JSON.stringify(options) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const gone = once(child, 'exit').then(() => undefined);
  const ready = (async () => {
    for await (const line of createInterface({ input: child.stdout })) if (line === 'ready') return;
    throw new Error(`the bot ended before it was ready: ${errors.slice(-2_000)}`);
  })();
  await ready;
  return {
    process: child,
    get alive() {
      return child.exitCode === null && child.signalCode === null;
    },
    kill: () => void child.kill('SIGKILL'),
    async terminate() {
      const began = performance.now();
      child.kill('SIGTERM');
      await gone;
      return { code: child.exitCode, ms: performance.now() - began };
    },
    gone,
  };
}
