import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import type { Change, ChangeResult, Deed } from '../core/changes/change.ts';
import type { ChangePatch } from '../core/changes/change-store.ts';
import { tagActions } from '../core/policies/policy.ts';
import { backupFacts, failure, failureFrom, fromTime, toJson, toTime } from './columns.ts';
import type { ChangeTable, ChangeVoteTable, Json } from './database.ts';
import { unheld } from './leases.ts';
import { toVote } from './vote-rows.ts';

const tags = z.array(z.object({ key: z.string(), value: z.string() }));
const ids = z.array(z.string());
const plan = z.object({
  name: z.string(),
  enabled: z.boolean(),
  schedule: z.object({
    times: ids,
    // What is undefined is left out of JSON.
    timeZone: z.string().optional().transform(present),
    everyDays: z.number().optional().transform(present),
    weekDays: ids.optional().transform(present),
  }),
  retention: z.object({
    keepLast: z.number().optional().transform(present),
    keepDays: z.number().optional().transform(present),
    keepFirstOfMonth: z.boolean(),
  }),
});
const newBackup = z.object({
  diskId: z.string(),
  name: z.string(),
  description: z.string().optional().transform(present),
  snapshotId: z.string().optional().transform(present),
  full: z.boolean().optional().transform(present),
  tags,
});
const ofBackup = { backupId: z.string(), backup: backupFacts.optional().transform(present) };
const ofPolicy = { policyId: z.string(), policyName: z.string() };

const deed: z.ZodType<Deed> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backup.create'), backup: newBackup }),
  z.object({ kind: z.literal('backup.restore'), ...ofBackup, diskId: z.string() }),
  z.object({ kind: z.literal('backup.delete'), ...ofBackup }),
  z.object({ kind: z.literal('policy.create'), plan, tags }),
  z.object({ kind: z.literal('policy.modify'), ...ofPolicy, plan, before: plan }),
  z.object({ kind: z.literal('policy.switch'), ...ofPolicy, enabled: z.boolean() }),
  z.object({ kind: z.literal('policy.delete'), ...ofPolicy, disks: z.number(), diskIds: ids }),
  z.object({
    kind: z.literal('policy.add-disks'),
    ...ofPolicy,
    diskIds: ids,
    taken: z.array(z.object({ diskId: z.string(), policyName: z.string() })),
  }),
  z.object({ kind: z.literal('policy.remove-disks'), ...ofPolicy, diskIds: ids }),
  z.object({ kind: z.literal('policy.tags'), ...ofPolicy, action: z.enum(tagActions), tags }),
]);

const result: z.ZodType<ChangeResult> = z.object({
  backupId: z.string().exactOptional(),
  policyId: z.string().exactOptional(),
  jobId: z.string().exactOptional(),
  requestId: z.string().exactOptional(),
  disks: z.object({ succeeded: ids, failed: z.array(z.object({ diskId: z.string(), failure })) }).exactOptional(),
});

/** As zod leaves it, a key that is missing may be missing from the type as well. */
function present<T>(value: T): T {
  return value;
}

/** A change as its row keeps it. */
export function changeRow(change: Change, about: { dedupeKey: string; target: string }): Insertable<ChangeTable> {
  return {
    id: change.id,
    dedupe_key: about.dedupeKey,
    project: change.project,
    kind: change.deed.kind,
    target: about.target,
    deed: toJson(change.deed),
    reason: change.reason ?? null,
    requester: change.requester,
    approvals_needed: change.approvalsNeeded,
    expires_at: toTime(change.expiresAt),
    state: change.state,
    closed_by: change.closedBy ?? null,
    failure: toJson(change.failure),
    result: toJson(change.result),
    called_at: toTime(change.calledAt),
    started_at: toTime(change.startedAt),
    finished_at: toTime(change.finishedAt),
    attempts: change.attempts,
    next_attempt_at: toTime(change.nextAttemptAt),
    created_at: toTime(change.createdAt),
    updated_at: toTime(change.updatedAt),
    ...unheld,
  };
}

/** The columns that a patch changes. */
export function patchedChange(patch: ChangePatch): Partial<Selectable<ChangeTable>> {
  return {
    ...('closedBy' in patch ? { closed_by: patch.closedBy ?? null } : {}),
    ...('failure' in patch ? { failure: toJson(patch.failure) } : {}),
    ...('result' in patch ? { result: toJson(patch.result) } : {}),
    ...('calledAt' in patch ? { called_at: toTime(patch.calledAt) } : {}),
    ...('startedAt' in patch ? { started_at: toTime(patch.startedAt) } : {}),
    ...('finishedAt' in patch ? { finished_at: toTime(patch.finishedAt) } : {}),
    ...(patch.attempts === undefined ? {} : { attempts: patch.attempts }),
    ...('nextAttemptAt' in patch ? { next_attempt_at: toTime(patch.nextAttemptAt) } : {}),
  };
}

/** The change of this row; `votes` may hold those of others as well. */
export function toChange(row: Selectable<ChangeTable>, votes: readonly Selectable<ChangeVoteTable>[]): Change {
  return {
    id: row.id,
    project: row.project,
    deed: deed.parse(JSON.parse(row.deed)),
    reason: row.reason ?? undefined,
    requester: row.requester,
    approvalsNeeded: row.approvals_needed,
    votes: votes.filter((vote) => vote.change_id === row.id).map(toVote),
    expiresAt: fromTime(row.expires_at),
    state: row.state,
    closedBy: row.closed_by ?? undefined,
    failure: failureFrom(row.failure),
    result: resultFrom(row.result),
    calledAt: fromTime(row.called_at),
    startedAt: fromTime(row.started_at),
    finishedAt: fromTime(row.finished_at),
    attempts: row.attempts,
    nextAttemptAt: fromTime(row.next_attempt_at),
    createdAt: fromTime(row.created_at),
    updatedAt: fromTime(row.updated_at),
  };
}

function resultFrom(json: Json | null): ChangeResult | undefined {
  return json === null ? undefined : result.parse(JSON.parse(json));
}
