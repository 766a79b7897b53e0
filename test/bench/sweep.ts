import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { startBackground } from '../../src/background/background.ts';
import { openStore } from '../../src/store/store.ts';
import { tell } from './child.ts';
import { startCloud } from './cloud/cloud.ts';
import { askAll, rawToken } from './cloud/raw.ts';
import { CLOUD_NOW, DOMAIN, POLICIES_A_PROJECT, sweptProjects, TASKS, USER } from './cloud/seeds.ts';
import { figureOf } from './figures.ts';
import { alternate, timed } from './rounds.ts';
import { createSweepCore } from './sweep-core.ts';
import { writtenRows } from './written-rows.ts';

/** Projects that the poller has under way at once, and requests that it makes at once in each. */
const PROJECTS_AT_ONCE = 8;
const REQUESTS_AT_ONCE = 8;
const BETWEEN_SWEEPS_MS = 10 * 60_000;

const cloud = await startCloud('policies');
const file = fileURLToPath(new URL('../../sweep.db', import.meta.url));
rmSync(file, { force: true });
const store = await openStore({ url: `sqlite:${file}` });
const time = { now: CLOUD_NOW.getTime() };
const { core, clouds } = createSweepCore({ store, cloudUrl: cloud.url, now: () => new Date(time.now) });

/** The background as it runs, from its start until every project has been swept once. */
async function sweep(): Promise<void> {
  time.now += BETWEEN_SWEEPS_MS;
  let left = core.projects.managed.length;
  let failed = 0;
  let done: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  const background = startBackground({
    core,
    deliverCard: async () => undefined,
    heldUntil: () => undefined,
    onSweep(_, outcome) {
      if (outcome === 'failed') failed += 1;
      left -= 1;
      if (left === 0) done();
    },
  });
  await all;
  await background.stop(0);
  if (failed > 0) throw new Error(`${failed} projects could not be swept`);
}

/** What one more sweep asks and writes, by the cloud's own log and by triggers in the database. */
async function countSweep(): Promise<string> {
  await cloud.asked();
  const rows = await writtenRows(file, sweep);
  const written = [...rows].map(([table, count]) => `${count} of ${table}`).join(', ');
  return `${(await cloud.asked()).length} requests, rows written: ${written || 'none'}`;
}

interface RawProject {
  readonly pool: Pool;
  readonly token: string;
  readonly policies: string;
  readonly tasks: readonly string[];
}

/** The requests of a sweep, project by project, as the bot made them. */
async function rawProjects(): Promise<RawProject[]> {
  await cloud.asked();
  await sweep();
  const paths = (await cloud.asked()).map((line) => line.replace(/^GET /, ''));
  return Promise.all(
    sweptProjects.map(async (project) => {
      const pool = new Pool(cloud.url);
      const about = { user: USER.name, password: USER.password, domain: DOMAIN, project: project.id };
      const own = paths.filter((path) => path.includes(`/${project.id}/`));
      const tasks = own.filter((path) => path.includes('/backuptasks'));
      const policies = own.find((path) => path.endsWith('/backuppolicy'));
      if (!policies || tasks.length !== POLICIES_A_PROJECT) throw new Error(`${project.name} is asked otherwise`);
      return { pool, token: await rawToken(pool, about), policies, tasks };
    }),
  );
}

async function sweepRaw(projects: readonly RawProject[]): Promise<void> {
  const waiting = [...projects];
  const worker = async () => {
    for (let project = waiting.shift(); project; project = waiting.shift()) {
      const { pool, token, policies, tasks } = project;
      await askAll(pool, [policies], { token, atOnce: 1 });
      await askAll(pool, tasks, { token, atOnce: REQUESTS_AT_ONCE });
    }
  };
  await Promise.all(Array.from({ length: PROJECTS_AT_ONCE }, worker));
}

await sweep();
const known = await Promise.all(
  core.projects.managed.map(({ alias: project }) => store.tasks.list({ project }, { offset: 0, limit: 1 })),
);
const tasks = known.reduce((sum, { total }) => sum + total, 0);
if (tasks !== TASKS) throw new Error(`${tasks} tasks are known instead of ${TASKS}`);
const note = await countSweep();
const raw = await rawProjects();
const rounds = await alternate(
  { rounds: 7, warmUp: 2 },
  { ours: () => timed(sweep), bare: () => timed(() => sweepRaw(raw)) },
);
tell(figureOf({ name: 'one sweep of 1,000 policies', aim: 1.5, unit: 'ms', note }, rounds));
await Promise.all(raw.map(({ pool }) => pool.close()));
await clouds.close();
await store.close();
await cloud.stop();
process.disconnect();
