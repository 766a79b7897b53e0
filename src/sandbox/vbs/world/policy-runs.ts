import { addBackup, addBackupJob, endJob, finishBackup, startJob } from './backup-making.ts';
import { applyRetention } from './retention.ts';
import { nextStrike } from './schedule.ts';
import type { Trouble } from './troubles.ts';
import type { Backup, Disk, Job, Policy, Task } from './types.ts';
import type { World } from './world.ts';

const TASKS_KEPT_MS = 30 * 24 * 3600 * 1000;
// With these the service gives up before there is a backup.
const REFUSED_AT_START = /^VolumeBackup\.00(0\d|1\d|2[0-6]|40|53|6[0-3]|7\d|8\d)$/;
const NEVER_ENDED = { code: 'VolumeBackup.0029', reason: 'Failed to query the backup result.' };

/** Whether a run of the policy has tasks that wait or run. */
export function isExecuting(policy: Policy): boolean {
  return policy.tasks.some((task) => task.status === 'WAITING' || task.status === 'RUNNING');
}

/** Starts a run: a task for each disk, waiting, all created at this moment. */
export function startRun(world: World, policy: Policy): void {
  dropOldTasks(world, policy);
  policy.diskIds.forEach((diskId, place) => {
    const id = world.ids.nextUuid('task');
    const task: Task = {
      id,
      policyId: policy.id,
      status: 'WAITING',
      createdAt: world.now,
      finishedAt: null,
      backupName: `autobk_${id.slice(0, 4)}`,
      diskId,
      jobId: null,
    };
    policy.tasks.push(task);
    world.after(world.pace.waitSeconds + place * world.pace.staggerSeconds, () => startTask(world, policy, task));
  });
}

/** Lets the policy's schedule strike from now on, for as long as it stays this schedule. */
export function followSchedule(world: World, policy: Policy): void {
  if (policy.status === 'OFF') return;
  const strike = nextStrike(policy, world.now);
  if (strike === null) return;
  world.at(strike, () => {
    startRun(world, policy);
    followSchedule(world, policy);
  });
}

/** The cloud remembers tasks for 30 days. */
export function dropOldTasks(world: World, policy: Policy): void {
  const oldest = world.now - TASKS_KEPT_MS;
  const kept = policy.tasks.findIndex((task) => task.createdAt >= oldest);
  const dropped = policy.tasks.splice(0, kept === -1 ? policy.tasks.length : kept);
  for (const task of dropped) if (task.jobId !== null) world.jobs.delete(task.jobId);
}

function startTask(world: World, policy: Policy, task: Task): void {
  const disk = world.disks.get(task.diskId);
  if (disk === undefined || isBusy(world, disk)) {
    endTask(world, task, 'SKIP');
    return;
  }
  const trouble = world.troubles.take(disk.id);
  task.status = 'RUNNING';
  if (trouble?.kind === 'fail' && trouble.withoutJob) {
    world.after(world.pace.taskSeconds / 2, () => endTask(world, task, 'EXECUTE_FAIL'));
    return;
  }
  const job = addBackupJob(world, disk, task.backupName);
  task.jobId = job.id;
  const backup = makesBackup(trouble) ? beginBackup(world, policy, { task, disk }) : null;
  world.after(Math.min(2, world.pace.taskSeconds / 20), () => startJob(world, job, { disk, backup }));
  planEnd(world, policy, { task, job, backup, trouble });
}

interface Work {
  task: Task;
  job: Job;
  backup: Backup | null;
  trouble: Trouble | undefined;
}

function planEnd(world: World, policy: Policy, work: Work): void {
  const { task, job, backup, trouble } = work;
  const end = (status: Task['status'], failure: { code: string; reason: string } | null) => {
    endJob(world, job, failure);
    if (backup !== null) finishBackup(world, backup, failure?.reason ?? null);
    endTask(world, task, status);
  };
  const { taskSeconds, timeoutSeconds } = world.pace;
  switch (trouble?.kind) {
    case 'fail':
      world.after(taskSeconds / 2, () => end('EXECUTE_FAIL', { code: trouble.code, reason: trouble.reason }));
      return;
    case 'timeout':
      world.after(timeoutSeconds, () => end('EXECUTE_TIMEOUT', NEVER_ENDED));
      return;
    case 'slow':
    case undefined:
      world.after(taskSeconds * (trouble?.factor ?? 1), () => {
        end('EXECUTE_SUCCESS', null);
        applyRetention(world, policy, task.diskId);
      });
  }
}

function beginBackup(world: World, policy: Policy, of: { task: Task; disk: Disk }): Backup {
  return addBackup(world, {
    disk: of.disk,
    name: of.task.backupName,
    status: 'creating',
    createdAt: world.now,
    incremental: world.backups.in(of.disk.id).length > 0,
    policyId: policy.id,
  });
}

function makesBackup(trouble: Trouble | undefined): boolean {
  return trouble?.kind !== 'fail' || !REFUSED_AT_START.test(trouble.code);
}

function isBusy(world: World, disk: Disk): boolean {
  return world.backups.in(disk.id).some((backup) => backup.status === 'creating');
}

function endTask(world: World, task: Task, status: Task['status']): void {
  task.status = status;
  task.finishedAt = world.now;
}
