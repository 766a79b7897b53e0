import type { Seed } from './seed-schema.ts';
import { Identifiers } from './world/identifiers.ts';

export type { Seed } from './seed-schema.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The projects of the demo. */
export const DEMO_PROJECTS = {
  payments: 'c13f5220dc1949b0b741ea81a7cd5554',
  analytics: '722513ed0a324dadaabe5b2d0fe848c9',
  platform: '5a1d7c0e94b34f6e8f2b6d3c9a70e418',
} as const;

export const DEMO_DOMAIN = 'vbs-demo';

const ids = new Identifiers('demo');
const NIGHTLY_DISKS = ['payments-db-1', 'payments-db-2', 'payments-web-1', 'payments-web-2'];
const NIGHTS = 14;

interface DemoUser {
  name: string;
  password: string;
}

/** The technical users of the demo: one that may change things in each project, and one that may only read all. */
export const DEMO_USERS: Record<'payments' | 'analytics' | 'platform' | 'reader', DemoUser> = {
  payments: { name: 'chatops-payments', password: 'demo-payments' },
  analytics: { name: 'chatops-analytics', password: 'demo-analytics' },
  platform: { name: 'chatops-platform', password: 'demo-platform' },
  reader: { name: 'auditor', password: 'demo-auditor' },
};

/** Three projects with a past: disks, policies and their last runs, backups of every status, sharings both ways. */
export function demoSeed(now: Date): Seed {
  const lastNight = lastTimeOfDay(now.getTime(), 1);
  const runs = nightlyRuns(lastNight);
  const warehouse = warehouseRuns(lastTimeOfDay(now.getTime(), 3));
  return {
    projects: Object.entries(DEMO_PROJECTS).map(([name, id]) => ({ id, name })),
    users: demoUsers(),
    disks: demoDisks(),
    policies: demoPolicies(now.getTime()),
    backups: [...runs.backups, ...warehouse.backups, ...manualBackups(now.getTime()), ...oddBackups(now.getTime())],
    tasks: [...runs.tasks, ...warehouse.tasks],
    sharings: demoSharings(now.getTime(), lastNight),
  };
}

function demoUsers(): Seed['users'] {
  const { reader, ...admins } = DEMO_USERS;
  const everywhere = Object.fromEntries(Object.keys(DEMO_PROJECTS).map((name) => [name, 'reader' as const]));
  return [
    ...Object.entries(admins).map(([project, user]) => ({
      ...user,
      domain: DEMO_DOMAIN,
      roles: { [project]: 'admin' as const },
    })),
    { ...reader, domain: DEMO_DOMAIN, roles: everywhere },
  ];
}

function demoDisks(): Seed['disks'] {
  const disk = (project: string, name: string, size: number) => ({
    id: ids.uuidOf('disk', name),
    name,
    size,
    project,
    availabilityZone: name.endsWith('2') ? 'eu-de-02' : 'eu-de-01',
  });
  return [
    ...NIGHTLY_DISKS.map((name) => disk('payments', name, name.includes('db') ? 100 : 40)),
    disk('payments', 'payments-ledger', 500),
    disk('payments', 'payments-archive', 1000),
    disk('payments', 'payments-reports', 60),
    disk('payments', 'payments-staging', 80),
    disk('payments', 'payments-lab', 20),
    disk('analytics', 'warehouse-1', 2000),
    disk('analytics', 'warehouse-2', 2000),
    disk('analytics', 'notebooks', 120),
    disk('platform', 'registry', 300),
    disk('platform', 'ci-cache', 200),
    disk('platform', 'git', 250),
  ];
}

