import type { Seed } from './seed-schema.ts';
import { Identifiers } from './world/identifiers.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The disks of the policy `nightly`, in the order of its tasks. */
export const NIGHTLY_DISKS = ['payments-db-1', 'payments-db-2', 'payments-web-1', 'payments-web-2'];
const NIGHTS = 14;

const ids = new Identifiers('demo');

/** What happened in the demo's cloud before it starts: runs of the policies, other backups, sharings. */
export function demoHistory(now: number): Pick<Seed, 'backups' | 'tasks' | 'sharings'> {
  const lastNight = lastTimeOfDay(now, 1);
  const runs = [nightlyRuns(lastNight), warehouseRuns(lastTimeOfDay(now, 3)), ledgerRuns(now)];
  return {
    backups: [...runs.flatMap((past) => past.backups), ...manualBackups(now), ...oddBackups(now)],
    tasks: runs.flatMap((past) => past.tasks),
    sharings: demoSharings(now, lastNight),
  };
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
      const odd = place === 1 && age === 3 ? 'EXECUTE_TIMEOUT' : place === 1 && age === 2 ? 'SKIP' : null;
      if (odd === null) addSuccess(past, { policy, disk, createdAt, finishedAt });
      else past.tasks.push({ ...taskOf(policy, disk, createdAt), status: odd, finishedAt: new Date(finishedAt) });
    }
  return past;
}

/** A day of the ledger, every hour. */
function ledgerRuns(now: number): Past {
  const past: Past = { backups: [], tasks: [] };
  // By then the backup of that hour has ended.
  const settled = now - HOUR / 20;
  const lastHour = settled - (settled % HOUR);
  for (let age = 23; age >= 0; age--) {
    const createdAt = lastHour - age * HOUR;
    addSuccess(past, { policy: 'ledger-hourly', disk: 'payments-ledger', createdAt, finishedAt: createdAt + 130_000 });
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
    { ...odd, name: 'lab-golden', description: 'an image was made of it', createdAt: at(500), isImage: true },
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
