import { Pool } from 'undici';
import { createVbsClient } from '../../src/vbs/client.ts';
import { tell } from './child.ts';
import { startCloud } from './cloud/cloud.ts';
import { askAll, rawToken } from './cloud/raw.ts';
import { benchProject, DOMAIN, SHARINGS, USER } from './cloud/seeds.ts';
import { figureOf } from './figures.ts';
import { alternate, timed } from './rounds.ts';

/** Pages that the client has under way at most: the one it reads, and four ahead. */
const AT_ONCE = 5;

const cloud = await startCloud('sharings');
const project = benchProject(0);
const client = createVbsClient({
  project,
  endpoints: { iam: cloud.url, vbs: cloud.url },
  credentials: { kind: 'password', user: USER.name, password: USER.password, domain: DOMAIN },
});
const pool = new Pool(cloud.url);
const token = await rawToken(pool, { user: USER.name, password: USER.password, domain: DOMAIN, project: project.id });

async function listByClient(): Promise<void> {
  let rows = 0;
  for await (const sharing of client.sharings.list()) if (sharing.id !== '') rows += 1;
  if (rows !== SHARINGS) throw new Error(`${rows} sharings came instead of ${SHARINGS}`);
}

await listByClient();
await cloud.asked();
await listByClient();
const [first = '', ...others] = (await cloud.asked()).map((line) => line.replace(/^GET /, ''));

/** The first page alone, since only then more is known; then the rest, as many at a time as the client. */
async function listRaw(): Promise<void> {
  const pages = [
    ...(await askAll(pool, [first], { token, atOnce: 1 })),
    ...(await askAll(pool, others, { token, atOnce: AT_ONCE })),
  ];
  if (pages.length !== others.length + 1) throw new Error('a page is missing');
}

const rounds = await alternate(
  { rounds: 15, warmUp: 10 },
  { ours: () => timed(listByClient), bare: () => timed(listRaw) },
);
const note = `${others.length + 1} requests each, ${AT_ONCE} at a time`;
tell(figureOf({ name: `list ${SHARINGS.toLocaleString('en')} sharings`, aim: 1.3, unit: 'ms', note }, rounds));
await client.close();
await pool.close();
await cloud.stop();
process.disconnect();
