import { setTimeout as delay } from 'node:timers/promises';
import { createVbsClouds, type VbsClouds } from '../../src/clouds/vbs-clouds.ts';
import { Access } from '../../src/core/access.ts';
import { Catalogue } from '../../src/core/backups/catalogue.ts';
import { expireChanges } from '../../src/core/changes/decide-change.ts';
import { workOnChange } from '../../src/core/changes/work-on-change.ts';
import type { Claimed, ClaimOptions } from '../../src/core/claims.ts';
import type { Core } from '../../src/core/core.ts';
import type { PolicyRun } from '../../src/core/policies/policy-run.ts';
import { runPolicy } from '../../src/core/policies/run-policy.ts';
import { sweepPolicies } from '../../src/core/policies/sweep-policies.ts';
import { workOnRun } from '../../src/core/policies/work-on-run.ts';
import type { Clock, Log } from '../../src/core/ports.ts';
import { type ManagedProject, Projects } from '../../src/core/projects.ts';
import { expireShares } from '../../src/core/sharing/decide-share.ts';
import { workOnShare } from '../../src/core/sharing/execute-share.ts';
import { SharingList } from '../../src/core/sharing/sharing-list.ts';
import { orderEndedStops, workOnStop } from '../../src/core/sharing/stop-sharing.ts';
import type { Store } from '../../src/core/stores.ts';
import { defaultTiming, type Timing } from '../../src/core/timing.ts';
import { createIds } from '../../src/ids.ts';
import { createSimClock, type SimClock } from '../../src/sandbox/vbs/clock.ts';
import { DEMO_DOMAIN, DEMO_PROJECTS, DEMO_USERS, demoSeed } from '../../src/sandbox/vbs/seed.ts';
import { createVbsSimulator, type VbsSimulator } from '../../src/sandbox/vbs/simulator.ts';
import { openStore } from '../../src/store/store.ts';
import type { TestDatabase } from './databases.ts';

export const NOW = new Date('2026-11-20T12:20:00Z');
export const REQUESTER = 'UDEV';
export const OWNER = 'UOWNER';
export const SECOND_OWNER = 'UOWNER2';
export const OPERATOR = 'UOPS';
export const ADMIN = 'UADMIN';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** The core on a real database and the simulated cloud over HTTP, with a clock that stands still until it is moved. */
export interface CoreWorld {
  readonly core: Core;
  readonly simulator: VbsSimulator;
  readonly clock: SimClock;
  readonly databaseUrl: string;
  /** Another replica: its own connection to the same database, and its own clients. */
  replica(): Promise<Core>;
  /** Does what the background would do now, until nothing more is due at this moment. */
  work(core?: Core): Promise<void>;
  close(): Promise<void>;
}

export interface CoreWorldOptions {
  /** When it begins; NOW unless given. */
  readonly start?: Date;
  readonly project?: Partial<ManagedProject>;
  readonly timing?: Partial<Timing>;
  /** What the core of the first replica sees of the cloud; for cutting it off in the middle. */
  readonly wrap?: (clouds: VbsClouds) => Core['clouds'];
}

export async function createCoreWorld(database: TestDatabase, options: CoreWorldOptions = {}): Promise<CoreWorld> {
  const { start = NOW } = options;
  const clock = createSimClock({ start, speed: 0 });
  const simulator = await createVbsSimulator({ clock, seed: demoSeed(start) });
  const { url, drop } = await database.create();
  const closers: (() => Promise<void>)[] = [];
  const open = async (wrap: CoreWorldOptions['wrap']): Promise<Core> => {
    const store = await openStore({ url });
    const clouds = cloudsOf(simulator, clock);
    closers.push(
      () => store.close(),
      () => clouds.close(),
    );
    return composeCore({ store, clouds: wrap?.(clouds) ?? clouds, clock, options });
  };
  const core = await open(options.wrap);
  return {
    core,
    simulator,
    clock,
    databaseUrl: url,
    replica: () => open(undefined),
    work: (other = core) => workAll(other),
    async close() {
      for (const close of closers) await close();
      await simulator.close();
      await drop();
    },
  };
}

