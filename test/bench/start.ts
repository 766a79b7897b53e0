import { setTimeout as delay } from 'node:timers/promises';
import type { AppSide } from './apps/pair.ts';
import { createPair } from './apps/pair.ts';
import { tell } from './child.ts';
import { startCloud } from './cloud/cloud.ts';
import { figureOf } from './figures.ts';
import { alternate } from './rounds.ts';

/** Long enough for the start to be over, its garbage collected, and the heap that it had grown given back. */
const REST_MS = 15_000;
const ROUNDS = { rounds: 9, warmUp: 1 };
/** Bots, and as many bare apps, that rest at the same time. */
const RESTING = 3;

const cloud = await startCloud('backups');
await measureStart();
await measureMemory();
await cloud.stop();
process.disconnect();

/** The bot finds its database as the last start left it. */
async function measureStart(): Promise<void> {
  const pair = await createPair({ mode: 'socket', cloudUrl: cloud.url });
  const once = (side: AppSide) => async () => {
    const app = await side.start();
    await app.stop();
    return app.readyMs;
  };
  const rounds = await alternate(ROUNDS, { ours: once(pair.ours), bare: once(pair.bare) });
  tell(figureOf({ name: 'start to ready', aim: 1.5, unit: 'ms' }, rounds));
  await pair.close();
}

async function measureMemory(): Promise<void> {
  const pairs = await Promise.all(
    Array.from({ length: RESTING }, () => createPair({ mode: 'socket', cloudUrl: cloud.url })),
  );
  const ours = await Promise.all(pairs.map((pair) => pair.ours.start()));
  const bare = await Promise.all(pairs.map((pair) => pair.bare.start()));
  await delay(REST_MS);
  const memory = {
    ours: await Promise.all(ours.map((app) => app.restingMemory())),
    bare: await Promise.all(bare.map((app) => app.restingMemory())),
  };
  const note = `${REST_MS / 1_000} s after the start, garbage collected`;
  tell(figureOf({ name: 'memory at rest', aim: 1.4, unit: 'MiB', note }, memory));
  await Promise.all([...ours, ...bare].map((app) => app.stop()));
  await Promise.all(pairs.map((pair) => pair.close()));
}
