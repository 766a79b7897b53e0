import { isExecuting } from '../../vbs/world/policy-runs.ts';
import { nextStrike } from '../../vbs/world/schedule.ts';
import type { Backup, Policy, Project, Task } from '../../vbs/world/types.ts';
import type { World } from '../../vbs/world/world.ts';
import type { CloudBackup, CloudJob, CloudPolicy, CloudProject, CloudSharing, CloudView } from '../shared.ts';

const LATEST_BACKUPS = 8;
/** A slowed backup takes longer than its pace: it must not look done before it is. */
const MOST_PROGRESS = 0.95;

/** The cloud as it is now. */
export function cloudView(world: World): CloudView {
  return { now: world.now, projects: [...world.projects.all()].map((project) => projectView(world, project)) };
}

function projectView(world: World, project: Project): CloudProject {
  const policies = world.policiesOf(project.id);
  const backups = world.backups.in(project.id).sort((a, b) => b.createdAt - a.createdAt);
  return {
    id: project.id,
    name: project.name,
    down: project.down,
    disks: [...world.disks.all()]
      .filter((disk) => disk.projectId === project.id)
      .map(({ id, name, size }) => ({ id, name, sizeGib: size })),
    policies: policies.map((policy) => policyView(world, policy)),
    jobs: policies.flatMap((policy) => jobsOf(world, policy)),
    backups: {
      total: backups.length,
      latest: backups.slice(0, LATEST_BACKUPS).map((backup) => backupView(world, backup)),
    },
    sharings: sharingsOf(world, project),
  };
}

function policyView(world: World, policy: Policy): CloudPolicy {
  const isOn = policy.status === 'ON';
  return {
    id: policy.id,
    name: policy.name,
    isOn,
    disks: policy.diskIds.map((id) => diskName(world, id)),
    next: isOn ? nextStrike(policy, world.now) : null,
    isRunning: isExecuting(policy),
  };
}

function jobsOf(world: World, policy: Policy): CloudJob[] {
  return policy.tasks
    .filter((task) => task.status === 'WAITING' || task.status === 'RUNNING')
    .map((task) => ({
      id: task.id,
      policy: policy.name,
      disk: diskName(world, task.diskId),
      isWaiting: task.status === 'WAITING',
      progress: progressOf(world, task),
    }));
}

function progressOf(world: World, task: Task): number {
  const begun = task.jobId === null ? undefined : world.jobs.get(task.jobId)?.beginAt;
  if (begun === undefined) return 0;
  return Math.min(MOST_PROGRESS, (world.now - begun) / (world.pace.taskSeconds * 1000));
}

function backupView(world: World, backup: Backup): CloudBackup {
  return {
    id: backup.id,
    name: backup.name ?? '(no name)',
    disk: diskName(world, backup.volumeId),
    status: backup.status,
    createdAt: backup.createdAt,
  };
}

function sharingsOf(world: World, project: Project): CloudSharing[] {
  return world.sharings
    .in(`from:${project.id}`)
    .sort((a, b) => b.createdAt - a.createdAt)
    .map((sharing) => ({
      id: sharing.id,
      backup: world.backups.get(sharing.backupId)?.name ?? sharing.backupId,
      to: world.projects.get(sharing.toProjectId)?.name ?? sharing.toProjectId,
      createdAt: sharing.createdAt,
    }));
}

function diskName(world: World, id: string): string {
  return world.disks.get(id)?.name ?? id;
}