function cloudsOf(simulator: VbsSimulator, clock: SimClock): VbsClouds {
  const entries = (['payments', 'analytics', 'platform'] as const).map(
    (alias) =>
      [
        alias,
        {
          project: { id: DEMO_PROJECTS[alias], name: alias },
          endpoints: { iam: simulator.iamUrl, vbs: simulator.vbsUrl },
          credentials: {
            kind: 'password' as const,
            user: DEMO_USERS[alias].name,
            password: DEMO_USERS[alias].password,
            domain: DEMO_DOMAIN,
          },
          now: () => clock.now(),
          sleep: async () => {},
        },
      ] as const,
  );
  return createVbsClouds(new Map(entries));
}

function composeCore(about: {
  store: Store;
  clouds: Core['clouds'];
  clock: SimClock;
  options: CoreWorldOptions;
}): Core {
  const { store, clouds, options } = about;
  const clock: Clock = {
    now: () => about.clock.now(),
    sleep: (ms, signal) => delay(ms, undefined, { ref: false, ...(signal && { signal }) }),
  };
  const projects = new Projects(
    (['payments', 'analytics', 'platform'] as const).map((alias) => ({ ...projectOf(alias), ...options.project })),
    [],
  );
  const timing = { ...defaultTiming, ...options.timing };
  return {
    store,
    clouds,
    projects,
    access: new Access({ membersOf: async () => new Set() }, projects),
    catalogue: new Catalogue(clouds, clock, timing.catalogueMs),
    sharingList: new SharingList(clouds, clock, timing.catalogueMs),
    clock,
    ids: createIds(() => about.clock.now().getTime()),
    timing,
    log: silent,
  };
}

function projectOf(alias: keyof typeof DEMO_PROJECTS): ManagedProject {
  return {
    alias,
    id: DEMO_PROJECTS[alias],
    region: 'eu-de',
    approvalsChannel: `C${alias.toUpperCase()}`,
    alertsChannel: `A${alias.toUpperCase()}`,
    approvers: { users: [OWNER, SECOND_OWNER], groups: [] },
    requesters: 'everyone',
    operators: { users: [OPERATOR], groups: [] },
    admins: { users: [ADMIN], groups: [] },
    approvals: 1,
    requestOpenForMs: 3 * 24 * 3_600_000,
    allowUnknownTargets: false,
    disks: new Map(),
  };
}

/** The operator has the policy that the demo's payments runs each night run now. */
export async function runNightly(core: Core): Promise<PolicyRun> {
  const nightly = (await core.clouds.of('payments').policies()).find(({ name }) => name === 'nightly');
  if (!nightly) throw new Error('the seed has no policy nightly');
  const { id: policyId, name: policyName, disks } = nightly;
  return runPolicy(core, { by: OPERATOR, project: 'payments', policyId, policyName, disks, dedupeKey: 'view-1' });
}

/** One claim and its work, until nothing is due: as background/ does, without its timers. */
async function workAll(core: Core): Promise<void> {
  const { store, clock, timing } = core;
  const { signal } = new AbortController();
  const claims = (): ClaimOptions => ({
    now: clock.now(),
    until: new Date(clock.now().getTime() + timing.leaseMs),
    limit: 8,
  });
  const drain = async <T>(claim: () => Promise<readonly Claimed<T>[]>, work: (one: Claimed<T>) => Promise<void>) => {
    for (;;) {
      const claimed = await claim();
      if (claimed.length === 0) return;
      await Promise.all(claimed.map(work));
    }
  };
  await expireShares(core, 100);
  await expireChanges(core, 100);
  await orderEndedStops(core, 100);
  await drain(
    () => store.shareRequests.claimDue(claims()),
    (claim) => workOnShare(core, claim, signal),
  );
  await drain(
    () => store.changes.claimDue(claims()),
    (claim) => workOnChange(core, claim, signal),
  );
  await drain(
    () => store.sharings.claimDue(claims()),
    (claim) => workOnStop(core, claim, signal),
  );
  await drain(
    () => store.runs.claimDue(claims()),
    (claim) => workOnRun(core, claim, signal),
  );
  const aliases = core.projects.managed.map((project) => project.alias);
  await drain(
    () => store.watches.claimDue(aliases, { ...claims(), limit: 1 }),
    (claim) => sweepPolicies(core, claim, signal).then(() => {}),
  );
}
