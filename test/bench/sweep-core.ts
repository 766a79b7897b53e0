import { setTimeout as delay } from 'node:timers/promises';
import { createVbsClouds, type VbsClouds } from '../../src/clouds/vbs-clouds.ts';
import { Access } from '../../src/core/access.ts';
import { Catalogue } from '../../src/core/backups/catalogue.ts';
import type { Core } from '../../src/core/core.ts';
import type { Clock } from '../../src/core/ports.ts';
import { type ManagedProject, Projects } from '../../src/core/projects.ts';
import { SharingList } from '../../src/core/sharing/sharing-list.ts';
import type { Store } from '../../src/core/stores.ts';
import { defaultTiming } from '../../src/core/timing.ts';
import { createIds } from '../../src/ids.ts';
import { type BenchProject, CLOUD_NOW, DOMAIN, sweptProjects, USER } from './cloud/seeds.ts';

/** The core over many projects of one cloud, on a clock of the caller's. */
export function createSweepCore(about: { store: Store; cloudUrl: string; now: () => Date }): {
  core: Core;
  clouds: VbsClouds;
} {
  const { store, cloudUrl, now } = about;
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> => delay(ms, undefined, signal && { signal });
  const clock: Clock = { now, sleep };
  const clouds = createVbsClouds(
    new Map(
      sweptProjects.map((project) => [
        project.name,
        {
          project,
          endpoints: { iam: cloudUrl, vbs: cloudUrl },
          credentials: { kind: 'password', user: USER.name, password: USER.password, domain: DOMAIN },
          // The cloud stands still, and so its tokens last.
          now: () => CLOUD_NOW,
        },
      ]),
    ),
  );
  const projects = new Projects(sweptProjects.map(managed), []);
  const core: Core = {
    store,
    clouds,
    projects,
    access: new Access({ membersOf: async () => new Set() }, projects),
    catalogue: new Catalogue(clouds, clock, defaultTiming.catalogueMs),
    sharingList: new SharingList(clouds, clock, defaultTiming.catalogueMs),
    clock,
    ids: createIds(() => now().getTime()),
    timing: defaultTiming,
    log: { info() {}, warn() {}, error: (_, message) => process.stderr.write(`${message}\n`) },
  };
  return { core, clouds };
}

function managed({ name: alias, id }: BenchProject): ManagedProject {
  return {
    alias,
    id,
    region: 'eu-de',
    approvalsChannel: 'C0APPROVALS',
    alertsChannel: 'C0ALERTS',
    approvers: { users: ['U0OWNER'], groups: [] },
    requesters: 'everyone',
    operators: { users: ['U0OWNER'], groups: [] },
    admins: { users: [], groups: [] },
    approvals: 1,
    requestOpenForMs: 3_600_000,
    allowUnknownTargets: false,
    disks: new Map(),
  };
}
