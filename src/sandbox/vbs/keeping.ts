import type { Seed } from './seed-schema.ts';
import type { Backup, Policy, Task } from './world/types.ts';
import type { World } from './world/world.ts';

/**
 * The cloud as a seed from which it begins again. What was being made when it stopped has ended by then: a backup that
 * ran is done, one that waited was skipped.
 */
export function keepWorld(world: World): Seed {
  const policies = [...world.policies.all()];
  return {
    projects: [...world.projects.all()].map(({ id, name }) => ({ id, name })),
    users: world.users.map(({ name, password, domain, roles }) => ({
      name,
      password,
      domain,
      roles: Object.fromEntries(roles),
    })),
    disks: [...world.disks.all()].map(({ projectId, ...disk }) => ({ ...disk, project: projectId })),
    policies: policies.map(keptPolicy),
    backups: world.backups.all().map((backup) => keptBackup(backup, isBeingMade(world, backup))),
    sharings: world.sharings.all().map((sharing) => ({
      id: sharing.id,
      backup: sharing.backupId,
      to: sharing.toProjectId,
      createdAt: new Date(sharing.createdAt),
    })),
    tasks: policies.flatMap((policy) => policy.tasks.map((task) => keptTask(world, task))),
  };
}

function keptPolicy(policy: Policy): NonNullable<Seed['policies']>[number] {
  const { frequency, weekdays, retentionNum, retentionDays, keepFirstOfMonth, timeZone } = policy;
  return {
    id: policy.id,
    name: policy.name,
    project: policy.projectId,
    startTimes: policy.startTimes,
    ...(frequency !== null && { frequency }),
    ...(weekdays !== null && { weekdays }),
    ...(retentionNum !== null && { retentionNum }),
    ...(retentionDays !== null && { retentionDays }),
    ...(keepFirstOfMonth !== null && { keepFirstOfMonth }),
    ...(timeZone !== null && { timeZone }),
    status: policy.status,
    disks: policy.diskIds,
    createdAt: new Date(policy.createdAt),
  };
}

function keptBackup(backup: Backup, isMade: boolean): NonNullable<Seed['backups']>[number] {
  const { id, name, description, failReason, policyId } = backup;
  return {
    id,
    disk: backup.volumeId,
    name,
    status: isMade ? 'available' : backup.status,
    createdAt: new Date(backup.createdAt),
    description,
    failReason,
    incremental: backup.isIncremental,
    ...(policyId !== null && { policy: policyId }),
  };
}

/** Whether a task is making it at this moment. */
function isBeingMade(world: World, backup: Backup): boolean {
  const policy = backup.policyId === null ? undefined : world.policies.get(backup.policyId);
  return policy?.tasks.some((task) => task.status === 'RUNNING' && backupOf(world, task) === backup.id) ?? false;
}

function keptTask(world: World, task: Task): NonNullable<Seed['tasks']>[number] {
  const job = task.jobId === null ? undefined : world.jobs.get(task.jobId);
  const made = backupOf(world, task);
  const finishedAt = task.finishedAt ?? world.now;
  return {
    id: task.id,
    policy: task.policyId,
    disk: task.diskId,
    status: endOf(task),
    createdAt: new Date(task.createdAt),
    finishedAt: new Date(finishedAt),
    backupName: task.backupName,
    ...(made !== undefined && { backup: made }),
    ...(job?.errorCode && { error: { code: job.errorCode, reason: job.failReason ?? '' } }),
  };
}

function endOf({ status }: Task): Task['status'] {
  if (status === 'RUNNING') return 'EXECUTE_SUCCESS';
  return status === 'WAITING' ? 'SKIP' : status;
}

/** The backup that a task made, if it is still there. */
function backupOf(world: World, task: Task): string | undefined {
  const id = task.jobId === null ? undefined : world.jobs.get(task.jobId)?.entities['backup_id'];
  return id !== undefined && world.backups.get(id) ? id : undefined;
}
