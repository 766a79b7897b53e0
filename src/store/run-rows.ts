import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { PolicyRun, RunTask } from '../core/policies/policy-run.ts';
import type { PolicyRunPatch } from '../core/policies/run-store.ts';
import { failureFrom, fromTime, toJson, toTime } from './columns.ts';
import type { Json, PolicyRunTable } from './database.ts';
import { unheld } from './leases.ts';

/** A policy run as its row keeps it; its tasks have rows of their own. */
export function runRow(run: PolicyRun, dedupeKey: string): Selectable<PolicyRunTable> {
  return {
    id: run.id,
    dedupe_key: dedupeKey,
    project: run.project,
    policy_id: run.policyId,
    policy_name: run.policyName,
    origin: run.origin,
    started_by: run.startedBy ?? null,
    started_at: toTime(run.startedAt),
    disks: run.disks,
    after_task_id: run.after?.taskId ?? null,
    after_created_at: toTime(run.after?.createdAt),
    state: run.state,
    called_at: toTime(run.calledAt),
    deadline_at: toTime(run.deadlineAt),
    finished_at: toTime(run.finishedAt),
    failure: toJson(run.failure),
    attempts: run.attempts,
    next_check_at: toTime(run.nextCheckAt),
    next_run_at: toTime(run.nextRunAt),
    disk_sizes: sizesToJson(run.diskSizes),
    ...unheld,
  };
}

/** The columns that a patch changes. */
export function patchedColumns(patch: PolicyRunPatch): Partial<Selectable<PolicyRunTable>> {
  return {
    ...('after' in patch
      ? { after_task_id: patch.after?.taskId ?? null, after_created_at: toTime(patch.after?.createdAt) }
      : {}),
    ...('calledAt' in patch ? { called_at: toTime(patch.calledAt) } : {}),
    ...(patch.startedAt === undefined ? {} : { started_at: toTime(patch.startedAt) }),
    ...('finishedAt' in patch ? { finished_at: toTime(patch.finishedAt) } : {}),
    ...('failure' in patch ? { failure: toJson(patch.failure) } : {}),
    ...(patch.attempts === undefined ? {} : { attempts: patch.attempts }),
    ...('nextCheckAt' in patch ? { next_check_at: toTime(patch.nextCheckAt) } : {}),
    ...(patch.disks === undefined ? {} : { disks: patch.disks }),
    ...('nextRunAt' in patch ? { next_run_at: toTime(patch.nextRunAt) } : {}),
    ...(patch.diskSizes === undefined ? {} : { disk_sizes: sizesToJson(patch.diskSizes) }),
  };
}

export function toRun(row: Selectable<PolicyRunTable>, tasks: readonly RunTask[]): PolicyRun {
  return {
    id: row.id,
    project: row.project,
    policyId: row.policy_id,
    policyName: row.policy_name,
    origin: row.origin,
    startedBy: row.started_by ?? undefined,
    startedAt: fromTime(row.started_at),
    disks: row.disks,
    after:
      row.after_task_id === null || row.after_created_at === null
        ? undefined
        : { taskId: row.after_task_id, createdAt: fromTime(row.after_created_at) },
    state: row.state,
    calledAt: fromTime(row.called_at),
    deadlineAt: fromTime(row.deadline_at),
    finishedAt: fromTime(row.finished_at),
    failure: failureFrom(row.failure),
    attempts: row.attempts,
    nextCheckAt: fromTime(row.next_check_at),
    nextRunAt: fromTime(row.next_run_at),
    diskSizes: sizesFrom(row.disk_sizes),
    tasks,
  };
}

const sizes = z.record(z.string(), z.number());

function sizesToJson(of: PolicyRun['diskSizes']): Json | null {
  return toJson(of && Object.fromEntries(of));
}

function sizesFrom(json: Json | null): PolicyRun['diskSizes'] {
  return json === null ? undefined : new Map(Object.entries(sizes.parse(JSON.parse(json))));
}