function demoPolicies(now: number): Seed['policies'] {
  const createdAt = new Date(now - 90 * DAY);
  const common = { id: undefined, createdAt };
  return [
    {
      ...common,
      id: ids.uuidOf('policy', 'nightly'),
      name: 'nightly',
      project: 'payments',
      startTimes: ['01:00'],
      frequency: 1,
      retentionNum: 30,
      keepFirstOfMonth: true,
      timeZone: 'UTC+01:00',
      disks: NIGHTLY_DISKS,
    },
    {
      ...common,
      name: 'ledger-hourly',
      project: 'payments',
      startTimes: Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`),
      frequency: 1,
      retentionNum: 24,
      disks: ['payments-ledger'],
    },
    {
      ...common,
      name: 'reports-weekdays',
      project: 'payments',
      startTimes: ['18:00'],
      weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI'],
      retentionDays: 30,
      status: 'OFF',
      disks: ['payments-reports'],
    },
    {
      ...common,
      name: 'warehouse-nightly',
      project: 'analytics',
      startTimes: ['03:00'],
      frequency: 1,
      retentionDays: 60,
      disks: ['warehouse-1', 'warehouse-2'],
    },
    {
      ...common,
      name: 'platform-weekly',
      project: 'platform',
      startTimes: ['20:00'],
      weekdays: ['MON'],
      retentionNum: 8,
      timeZone: 'UTC+08:00',
      disks: ['registry', 'git'],
    },
  ];
}

interface Past {
  backups: NonNullable<Seed['backups']>;
  tasks: NonNullable<Seed['tasks']>;
}

/** Two weeks of the nightly policy; last night one disk failed. */
function nightlyRuns(lastNight: number): Past {
  const past: Past = { backups: [], tasks: [] };
  for (let age = NIGHTS - 1; age >= 0; age--)
    for (const [place, disk] of NIGHTLY_DISKS.entries()) {
      const createdAt = lastNight - age * DAY;
      const finishedAt = createdAt + (place + 1) * 95_000;
      if (age === 0 && disk === 'payments-db-2') {
        const error = { code: 'VolumeBackup.0080', reason: 'The quota for the number of backups has been used up.' };
        past.tasks.push({
          ...taskOf('nightly', disk, createdAt),
          status: 'EXECUTE_FAIL',
          finishedAt: new Date(finishedAt),
          error,
        });
      } else addSuccess(past, { policy: 'nightly', disk, createdAt, finishedAt });
    }
  return past;
}

/** Ten days of the warehouse; once a disk was skipped and once it did not end. */
function warehouseRuns(lastRun: number): Past {
  const past: Past = { backups: [], tasks: [] };
  const policy = 'warehouse-nightly';
  for (let age = 9; age >= 0; age--)
    for (const [place, disk] of ['warehouse-1', 'warehouse-2'].entries()) {
      const createdAt = lastRun - age * DAY;
      const finishedAt = createdAt + (place + 1) * 20 * 60_000;
      const odd = place === 1 && age === 2 ? 'EXECUTE_TIMEOUT' : place === 1 && age === 1 ? 'SKIP' : null;
      if (odd === null) addSuccess(past, { policy, disk, createdAt, finishedAt });
      else past.tasks.push({ ...taskOf(policy, disk, createdAt), status: odd, finishedAt: new Date(finishedAt) });
    }
  return past;
}

function addSuccess(past: Past, run: { policy: string; disk: string; createdAt: number; finishedAt: number }): void {
  const { policy, disk, createdAt, finishedAt } = run;
  const id = demoBackupId(disk, createdAt);
  const name = `autobk_${id.slice(0, 4)}`;
  past.backups.push({ id, disk, name, createdAt: new Date(createdAt), policy });
  past.tasks.push({
    ...taskOf(policy, disk, createdAt),
    status: 'EXECUTE_SUCCESS',
    finishedAt: new Date(finishedAt),
    backup: id,
  });
}

function taskOf(policy: string, disk: string, createdAt: number) {
  return { policy, disk, createdAt: new Date(createdAt) };
}

function demoBackupId(disk: string, createdAt: number): string {
  return ids.uuidOf('backup', disk, new Date(createdAt).toISOString());
}

function manualBackups(now: number): NonNullable<Seed['backups']> {
  const newest = new Date(lastTimeOfDay(now, 0) - 5 * HOUR);
  return [
    { disk: 'payments-ledger', count: 24, newest: new Date(now - 40 * 60_000), everyHours: 1, policy: 'ledger-hourly' },
    { disk: 'payments-db-1', count: 12, newest, everyHours: 7 * 24, prefix: 'db-release' },
    { disk: 'payments-archive', count: 26, newest, everyHours: 7 * 24 },
    { disk: 'payments-reports', count: 20, newest },
    { disk: 'payments-staging', count: 20, newest, prefix: 'staging-nightly' },
    { disk: 'notebooks', count: 15, newest },
    { disk: 'registry', count: 8, newest, everyHours: 7 * 24, policy: 'platform-weekly' },
    { disk: 'git', count: 8, newest, everyHours: 7 * 24, policy: 'platform-weekly' },
  ];
}

/** One backup of each status that is not `available`. */
function oddBackups(now: number): NonNullable<Seed['backups']> {
  const odd = { disk: 'payments-lab', incremental: false };
  const at = (hours: number) => new Date(now - hours * HOUR);
  return [
    { ...odd, name: 'lab-being-made', status: 'creating', createdAt: at(0.1) },
    { ...odd, name: 'lab-being-restored', status: 'restoring', createdAt: at(30) },
    { ...odd, name: 'lab-going', status: 'deleting', createdAt: at(400) },
    { ...odd, name: 'lab-broken', status: 'error', createdAt: at(54), failReason: 'The snapshot status is error.' },
    {
      ...odd,
      name: 'lab-not-restored',
      status: 'error_restoring',
      createdAt: at(78),
      failReason: 'Failed to restore data.',
    },
    { ...odd, name: null, description: 'made by hand & <without> a name', createdAt: at(102) },
  ];
}

function demoSharings(now: number, lastNight: number): Seed['sharings'] {
  const nightly = (disk: string, age: number) => demoBackupId(disk, lastNight - age * DAY);
  const warehouse = demoBackupId('warehouse-1', lastTimeOfDay(now, 3) - 4 * DAY);
  const at = (days: number) => new Date(now - days * DAY);
  return [
    { backup: nightly('payments-db-1', 1), to: 'analytics', createdAt: at(0.8) },
    { backup: nightly('payments-db-1', 6), to: 'analytics', createdAt: at(5) },
    { backup: nightly('payments-web-1', 3), to: 'platform', createdAt: at(2) },
    { backup: warehouse, to: 'payments', createdAt: at(3) },
    { backup: warehouse, to: 'platform', createdAt: at(3) },
  ];
}

/** The last time before `now` at which it was `hour` o'clock UTC, at least half an hour ago. */
function lastTimeOfDay(now: number, hour: number): number {
  const latest = now - HOUR / 2;
  return latest - ((((latest - hour * HOUR) % DAY) + DAY) % DAY);
}
