/** What creates jobs and asks after them: the client, or bare requests. */
export interface JobSide {
  create(disk: string): Promise<string>;
  get(id: string): Promise<{ readonly status: string }>;
}

export interface FollowOptions {
  readonly disks: readonly string[];
  readonly atOnce: number;
  /** How long to wait before a job of this age is asked after again; `random` is in [0, 1). */
  delay(ageMs: number, random: number): number;
  /** Lets the cloud's time pass. */
  pass(ms: number): Promise<void>;
  /** Called once each job has been asked after, and is kept as it was told. */
  allFollowed(): void;
}

export interface Followed {
  readonly requests: number;
  /** The cloud's time, and our own while requests were made. */
  readonly passedMs: number;
  readonly busyMs: number;
}

interface Job {
  readonly id: string;
  dueMs: number;
  last?: { readonly status: string };
}

/** Jobs that are due within this time of each other are asked after together. */
const TICK_MS = 500;

/** Creates a job for each disk, and asks after each at its own pace until all have ended well. */
export async function follow(side: JobSide, options: FollowOptions): Promise<Followed> {
  const { disks, atOnce } = options;
  let requests = disks.length;
  let busyMs = 0;
  let passedMs = 0;
  const work = async <T>(items: readonly T[], one: (item: T) => Promise<void>) => {
    const began = performance.now();
    await eachOf(items, atOnce, one);
    busyMs += performance.now() - began;
  };
  const random = jitter();
  const jobs: Job[] = [];
  await work(disks, async (disk) => void jobs.push({ id: await side.create(disk), dueMs: options.delay(0, random()) }));
  let open: readonly Job[] = jobs;
  let told = false;
  while (open.length > 0) {
    await options.pass(TICK_MS);
    passedMs += TICK_MS;
    const due = open.filter((job) => job.dueMs <= passedMs);
    requests += due.length;
    await work(due, async (job) => {
      job.last = await side.get(job.id);
      job.dueMs = passedMs + options.delay(passedMs, random());
    });
    if (!told && jobs.every((job) => job.last)) {
      told = true;
      options.allFollowed();
    }
    open = open.filter((job) => job.last?.status !== 'SUCCESS');
    const failed = open.find((job) => job.last?.status === 'FAIL');
    if (failed) throw new Error(`job ${failed.id} failed`);
  }
  return { requests, passedMs, busyMs };
}

async function eachOf<T>(items: readonly T[], atOnce: number, one: (item: T) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) await one(next.value);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}

/** Numbers in [0, 1) that are the same in each run, so that both sides ask alike (a linear congruential generator). */
function jitter(): () => number {
  let state = 42;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
