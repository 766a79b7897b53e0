import { Pool } from 'undici';
import { z } from 'zod';
import { defaultTiming, followDelay } from '../../src/core/timing.ts';
import { createVbsClient } from '../../src/vbs/client.ts';
import { tell } from './child.ts';
import { startCloud } from './cloud/cloud.ts';
import { rawToken } from './cloud/raw.ts';
import { benchProject, CLOUD_NOW, DOMAIN, JOBS, jobDisks, USER } from './cloud/seeds.ts';
import { figureOf } from './figures.ts';
import { follow, type JobSide } from './follow-jobs.ts';
import { alternate } from './rounds.ts';

/** Requests under way at once, on either side. */
const AT_ONCE = 8;
const MIB = 2 ** 20;

const cloud = await startCloud('jobs');
const project = benchProject(0);
const time = { now: CLOUD_NOW.getTime() };
const client = createVbsClient({
  project,
  endpoints: { iam: cloud.url, vbs: cloud.url },
  credentials: { kind: 'password', user: USER.name, password: USER.password, domain: DOMAIN },
  now: () => new Date(time.now),
});
const pool = new Pool(cloud.url);
const token = await rawToken(pool, { user: USER.name, password: USER.password, domain: DOMAIN, project: project.id });

const byClient: JobSide = {
  create: async (disk) => (await client.backups.create({ volumeId: disk, name: 'bench' })).jobId,
  get: (id) => client.jobs.get(id),
};

const created = z.object({ job_id: z.string() });
const status = z.looseObject({ status: z.string() });

const raw: JobSide = {
  async create(disk) {
    const body = JSON.stringify({ backup: { volume_id: disk, name: 'bench' } });
    return created.parse(await ask('POST', `/v2/${project.id}/cloudbackups`, body)).job_id;
  },
  get: async (id) => status.parse(await ask('GET', `/v1/${project.id}/jobs/${id}`)),
};

/** The answer as it comes, for a client can leave nothing of that out. */
async function ask(method: 'GET' | 'POST', path: string, body?: string): Promise<unknown> {
  const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-auth-token': token };
  const answer = await pool.request({ method, path, headers, body: body ?? null });
  return JSON.parse(await answer.body.text());
}

const heap = { ours: [] as number[], bare: [] as number[] };
const counts = { requests: 0, seconds: 0 };

/** Creates the jobs and follows them to their end, at the pace at which the bot follows. */
async function run(side: JobSide, kept: number[]): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const outcome = await follow(side, {
    disks: jobDisks,
    atOnce: AT_ONCE,
    delay: (ageMs, random) => followDelay(defaultTiming, ageMs, random),
    async pass(ms) {
      time.now += ms;
      await cloud.advance(ms);
    },
    allFollowed() {
      globalThis.gc?.();
      kept.push((process.memoryUsage().heapUsed - before) / MIB);
    },
  });
  counts.requests = outcome.requests;
  counts.seconds = outcome.passedMs / 1_000;
  return outcome.busyMs;
}

const rounds = await alternate(
  { rounds: 3, warmUp: 1 },
  { ours: () => run(byClient, heap.ours), bare: () => run(raw, heap.bare) },
);
const name = `follow ${JOBS.toLocaleString('en')} jobs`;
const note = `${counts.requests} requests each in ${counts.seconds} s of the cloud's time, ${AT_ONCE} at a time`;
tell(figureOf({ name: `create and ${name}`, aim: 1.6, unit: 'ms', note }, rounds));
const kib = (heap.ours.at(-1) ?? 0) * (MIB / 1_024 / JOBS);
const memory = { ours: heap.ours.slice(1), bare: heap.bare.slice(1) };
tell(
  figureOf({ name: `memory to ${name}`, aim: 1.5, unit: 'MiB', note: `${kib.toFixed(1)} KiB a job followed` }, memory),
);
await client.close();
await pool.close();
await cloud.stop();
process.disconnect();
