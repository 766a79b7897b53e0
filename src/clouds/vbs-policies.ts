import { isKeyOf } from '../core/is-key-of.ts';
import {
  type DiskOutcomes,
  keepsAsLong,
  type Policy,
  type PolicyPlan,
  type Task,
  type TaskStatus,
} from '../core/policies/policy.ts';
import type { PolicyService, PolicyTagService, Receipt } from '../core/ports.ts';
import type { VbsClient } from '../vbs/client.ts';
import type { Policy as VbsPolicy } from '../vbs/policies.ts';
import type { PolicyChange } from '../vbs/policy-changes.ts';
import type { DiskOutcomes as VbsDiskOutcomes } from '../vbs/policy-disks.ts';
import type { NewSchedule } from '../vbs/policy-schedule.ts';
import type { Task as VbsTask, TaskStatus as VbsTaskStatus } from '../vbs/tasks.ts';
import { asCloud, eachAsCloud, failureOfCode, failureOfDisk } from './cloud-errors.ts';
import { done, type Write } from './write.ts';

/** Tasks that one request asks for: most runs of a policy fit, and a sweep mostly reads one run. */
const TASKS_AT_ONCE = 50;

export function vbsPolicies({ policies }: VbsClient, write: Write): PolicyService {
  return {
    policies: async (signal) => (await asCloud(policies.list({ signal }))).map(toPolicy),
    async createPolicy(plan, tags, signal) {
      const wish = { ...planned(plan), tags: tags.length > 0 ? tags : undefined };
      const { policyId, requestId } = await write((timed) => policies.create(wish, { signal: timed }), signal);
      return { value: policyId, requestId };
    },
    modifyPolicy: (policyId, { plan, before }, signal) =>
      done(write((timed) => policies.modify(policyId, changed(plan, before), { signal: timed }), signal)),
    switchPolicy: (policyId, enabled, signal) =>
      done(write((timed) => policies[enabled ? 'enable' : 'disable'](policyId, { signal: timed }), signal)),
    deletePolicy: (policyId, signal) => done(write((timed) => policies.delete(policyId, { signal: timed }), signal)),
    addDisks: async (policyId, diskIds, signal) =>
      toOutcomes(await write((timed) => policies.associate(policyId, diskIds, { signal: timed }), signal)),
    removeDisks: async (policyId, diskIds, signal) =>
      toOutcomes(await write((timed) => policies.disassociate(policyId, diskIds, { signal: timed }), signal)),
    executePolicy: (policyId, signal) => done(write((timed) => policies.execute(policyId, { signal: timed }), signal)),
    tasks: (policyId, signal) => eachAsCloud(policies.tasks(policyId, { limit: TASKS_AT_ONCE }, { signal }), toTask),
  };
}

export function vbsPolicyTags({ policies, policyTags }: VbsClient, write: Write): PolicyTagService {
  return {
    tagsOf: (policyId, signal) => asCloud(policyTags.ofPolicy(policyId, { signal })),
    allTags: (signal) => asCloud(policyTags.all({ signal })),
    policiesByTag: (tags, signal) => eachAsCloud(policies.byTag({ tags }, { signal }), (policy) => policy),
    countByTag: (tags, signal) => asCloud(policies.countByTag({ tags }, { signal })),
    addTag: (policyId, tag, signal) => done(write((timed) => policyTags.add(policyId, tag, { signal: timed }), signal)),
    removeTag: (policyId, key, signal) =>
      done(write((timed) => policyTags.remove(policyId, key, { signal: timed }), signal)),
    changeTags: (policyId, change, signal) =>
      done(write((timed) => policyTags.change(policyId, change, { signal: timed }), signal)),
  };
}

function planned({ name, enabled, schedule, retention }: PolicyPlan) {
  return { name, timeZone: schedule.timeZone, schedule: wanted(enabled, schedule, retention) };
}

/**
 * The name of the default policy can't be said at all, and the cloud takes fewer backups to keep in a change than in a
 * new policy: so neither is said where it stays as it is.
 */
function changed(plan: PolicyPlan, before: PolicyPlan): PolicyChange {
  const { name, timeZone, schedule } = planned(plan);
  const { keepLast, keepDays, ...others } = schedule;
  return {
    ...(name !== before.name && { name }),
    timeZone,
    schedule: {
      ...others,
      ...(keepsAsLong(plan.retention, before.retention) ? {} : { keepLast, keepDays }),
    },
  };
}

/** Of two frequencies, and of two kinds of retention, one counts; it alone is said. */
function wanted(enabled: boolean, schedule: PolicyPlan['schedule'], retention: PolicyPlan['retention']): NewSchedule {
  const { times, everyDays, weekDays = [] } = schedule;
  const { keepLast, keepDays = 0, keepFirstOfMonth } = retention;
  return {
    startTimes: times,
    enabled,
    keepFirstOfMonth,
    ...(everyDays === undefined ? { weekDays } : { everyDays }),
    ...(keepLast === undefined ? { keepDays } : { keepLast }),
  };
}

function toOutcomes({ succeeded, failed, requestId }: VbsDiskOutcomes): Receipt<DiskOutcomes> {
  return {
    value: { succeeded, failed: failed.map((disk) => ({ diskId: disk.volumeId, failure: failureOfDisk(disk) })) },
    requestId,
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
