import type { ParsedSeed, Seed } from '../seed-schema.ts';
import { seedSchema } from '../seed-schema.ts';
import { addBackup, addBackupJob, startJob } from './backup-making.ts';
import { endJob } from './jobs.ts';
import { followSchedule } from './policy-runs.ts';
import type { Backup, Policy, Task } from './types.ts';
import type { World } from './world.ts';

/** Puts a seed into a world, at the start or later; throws where it refers to what is not there. */
export function plant(world: World, seed: Seed): void {
  const parsed = seedSchema.parse(seed);
  for (const project of parsed.projects) world.projects.add({ ...project, down: null });
  for (const user of parsed.users) plantUser(world, user);
  for (const { project, ...disk } of parsed.disks) {
    const projectId = world.projects.named(project).id;
    world.disks.add({ ...disk, id: disk.id ?? world.ids.uuidOf('disk', projectId, disk.name), projectId });
  }
  for (const policy of parsed.policies) plantPolicy(world, policy);
  for (const backup of parsed.backups) plantBackups(world, backup);
  const findBackup = backupFinder(world);
  for (const sharing of parsed.sharings) {
    const backup = findBackup(sharing.backup);
    const toProjectId = world.projects.named(sharing.to).id;
    const id = sharing.id ?? world.ids.freshUuidOf('sharing', backup.id, toProjectId, sharing.createdAt.toISOString());
    const createdAt = sharing.createdAt.getTime();
    world.sharings.add({ id, backupId: backup.id, fromProjectId: backup.projectId, toProjectId, createdAt });
  }
  for (const task of parsed.tasks) plantTask(world, task, findBackup);
  for (const name of new Set(parsed.tasks.map((task) => task.policy)))
    world.policies.named(name).tasks.sort((a, b) => a.createdAt - b.createdAt);
}

function plantUser(world: World, user: ParsedSeed['users'][number]): void {
  const { name, password, domain } = user;
  const roles = Object.entries(user.roles).map(([project, role]) => [world.projects.named(project).id, role] as const);
  const accessKeys = user.accessKeys.map((key) => ({ ...key, securityToken: key.securityToken ?? null }));
  for (const { accessKey } of accessKeys)
    if (world.users.some((other) => other.accessKeys.some((key) => key.accessKey === accessKey)))
      throw new Error(`two users have the access key ${accessKey}`);
  const id = world.ids.hexOf('user', domain, name);
  world.users.push({ id, name, password, domain, roles: new Map(roles), accessKeys });
}

function plantPolicy(world: World, seed: ParsedSeed['policies'][number]): void {
  const projectId = world.projects.named(seed.project).id;
  const policy: Policy = {
    id: seed.id ?? world.ids.uuidOf('policy', projectId, seed.name),
    projectId,
    name: seed.name,
    startTimes: seed.startTimes,
    frequency: seed.frequency ?? null,
    weekdays: seed.weekdays ?? null,
    retentionNum: seed.retentionNum ?? null,
    retentionDays: seed.retentionDays ?? null,
    keepFirstOfMonth: seed.keepFirstOfMonth ?? null,
    status: seed.status,
    timeZone: seed.timeZone ?? null,
    diskIds: seed.disks.map((disk) => world.disks.named(disk).id),
    createdAt: seed.createdAt?.getTime() ?? world.now,
    tags: seed.tags,
    isDefault: seed.isDefault,
    revision: 0,
    tasks: [],
  };
  world.policies.add(policy);
  followSchedule(world, policy);
}

function plantBackups(world: World, seed: ParsedSeed['backups'][number]): void {
  const disk = world.disks.named(seed.disk);
  const policyId = seed.policy === undefined ? null : world.policies.named(seed.policy).id;
  if ('createdAt' in seed) {
    const { id, description, status, failReason, incremental, isImage } = seed;
    addBackup(world, {
      id: id ?? backupId(world, disk.id, seed.createdAt.getTime()),
      ...(description === undefined ? {} : { description }),
      disk,
      name: seed.name ?? null,
      status,
      createdAt: seed.createdAt.getTime(),
      failReason,
      incremental,
      policyId,
      isImage,
    });
    return;
  }
  // Oldest first, so that the order of equal times is the order of making.
  for (let age = seed.count - 1; age >= 0; age--) {
    const createdAt = seed.newest.getTime() - age * seed.everyHours * 3_600_000;
    const name = `${seed.prefix ?? disk.name}-${dateMark(createdAt, seed.everyHours < 24)}`;
    const incremental = age < seed.count - 1;
    const id = backupId(world, disk.id, createdAt);
    addBackup(world, { id, disk, name, status: seed.status, createdAt, incremental, policyId });
  }
}

function backupId(world: World, diskId: string, createdAt: number): string {
  return world.ids.freshUuidOf('backup', diskId, new Date(createdAt).toISOString());
}

/** `0412`, or `0412-0200` where there are several a day. */
function dateMark(time: number, withHour: boolean): string {
  const text = new Date(time).toISOString();
  const date = text.slice(5, 10).replace('-', '');
  return withHour ? `${date}-${text.slice(11, 16).replace(':', '')}` : date;
}

function plantTask(world: World, seed: ParsedSeed['tasks'][number], findBackup: (ref: string) => Backup): void {
  const policy = world.policies.named(seed.policy);
  const disk = world.disks.named(seed.disk);
  const id = seed.id ?? world.ids.freshUuidOf('task', policy.id, disk.id, seed.createdAt.toISOString());
  const backup = seed.backup === undefined ? null : findBackup(seed.backup);
  const task: Task = {
    id,
    policyId: policy.id,
    status: seed.status,
    createdAt: seed.createdAt.getTime(),
    finishedAt: seed.finishedAt?.getTime() ?? null,
    backupName: seed.backupName ?? backup?.name ?? `autobk_${id.slice(0, 4)}`,
    diskId: disk.id,
    jobId: null,
  };
  policy.tasks.push(task);
  if (seed.status === 'WAITING' || seed.status === 'SKIP') return;

  const job = addBackupJob(world, disk, task.backupName);
  task.jobId = job.id;
  startJob(world, job, { disk, backup });
  if (seed.status !== 'RUNNING') endJob(world, job, seed.error ?? (seed.status === 'EXECUTE_SUCCESS' ? null : UNKNOWN));
  for (const one of [job, ...job.subJobs]) {
    one.beginAt = task.createdAt;
    if (one.endAt !== null) one.endAt = task.finishedAt ?? task.createdAt;
  }
}

const UNKNOWN = { code: 'VolumeBackup.0064', reason: 'The backup status is error.' };

function backupFinder(world: World): (idOrName: string) => Backup {
  const byName = new Map<string, Backup>();
  for (const backup of world.backups.all()) if (backup.name !== null) byName.set(backup.name, backup);
  return (idOrName) => {
    const found = world.backups.get(idOrName) ?? byName.get(idOrName);
    if (found === undefined) throw new Error(`there is no backup "${idOrName}"`);
    return found;
  };
}
