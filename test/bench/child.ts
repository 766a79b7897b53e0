import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';

/** Another program of the bench, in a process of its own. */
export interface Child {
  readonly process: ChildProcess;
  /** The next thing that it tells. Rejects when it ends instead. */
  told<T>(schema: z.ZodType<T>): Promise<T>;
  /** All that it tells until it ends. Rejects when it ends badly. */
  untilEnd<T>(schema: z.ZodType<T>): Promise<T[]>;
  /** Tells it something and waits for its answer. */
  ask<T>(question: object, schema: z.ZodType<T>): Promise<T>;
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 12_000;

/** Starts a compiled program beside this one. What it prints goes to standard error. */
export function startChild(program: string, args: readonly string[] = []): Child {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = fork(file, args, { execArgv: ['--expose-gc'], stdio: ['ignore', 2, 2, 'ipc'] });
  const untold: unknown[] = [];
  let wake: () => void = () => undefined;
  let ended = false;
  child.on('message', (message) => {
    untold.push(message);
    wake();
  });
  child.on('exit', () => {
    ended = true;
    wake();
  });
  const news = async (): Promise<boolean> => {
    while (untold.length === 0 && !ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return untold.length > 0;
  };
  const end = () => `${program} ended with ${child.exitCode ?? child.signalCode}`;
  const told = async <T>(schema: z.ZodType<T>): Promise<T> => {
    if (!(await news())) throw new Error(end());
    return schema.parse(untold.shift());
  };
  return {
    process: child,
    told,
    async untilEnd(schema) {
      const all = [];
      while (await news()) all.push(schema.parse(untold.shift()));
      if (child.exitCode !== 0) throw new Error(end());
      return all;
    },
    ask(question, schema) {
      child.send(question);
      return told(schema);
    },
    async stop() {
      if (ended) return;
      const exit = once(child, 'exit');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      child.kill('SIGTERM');
      await exit;
      clearTimeout(timer);
    },
  };
}

/** Tells the process that started this one. */
export function tell(message: object): void {
  if (!process.send) throw new Error('this program is started by the bench');
  process.send(message);
}
