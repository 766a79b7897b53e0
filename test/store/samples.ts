import type { AuditEntry } from '../../src/core/audit.ts';
import { type Change, NOT_BEGUN } from '../../src/core/changes/change.ts';
import type { ClaimOptions } from '../../src/core/claims.ts';
import type { PolicyRun } from '../../src/core/policies/policy-run.ts';
import type { TaskRow } from '../../src/core/policies/task-store.ts';
import type { ShareRequest } from '../../src/core/sharing/share-request.ts';
import type { RegisteredSharing } from '../../src/core/sharing/sharing.ts';
import type { Vote } from '../../src/core/votes.ts';

export const NOON = new Date('2026-11-20T12:00:00.000Z');

/** So many minutes after noon. */
export function noon(minutes = 0): Date {
  return new Date(NOON.getTime() + minutes * 60_000);
}

/** A claim so many minutes after noon, for one minute. */
export function claimAt(minutes = 0, limit = 10): ClaimOptions {
  return { now: noon(minutes), until: noon(minutes + 1), limit };
}

export function aRequest(changes: Partial<ShareRequest> = {}): ShareRequest {
  return {
    id: 'R1',
    project: 'payments',
    backupId: '8332443e-0000-4000-8000-000000000001',
    backup: { name: 'db-nightly', diskId: 'disk-1', sizeGib: 100, takenAt: noon(-60) },
    targets: [
      { projectId: 'b'.repeat(32), alias: 'analytics', state: 'waiting', sharingId: undefined },
      { projectId: 'a'.repeat(32), alias: undefined, state: 'waiting', sharingId: undefined },
    ],
    votes: [],
    reason: 'reproduce the settlement bug',
    requester: 'UREQUESTER',
    endsAt: noon(10_000),
    expiresAt: noon(1_000),
    approvalsNeeded: 1,
    state: 'pending',
    closedBy: undefined,
    failure: undefined,
    calledAt: undefined,
    attempts: 0,
    nextAttemptAt: undefined,
    createdAt: noon(),
    updatedAt: noon(),
    ...changes,
  };
}

export function aChange(changes: Partial<Change> = {}): Change {
  return {
    id: 'C1',
    project: 'payments',
    deed: { kind: 'backup.delete', backupId: 'B1', backup: undefined },
    reason: 'no longer needed',
    requester: 'UREQUESTER',
    approvalsNeeded: 1,
    votes: [],
    expiresAt: noon(1_000),
    state: 'pending',
    closedBy: undefined,
    ...NOT_BEGUN,
    createdAt: noon(),
    updatedAt: noon(),
    ...changes,
  };
}

export function aVote(changes: Partial<Vote> = {}): Vote {
  return { side: 'source', user: 'UAPPROVER', kind: 'approve', reason: undefined, at: noon(1), ...changes };
}

export function aSharing(changes: Partial<RegisteredSharing> = {}): RegisteredSharing {
  return {
    id: 'S1',
    project: 'payments',
    backupId: 'B1',
    backupName: 'db-nightly',
    toProjectId: 'b'.repeat(32),
    requestId: 'R1',
    state: 'active',
    stopAt: undefined,
    stoppedBy: undefined,
    stoppedAt: undefined,
    failure: undefined,
    attempts: 0,
    createdAt: noon(),
    ...changes,
  };
}

export function aRun(changes: Partial<PolicyRun> = {}): PolicyRun {
  return {
    id: 'P1',
    project: 'payments',
    policyId: 'nightly',
    policyName: 'Nightly',
    origin: 'person',
    startedBy: 'UOPERATOR',
    startedAt: noon(),
    disks: 2,
    after: { taskId: 'T0', createdAt: noon(-60) },
    state: 'requested',
    calledAt: undefined,
    deadlineAt: noon(720),
    finishedAt: undefined,
    failure: undefined,
    attempts: 0,
    nextCheckAt: undefined,
    nextRunAt: undefined,
    diskSizes: undefined,
    tasks: [],
    ...changes,
  };
}

export function aTask(changes: Partial<TaskRow> = {}): TaskRow {
  return {
    id: 'T1',
    project: 'payments',
    policyId: 'nightly',
    policyName: 'Nightly',
    runId: 'P1',
    status: 'running',
    createdAt: noon(1),
    finishedAt: undefined,
    backupName: undefined,
    diskId: 'disk-1',
    jobId: undefined,
    failure: undefined,
    ...changes,
  };
}

export function anEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: noon(),
    actor: 'UREQUESTER',
    action: 'share.requested',
    project: 'payments',
    subject: 'R1',
    outcome: 'ok',
    details: { backup: 'B1', targets: ['a', 'b'], count: 2, forced: false },
    cloudRequestId: 'req-1',
    ...changes,
  };
}
