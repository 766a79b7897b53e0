import type { Seed } from './seed-schema.ts';
import type { Backup, Policy, Task } from './world/types.ts';
import type { World } from './world/world.ts';

/**
 * The cloud as a seed from which it begins again. Work that went on when it stopped has ended well by then; what only
 * waited was skipped.
 */
export function keepWorld(world: World): Seed {
  const policies = [...world.policies.all()];
  const worked = workedOn(world);
  const backups = world.backups.all().filter(({ id, status }) => status !== 'deleting' || !worked.has(id));
  return {
    projects: [...world.projects.all()].map(({ id, name, quotas }) => ({ id, name, quotas })),
    users: world.users.map(({ name, password, domain, roles, accessKeys }) => ({
      name,
      password,
      domain,
      roles: Object.fromEntries(roles),
      accessKeys: accessKeys.map(({ securityToken, ...key }) => ({
        ...key,
        ...(securityToken !== null && { securityToken }),
      })),
    })),
    disks: [...world.disks.all()].map(({ projectId, status, ...disk }) => ({
      ...disk,
      status: status === 'backing-up' || status === 'restoring' ? ('in-use' as const) : status,
      project: projectId,
    })),
    policies: policies.map(keptPolicy),
    backups: backups.map((backup) => keptBackup(world, backup, worked.has(backup.id))),
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
    // Only a policy that is off may have none.
    startTimes: policy.startTimes.length > 0 ? policy.startTimes : ['00:00'],
    ...(frequency !== null && { frequency }),
    ...(weekdays !== null && { weekdays }),
    ...(retentionNum !== null && { retentionNum }),
    ...(retentionDays !== null && { retentionDays }),
    ...(keepFirstOfMonth !== null && { keepFirstOfMonth }),
    ...(timeZone !== null && { timeZone }),
    status: policy.status,
    disks: policy.diskIds,
    tags: policy.tags,
    isDefault: policy.isDefault,
    createdAt: new Date(policy.createdAt),
  };
}

/** The backups that a job is making, restoring or deleting at this moment. */
function workedOn(world: World): Set<string | undefined> {
  const running = [...world.jobs.values()].filter((job) => job.endAt === null);
  return new Set(running.map((job) => job.entities['backup_id']));
}

function keptBackup(world: World, backup: Backup, isWorkedOn: boolean): NonNullable<Seed['backups']>[number] {
  const { id, name, description, failReason, policyId } = backup;
  return {
    id,
    disk: backup.volumeId,
    name,
    status: isWorkedOn ? 'available' : backup.status,
    createdAt: new Date(backup.createdAt),
    description,
    failReason,
    incremental: backup.isIncremental,
    isImage: backup.isImage,
    // A policy that was deleted has left its backups behind.
    ...(policyId !== null && world.policies.get(policyId) && { policy: policyId }),
  };
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
