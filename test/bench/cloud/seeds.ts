import type { Seed } from '../../../src/sandbox/vbs/seed.ts';

/** When the clouds of the bench are: nothing in them moves. */
export const CLOUD_NOW = new Date('2026-11-20T12:00:00Z');
export const DOMAIN = 'bench';
export const USER = { name: 'chatops', password: 'bench-password' };

/** How much there is to list, and to sweep. */
export const SHARINGS = 10_000;
const PROJECTS = 100;
export const POLICIES_A_PROJECT = 10;
const DISKS_A_POLICY = 2;
const NIGHTS = 5;
export const TASKS = PROJECTS * POLICIES_A_PROJECT * DISKS_A_POLICY * NIGHTS;

/** Enough for every request that is made of a bot to be of a backup of its own. */
export const BACKUPS = 1_000;
/** Jobs that are followed at once, each of a disk of its own, and how long one takes. */
export const JOBS = 1_000;
export const JOB_SECONDS = 20;
const SHARED_BACKUPS = 500;
const RECEIVERS = SHARINGS / SHARED_BACKUPS;
const DAY = 24 * 3_600_000;

export interface BenchProject {
  readonly name: string;
  readonly id: string;
}

/** The project of that number. */
export function benchProject(number: number): BenchProject {
  return { name: `project-${number}`, id: number.toString(16).padStart(32, '0') };
}

/** The projects that the poller sweeps. */
export const sweptProjects: readonly BenchProject[] = Array.from({ length: PROJECTS }, (_, n) => benchProject(n));

/** A project that shares 500 backups with each of 20 others. */
export function sharingsSeed(): Seed {
  const source = benchProject(0);
  const receivers = Array.from({ length: RECEIVERS }, (_, n) => benchProject(n + 1));
  const backups = Array.from({ length: SHARED_BACKUPS }, (_, n) => `backup-${n}`);
  return {
    projects: [source, ...receivers],
    users: [user([source])],
    disks: [{ name: 'disk', size: 40, project: source.name }],
    backups: backups.map((name, n) => ({ disk: 'disk', name, createdAt: hoursAgo(SHARED_BACKUPS - n) })),
    sharings: backups.flatMap((backup, n) =>
      receivers.map(({ name }, m) => ({
        backup,
        to: name,
        createdAt: new Date(hoursAgo(SHARED_BACKUPS - n).getTime() + m * 60_000),
      })),
    ),
  };
}

function hoursAgo(hours: number): Date {
  return new Date(CLOUD_NOW.getTime() - hours * 3_600_000);
}

/** A project with many backups, and one to share them with. */
export function backupsSeed(now: Date): Seed {
  const source = benchProject(0);
  return {
    projects: [source, benchProject(1)],
    users: [user([source])],
    disks: [{ name: 'disk', size: 40, project: source.name }],
    backups: [{ disk: 'disk', count: BACKUPS, newest: now, everyHours: 1 }],
  };
}

/** A project with a disk for each job, and no limits. */
export function jobsSeed(): Seed {
  const project = { ...benchProject(0), quotas: { backupsPerDisk: -1 } };
  return {
    projects: [project],
    users: [user([project])],
    disks: jobDisks.map((id, n) => ({ id, name: `disk-${n}`, size: 40, project: project.name })),
  };
}

/** The disks of those jobs, by id. */
export const jobDisks: readonly string[] = Array.from(
  { length: JOBS },
  (_, n) => `d0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
);

/** Projects whose policies backed up two disks each on five nights. */
export function policiesSeed(): Seed {
  const policies = sweptProjects.flatMap((project) =>
    Array.from({ length: POLICIES_A_PROJECT }, (_, n) => ({ project, name: `${project.name}-policy-${n}` })),
  );
  const disks = policies.flatMap(({ project, name }) => disksOf(name).map((disk) => ({ project, disk })));
  return {
    projects: [...sweptProjects],
    users: [user(sweptProjects)],
    disks: disks.map(({ project, disk }) => ({ name: disk, size: 40, project: project.name })),
    policies: policies.map(({ project, name }) => ({
      name,
      project: project.name,
      startTimes: ['02:00'],
      frequency: 1,
      retentionNum: 7,
      status: 'OFF' as const,
      disks: disksOf(name),
      createdAt: new Date(CLOUD_NOW.getTime() - 30 * DAY),
    })),
    tasks: policies.flatMap(({ name }) => tasksOf(name)),
  };
}

function disksOf(policy: string): string[] {
  return Array.from({ length: DISKS_A_POLICY }, (_, n) => `${policy}-disk-${n}`);
}

function tasksOf(policy: string): NonNullable<Seed['tasks']> {
  return Array.from({ length: NIGHTS }, (_, night) => night).flatMap((night) =>
    disksOf(policy).map((disk, n) => {
      const createdAt = CLOUD_NOW.getTime() - (night + 2) * DAY + n * 5_000;
      return {
        policy,
        disk,
        status: 'EXECUTE_SUCCESS' as const,
        createdAt: new Date(createdAt),
        finishedAt: new Date(createdAt + 90_000),
        backupName: `${disk}-${night}`,
      };
    }),
  );
}

function user(projects: readonly BenchProject[]) {
  const roles = Object.fromEntries(projects.map(({ name }) => [name, 'admin' as const]));
  return { ...USER, domain: DOMAIN, roles };
}
