import type { Insertable, Selectable } from 'kysely';
import type { ShareRequest } from '../core/sharing/share-request.ts';
import type { ShareRequestPatch } from '../core/sharing/share-request-store.ts';
import { backupFrom, failureFrom, fromTime, toJson, toTime } from './columns.ts';
import type { ShareRequestTable, ShareTargetTable, ShareVoteTable } from './database.ts';
import { unheld } from './leases.ts';
import { toVote } from './vote-rows.ts';

/** A share request as its row keeps it. */
export function requestRow(request: ShareRequest, dedupeKey: string): Insertable<ShareRequestTable> {
  return {
    id: request.id,
    dedupe_key: dedupeKey,
    project: request.project,
    backup_id: request.backupId,
    backup: toJson(request.backup),
    reason: request.reason,
    requester: request.requester,
    ends_at: toTime(request.endsAt),
    expires_at: toTime(request.expiresAt),
    approvals_needed: request.approvalsNeeded,
    state: request.state,
    closed_by: request.closedBy ?? null,
    failure: toJson(request.failure),
    called_at: toTime(request.calledAt),
    attempts: request.attempts,
    next_attempt_at: toTime(request.nextAttemptAt),
    created_at: toTime(request.createdAt),
    updated_at: toTime(request.updatedAt),
    ...unheld,
  };
}

export function targetRows(request: ShareRequest): readonly Insertable<ShareTargetTable>[] {
  return request.targets.map((target, position) => ({
    request_id: request.id,
    project_id: target.projectId,
    position,
    alias: target.alias ?? null,
    state: target.state,
    sharing_id: target.sharingId ?? null,
  }));
}

/** The columns that a patch changes. */
export function patchedColumns(patch: ShareRequestPatch): Partial<Selectable<ShareRequestTable>> {
  return {
    ...('backup' in patch ? { backup: toJson(patch.backup) } : {}),
    ...('closedBy' in patch ? { closed_by: patch.closedBy ?? null } : {}),
    ...('failure' in patch ? { failure: toJson(patch.failure) } : {}),
    ...('calledAt' in patch ? { called_at: toTime(patch.calledAt) } : {}),
    ...(patch.attempts === undefined ? {} : { attempts: patch.attempts }),
    ...('nextAttemptAt' in patch ? { next_attempt_at: toTime(patch.nextAttemptAt) } : {}),
  };
}

/** The request of this row; `parts` may hold other requests' targets and votes as well. */
export function toRequest(
  row: Selectable<ShareRequestTable>,
  parts: { targets: readonly Selectable<ShareTargetTable>[]; votes: readonly Selectable<ShareVoteTable>[] },
): ShareRequest {
  return {
    id: row.id,
    project: row.project,
    backupId: row.backup_id,
    backup: backupFrom(row.backup),
    targets: parts.targets
      .filter((target) => target.request_id === row.id)
      .map((target) => ({
        projectId: target.project_id,
        alias: target.alias ?? undefined,
        state: target.state,
        sharingId: target.sharing_id ?? undefined,
      })),
    votes: parts.votes.filter((vote) => vote.request_id === row.id).map(toVote),
    reason: row.reason,
    requester: row.requester,
    endsAt: fromTime(row.ends_at),
    expiresAt: fromTime(row.expires_at),
    approvalsNeeded: row.approvals_needed,
    state: row.state,
    closedBy: row.closed_by ?? undefined,
    failure: failureFrom(row.failure),
    calledAt: fromTime(row.called_at),
    attempts: row.attempts,
    nextAttemptAt: fromTime(row.next_attempt_at),
    createdAt: fromTime(row.created_at),
    updatedAt: fromTime(row.updated_at),
  };
}
