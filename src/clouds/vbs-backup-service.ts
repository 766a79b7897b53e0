import { type Backup, backupStatuses } from '../core/backups/backup.ts';
import type { Job, JobStatus } from '../core/jobs/job.ts';
import type { Policy, Task, TaskStatus } from '../core/policies/policy.ts';
import type { BackupService } from '../core/ports.ts';
import type { Sharing } from '../core/sharing/sharing.ts';
import type { Backup as VbsBackup } from '../vbs/backups.ts';
import type { VbsClient } from '../vbs/client.ts';
import type { Job as VbsJob, JobStatus as VbsJobStatus } from '../vbs/jobs.ts';
import type { Policy as VbsPolicy } from '../vbs/policies.ts';
import type { Sharing as VbsSharing } from '../vbs/sharings.ts';
import { linkSignals } from '../vbs/signals.ts';
import type { Task as VbsTask, TaskStatus as VbsTaskStatus } from '../vbs/tasks.ts';
import { asCloud, eachAsCloud, failureOfCode } from './cloud-errors.ts';

/** Tasks that one request asks for: most runs of a policy fit, and a sweep mostly reads one run. */
const TASKS_AT_ONCE = 50;

/**
 * A call that changes something is given up after this, waiting for its turn and for a token included. With what the
 * cloud may still do by itself it is well within `Timing.settleMs`: after that, somebody else may make the call.
 */
const WRITE_WITHIN_MS = 30_000;

/** The core's backup service by the Volume Backup Service. */
export function vbsBackupService(client: VbsClient, { writeWithinMs = WRITE_WITHIN_MS } = {}): BackupService {
  const write = <T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal | undefined) =>
    asCloud(inTime(call, writeWithinMs, signal));
  return {
    async share(backupId, toProjectIds, signal) {
      const receipt = await write((timed) => client.sharings.share(backupId, toProjectIds, { signal: timed }), signal);
      return { value: receipt.value.map(toSharing), requestId: receipt.requestId };
    },
    async stopSharing(sharingId, signal) {
      const receipt = await write((timed) => client.sharings.cancel(sharingId, { signal: timed }), signal);
      return { value: undefined, requestId: receipt.requestId };
    },
    sharings: ({ direction, backupId }, signal) =>
      eachAsCloud(client.sharings.list({ direction, backupId }, { signal }), toSharing),
    sharing: async (id, signal) => toSharing(await asCloud(client.sharings.get(id, { signal }))),
    backups: (signal) => eachAsCloud(client.backups.list({}, { signal }), toBackup),
    backup: async (id, signal) => toBackup(await asCloud(client.backups.get(id, { signal }))),
    policies: async (signal) => (await asCloud(client.policies.list({ signal }))).map(toPolicy),
    async executePolicy(policyId, signal) {
      const receipt = await write((timed) => client.policies.execute(policyId, { signal: timed }), signal);
      return { value: undefined, requestId: receipt.requestId };
    },
    tasks: (policyId, signal) =>
      eachAsCloud(client.policies.tasks(policyId, { limit: TASKS_AT_ONCE }, { signal }), toTask),
    job: async (id, signal) => toJob(await asCloud(client.jobs.get(id, { signal }))),
  };
}

async function inTime<T>(
  call: (signal: AbortSignal) => Promise<T>,
  ms: number,
  outer: AbortSignal | undefined,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${ms} ms`)), ms);
  const { signal, unlink } = linkSignals([outer, late.signal]);
  try {
    return await call(signal);
  } finally {
    clearTimeout(timer);
    unlink();
  }
}

function toSharing(sharing: VbsSharing): Sharing {
  const { backup } = sharing;
  return {
    id: sharing.id,
    backupId: sharing.backupId,
    fromProjectId: sharing.fromProjectId,
    toProjectId: sharing.toProjectId,
    createdAt: sharing.createdAt,
    backup: backup && {
      name: backup.name,
      diskId: backup.volumeId,
      sizeGib: backup.sizeGib,
      takenAt: backup.dataTimestamp ?? backup.createdAt,
    },
  };
}

function toBackup(backup: VbsBackup): Backup {
  return {
    id: backup.id,
    name: backup.name,
    status: backupStatuses.find((status) => status === backup.status) ?? 'unknown',
    sizeGib: backup.sizeGib ?? 0,
    diskId: backup.volumeId,
    takenAt: backup.dataTimestamp ?? backup.createdAt,
    description: backup.description,
    failReason: backup.failReason,
    incremental: backup.isIncremental,
    availabilityZone: backup.availabilityZone,
  };
}

function toPolicy(policy: VbsPolicy): Policy {
  return {
    id: policy.id,
    name: policy.name,
    enabled: policy.enabled,
    disks: policy.volumeCount,
    schedule: {
      times: policy.startTimes,
      timeZone: policy.timeZone,
      everyDays: policy.everyDays,
      weekDays: policy.weekDays,
    },
    retention: { keepLast: policy.keepLast, keepDays: policy.keepDays, keepFirstOfMonth: policy.keepFirstOfMonth },
  };
}

const taskStatuses: Readonly<Record<VbsTaskStatus, TaskStatus>> = {
  WAITING: 'waiting',
  RUNNING: 'running',
  EXECUTE_SUCCESS: 'succeeded',
  EXECUTE_FAIL: 'failed',
  EXECUTE_TIMEOUT: 'timed_out',
  SKIP: 'skipped',
};

function toTask(task: VbsTask): Task {
  return {
    id: task.id,
    status: isKeyOf(taskStatuses, task.status) ? taskStatuses[task.status] : 'unknown',
    createdAt: task.createdAt,
    finishedAt: task.finishedAt,
    backupName: task.backupName,
    diskId: task.resourceId,
    jobId: task.vbsJobId,
    failure: failureOfCode(task.errorCode, task.errorMessage),
  };
}

const jobStatuses: Readonly<Record<VbsJobStatus, JobStatus>> = {
  INIT: 'waiting',
  RUNNING: 'running',
  SUCCESS: 'succeeded',
  FAIL: 'failed',
};

function toJob(job: VbsJob): Job {
  return {
    id: job.id,
    type: job.type ?? 'job',
    status: isKeyOf(jobStatuses, job.status) ? jobStatuses[job.status] : 'unknown',
    beganAt: job.beganAt,
    endedAt: job.endedAt,
    failure: failureOfCode(job.errorCode, job.failReason),
    subJobs: job.subJobs.map(toJob),
  };
}

function isKeyOf<K extends string>(map: Readonly<Record<K, unknown>>, key: string): key is K {
  return Object.hasOwn(map, key);
}
