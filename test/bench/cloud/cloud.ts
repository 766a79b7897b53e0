import { request } from 'undici';
import { z } from 'zod';
import { startChild } from '../child.ts';

/** A cloud in a process of its own. */
export interface BenchCloud {
  readonly url: string;
  /** What it was asked since it was asked this last, as `GET /path?query`; only one that stands still keeps count. */
  asked(): Promise<readonly string[]>;
  /** Moves the time of that of `jobs`, which otherwise stands still. */
  advance(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one; in all but those of `backups` and `jobs` nothing changes. */
export async function startCloud(seed: 'sharings' | 'policies' | 'backups' | 'jobs'): Promise<BenchCloud> {
  const child = startChild('./cloud/server.js', [seed]);
  const { url } = await child.told(z.object({ url: z.string() }));
  return {
    url,
    async asked() {
      const { body } = await request(`${url}/_asked`);
      return z.array(z.string()).parse(await body.json());
    },
    async advance(ms) {
      await child.ask({ advance: ms }, z.object({ advanced: z.number() }));
    },
    stop: () => child.stop(),
  };
}
