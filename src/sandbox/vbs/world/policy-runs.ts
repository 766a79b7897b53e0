import { isBackingUp, orderBackup } from './backup-work.ts';
import { applyRetention } from './retention.ts';
import { nextStrike } from './schedule.ts';
import type { Disk, Policy, Task } from './types.ts';
import type { World } from './world.ts';

const TASKS_KEPT_MS = 30 * 24 * 3600 * 1000;

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
  const { revision } = policy;
  world.at(strike, () => {
    if (policy.revision !== revision || world.policies.get(policy.id) !== policy) return;
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
  if (disk === undefined || !canBackUp(world, disk)) {
    endTask(world, task, 'SKIP');
    return;
  }
  const trouble = world.troubles.take(disk.id);
  task.status = 'RUNNING';
  if (trouble?.kind === 'fail' && trouble.withoutJob) {
    world.after(world.pace.taskSeconds / 2, () => endTask(world, task, 'EXECUTE_FAIL'));
    return;
  }
  const { job } = orderBackup(world, {
    disk,
    name: task.backupName,
    policyId: policy.id,
    trouble,
    ended: (outcome) => {
      endTask(world, task, TASK_STATUS_OF[outcome]);
      if (outcome === 'success') applyRetention(world, policy, disk.id);
    },
  });
  task.jobId = job.id;
}

const TASK_STATUS_OF = { success: 'EXECUTE_SUCCESS', fail: 'EXECUTE_FAIL', timeout: 'EXECUTE_TIMEOUT' } as const;

function canBackUp(world: World, disk: Disk): boolean {
  return (disk.status === 'available' || disk.status === 'in-use') && !isBackingUp(world, disk);
}

function endTask(world: World, task: Task, status: Task['status']): void {
  task.status = status;
  task.finishedAt = world.now;
}
