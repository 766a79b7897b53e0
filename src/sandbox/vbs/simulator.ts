import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { SimClock } from './clock.ts';
import { createSimClock } from './clock.ts';
import { RouteFaults } from './http/faults.ts';
import type { Route, Token } from './http/route.ts';
import { Router } from './http/router.ts';
import { createListener } from './http/server.ts';
import { setFaults } from './http/setting-faults.ts';
import type { TrafficEntry } from './http/traffic.ts';
import { Traffic } from './http/traffic.ts';
import type { NativeVersion } from './routes/backup-views.ts';
import { NATIVE_VERSIONS } from './routes/backup-views.ts';
import { backupRoutes } from './routes/backups.ts';
import { cloudBackupRoutes } from './routes/cloudbackups.ts';
import { jobRoutes } from './routes/jobs.ts';
import { policyRoutes } from './routes/policies.ts';
import { policiesByTagRoutes } from './routes/policies-by-tag.ts';
import { policyChangeRoutes } from './routes/policy-changes.ts';
import { policyDiskRoutes } from './routes/policy-disks.ts';
import { policyTagRoutes } from './routes/policy-tags.ts';
import { policyTaskRoutes } from './routes/policy-tasks.ts';
import { quotaRoutes } from './routes/quota.ts';
import { sharingRoutes } from './routes/sharings.ts';
import { tokenRoutes } from './routes/tokens.ts';
import type { Seed } from './seed.ts';
import { plant } from './world/planting.ts';
import { World } from './world/world.ts';

export interface VbsSimulatorOptions {
  /** 0, a free one, unless given. */
  port?: number;
  /** A clock that runs at the real pace from now, unless given. */
  clock?: SimClock;
  seed?: Seed;
  /** All ids are made from it: the same key and the same calls give the same ids. */
  key?: string;
  /** The versions in which the native backups are served; both unless given. */
  nativeVersions?: readonly NativeVersion[];
  /** A day unless given. */
  tokenLifetimeSeconds?: number;
  /** The most entries of a list that come at once; 1000 unless given. */
  maxPage?: number;
  /** How long the backup of a disk takes; a minute unless given. */
  taskSeconds?: number;
  /** How long the first task of a run waits, and how much longer each further one; 5 unless given. */
  waitSeconds?: number;
  staggerSeconds?: number;
  /** When a task that does not end is given up; ten times `taskSeconds` unless given. */
  timeoutSeconds?: number;
  /** Called when a call may have changed the cloud, before it is answered. */
  onWork?: () => void;
}

export interface VbsSimulator {
  url: string;
  iamUrl: string;
  vbsUrl: string;
  blockStorageUrl: string;
  clock: SimClock;
  /** The cloud itself, caught up with the clock. */
  readonly world: World;
  /** Adds to what there is. */
  plant(seed: Seed): void;
  /** Takes what `Faults` describes; throws at anything else, and at a route, project or disk that is not. */
  setFaults(faults: unknown): void;
  /** Ends every token at once, as a change of the password does. */
  revokeTokens(): void;
  log(): TrafficEntry[];
  close(): Promise<void>;
}

/** Starts a cloud that serves the VBS API over HTTP on this machine alone. */
export async function createVbsSimulator(options: VbsSimulatorOptions = {}): Promise<VbsSimulator> {
  const clock = options.clock ?? createSimClock();
  const world = newWorld(options, clock);
  const tokens = new Map<string, Token>();
  const { tokenLifetimeSeconds = 24 * 3600, maxPage = 1000 } = options;
  const services = { world, tokens, tokenLifetimeSeconds, maxPage };
  const [faults, traffic] = [new RouteFaults(), new Traffic()];
  const routes = allRoutes(options.nativeVersions ?? NATIVE_VERSIONS);
  const router = new Router(routes);
  const server = createServer(createListener({ services, clock, router, faults, traffic, onWork: options.onWork }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });
  const url = `http://127.0.0.1:${portOf(server)}`;
  return {
    url,
    iamUrl: url,
    vbsUrl: url,
    blockStorageUrl: url,
    clock,
    get world() {
      world.catchUp(clock.now());
      return world;
    },
    plant: (seed) => {
      world.catchUp(clock.now());
      plant(world, seed);
    },
    setFaults: (input) => {
      world.catchUp(clock.now());
      setFaults(input, { world, faults, routes });
    },
    revokeTokens: () => tokens.clear(),
    log: () => traffic.entries(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulator listens on no port');
  return address.port;
}

function newWorld(options: VbsSimulatorOptions, clock: SimClock): World {
  const { key = 'vbs', taskSeconds = 60, waitSeconds = 5, staggerSeconds = 5 } = options;
  const timeoutSeconds = options.timeoutSeconds ?? 10 * taskSeconds;
  const pace = { taskSeconds, waitSeconds, staggerSeconds, timeoutSeconds };
  const world = new World({ start: clock.now(), key, pace });
  if (options.seed !== undefined) plant(world, options.seed);
  return world;
}

// One file a resource; a new operation is a new entry in its resource's table.
function allRoutes(nativeVersions: readonly NativeVersion[]): Route[] {
  return [
    ...tokenRoutes,
    ...sharingRoutes,
    ...nativeVersions.flatMap(backupRoutes),
    ...cloudBackupRoutes,
    ...quotaRoutes,
    ...policyRoutes,
    ...policyChangeRoutes,
    ...policyDiskRoutes,
    ...policyTagRoutes,
    ...policiesByTagRoutes,
    ...policyTaskRoutes,
    ...jobRoutes,
  ];
}
