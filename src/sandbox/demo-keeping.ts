import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SlackSandbox } from './slack/workspace.ts';
import { keepWorld } from './vbs/keeping.ts';
import type { VbsSimulator } from './vbs/simulator.ts';

const EVERY_MS = 2_000;

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

/** Writes the sandbox down again and again until it is stopped, so that a killed demo has lost no more than a moment. */
export function keepWriting(folder: string, parts: SandboxParts): { stop(): Promise<void> } {
  let written = '';
  let last: Promise<void> = Promise.resolve();
  const write = (): Promise<void> => {
    last = last.then(async () => {
      const { ahead, ...rest } = snapshot(parts);
      const content = JSON.stringify(rest);
      if (content === written) return;
      written = content;
      // Whoever reads it never meets half a file.
      await writeFile(`${keptFile(folder)}.new`, JSON.stringify({ ...rest, ahead }));
      await rename(`${keptFile(folder)}.new`, keptFile(folder));
    });
    return last;
  };
  // A folder that was taken away under a running demo keeps nothing, and is no reason to end.
  const timer = setInterval(() => void write().catch(() => undefined), EVERY_MS).unref();
  return {
    async stop() {
      clearInterval(timer);
      await write().catch(() => undefined);
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
