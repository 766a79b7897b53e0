import { request } from 'undici';
import { z } from 'zod';
import { startChild } from '../child.ts';

/** A cloud in a process of its own. */
export interface BenchCloud {
  readonly url: string;
  /** What it was asked since it was asked this last, as `GET /path?query`; only one that stands still keeps count. */
  asked(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts one; all but that of `backups` stand still. */
export async function startCloud(seed: 'sharings' | 'policies' | 'backups'): Promise<BenchCloud> {
  const child = startChild('./cloud/server.js', [seed]);
  const { url } = await child.told(z.object({ url: z.string() }));
  return {
    url,
    async asked() {
      const { body } = await request(`${url}/_asked`);
      return z.array(z.string()).parse(await body.json());
    },
    stop: () => child.stop(),
  };
}
