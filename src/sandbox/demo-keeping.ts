import { renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SlackSandbox } from './slack/workspace.ts';
import { keepWorld } from './vbs/keeping.ts';
import type { VbsSimulator } from './vbs/simulator.ts';

const EVERY_MS = 2_000;
/** What is larger is not written at each change: the bot lives in the same process, and would wait for it. */
const LARGE = 4_000_000;
/** So many times as long as the writing took is it left alone then. */
const REST = 5;

const keptSchema = z.object({
  version: z.literal(1),
  /** By how much the sandbox's clock was ahead, in milliseconds. */
  ahead: z.number(),
  workspace: z.unknown(),
  /** A seed, read by the simulator itself. */
  cloud: z.record(z.string(), z.array(z.unknown())),
});

/** The sandbox as it was when it stopped. */
export type KeptSandbox = z.infer<typeof keptSchema>;

/** What a demo left behind in its folder; undefined where that is nothing, or nothing that this version knows. */
export async function readKept(folder: string): Promise<KeptSandbox | undefined> {
  const source = await readFile(keptFile(folder), 'utf8').catch(() => undefined);
  if (source === undefined) return undefined;
  try {
    return keptSchema.parse(JSON.parse(source));
  } catch {
    return undefined;
  }
}

interface SandboxParts {
  readonly slack: SlackSandbox;
  readonly simulator: VbsSimulator;
}

/** Writes a running sandbox down. */
export interface Keeping {
  /** Writes at once, so that nobody hears of what a kill would take back; a moment later where there is a lot of it. */
  changed(): void;
  stop(): void;
}

/** Writes the sandbox down at its changes, and again and again until it is stopped: time changes it too. */
export function keepWriting(folder: string, parts: SandboxParts): Keeping {
  let written = '';
  let restUntil = 0;
  let later: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(later);
    later = undefined;
    const since = performance.now();
    restUntil = since;
    try {
      const { ahead, ...rest } = snapshot(parts);
      const content = JSON.stringify(rest);
      if (content !== written) {
        // Whoever reads it never meets half a file.
        writeFileSync(`${keptFile(folder)}.new`, JSON.stringify({ ...rest, ahead }));
        renameSync(`${keptFile(folder)}.new`, keptFile(folder));
        written = content;
      }
      const until = performance.now();
      if (content.length > LARGE) restUntil = until + REST * (until - since);
    } catch {
      // A folder that was taken away under a running demo keeps nothing, and is no reason to end.
    }
  };
  const timer = setInterval(write, EVERY_MS).unref();
  return {
    changed() {
      const rest = restUntil - performance.now();
      if (rest <= 0) write();
      else later ??= setTimeout(write, rest).unref();
    },
    stop() {
      clearInterval(timer);
      write();
    },
  };
}

function snapshot({ slack, simulator }: SandboxParts) {
  return {
    version: 1,
    ahead: simulator.clock.now().getTime() - Date.now(),
    workspace: slack.keep(),
    cloud: keepWorld(simulator.world),
  };
}

/** The file in which a demo writes itself down. */
export function keptFile(folder: string): string {
  return join(folder, 'sandbox.json');
}
