import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { USER } from '../cloud/seeds.ts';

export const MODES = ['socket', 'http'] as const;
export type Mode = (typeof MODES)[number];

/** The tokens that the stand-in of Slack knows. */
export const SECRETS = {
  SLACK_BOT_TOKEN: 'xoxb-bench',
  SLACK_APP_TOKEN: 'xapp-bench',
  SLACK_SIGNING_SECRET: 'bench-signing-secret',
} as const;

/** The bot or the bare app, in a process of its own. */
export interface AppProcess {
  /** From the start of the process until Slack can reach it, in milliseconds. */
  readonly readyMs: number;
  /** Resident memory after a collection, in MiB. */
  restingMemory(): Promise<number>;
  stop(): Promise<void>;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Starts a program and waits until it logs that it is ready. */
async function startApp(program: readonly string[], env: Readonly<Record<string, string>>): Promise<AppProcess> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--expose-gc', '--import', here('./collect.js'), ...program], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const lines = createInterface({ input: child.stdout });
  let last = '';
  lines.on('line', (line) => {
    last = line;
  });
  const ended = once(child, 'exit');
  const said = (what: string) =>
    new Promise<number>((resolve, reject) => {
      lines.on('line', (line) => {
        if (line.includes(`"msg":"${what}"`)) resolve(performance.now() - began);
      });
      void ended.then(() => reject(new Error(`${program.join(' ')} ended before it was ${what}: ${last}`)));
    });
  const readyMs = await said('ready');
  return {
    readyMs,
    async restingMemory() {
      const collected = said('collected');
      child.kill('SIGUSR2');
      await collected;
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      const kib = /^VmRSS:\s+(?<kib>\d+) kB$/m.exec(status)?.groups?.['kib'];
      if (kib === undefined) throw new Error('the memory of a process cannot be read');
      return Number(kib) / 1_024;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      process.off('exit', kill);
    },
  };
}

/** Starts the bare app. */
export function startBareApp(about: { mode: Mode; apiUrl: string; port: number }): Promise<AppProcess> {
  const env = { BENCH_MODE: about.mode, BENCH_API: about.apiUrl, BENCH_PORT: String(about.port) };
  return startApp([here('./bare-app.js')], { ...SECRETS, ...env });
}

/** Starts the bot as it is shipped: `vbs-chatops start` with a settings file. */
export function startBot(settingsFile: string): Promise<AppProcess> {
  return startApp([here('../../../dist/main.js'), 'start', '--config', settingsFile], {
    ...SECRETS,
    CLOUD_PASSWORD: USER.password,
  });
}

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port is free');
  return address.port;
}
