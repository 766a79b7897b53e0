import type { Backup } from '../../../src/core/backups/backup.ts';
import type { Failure } from '../../../src/core/failure.ts';
import type { ManagedProject } from '../../../src/core/projects.ts';
import type { ShareRequest } from '../../../src/core/sharing/share-request.ts';
import type { RegisteredSharing, Sharing } from '../../../src/core/sharing/sharing.ts';

export const NOW = new Date('2026-11-20T12:20:00Z');
const HOUR = 3_600_000;
export const DISK_ID = 'd0000001-0000-4000-8000-000000000000';
export const OTHER_DISK_ID = 'd0000002-0000-4000-8000-000000000000';

/** So many hours before now. */
export function hoursAgo(hours: number): Date {
  return new Date(NOW.getTime() - hours * HOUR);
}

export const unavailable: Failure = { kind: 'unavailable', requestId: 'req-77' };

function uuid(first: string, index: number): string {
  return `${first}${String(index).padStart(7, '0')}-0000-4000-8000-000000000000`;
}

export const backupId = (index: number): string => uuid('b', index);
export const sharingId = (index: number): string => uuid('5', index);

/** Backup number `index`, taken so many hours ago: the higher, the older. */
export function backup(index: number, more: Partial<Backup> = {}): Backup {
  return {
    id: backupId(index),
    name: `db-nightly-${String(index).padStart(4, '0')}`,
    status: 'available',
    sizeGib: 100,
    diskId: DISK_ID,
    takenAt: hoursAgo(index),
    description: undefined,
    failReason: undefined,
    incremental: undefined,
    availabilityZone: undefined,
    ...more,
  };
}

export const payments: ManagedProject = {
  alias: 'payments',
  id: 'a'.repeat(32),
  region: 'eu-de',
  approvalsChannel: 'C0GENERAL',
  alertsChannel: 'C0GENERAL',
  approvers: { users: ['UOWNER'], groups: [] },
  requesters: { users: ['UDEV'], groups: [] },
  operators: { users: [], groups: [] },
  admins: { users: [], groups: [] },
  approvals: 1,
  requestOpenForMs: 24 * HOUR,
  allowUnknownTargets: true,
  disks: new Map([[DISK_ID, 'payments-db-1']]),
};

export const analytics: ManagedProject = {
  ...payments,
  alias: 'analytics',
  id: 'b'.repeat(32),
  approvers: { users: ['UANALYST'], groups: [] },
  requesters: { users: ['UANALYST'], groups: [] },
  disks: new Map(),
};

/** Sharing number `index`, of the backup of that number, begun so many hours ago. */
export function sharing(index: number, more: Partial<Sharing> = {}): Sharing {
  const { name, diskId, sizeGib, takenAt } = backup(index);
  return {
    id: sharingId(index),
    backupId: backupId(index),
    fromProjectId: payments.id,
    toProjectId: analytics.id,
    createdAt: hoursAgo(index),
    backup: { name, diskId, sizeGib, takenAt },
    ...more,
  };
}

/** The same sharing as the bot keeps it. */
export function registered(index: number, more: Partial<RegisteredSharing> = {}): RegisteredSharing {
  return {
    id: sharingId(index),
    project: 'payments',
    backupId: backupId(index),
    backupName: backup(index).name,
    toProjectId: analytics.id,
    requestId: undefined,
    state: 'active',
    stopAt: undefined,
    stoppedBy: undefined,
    stoppedAt: undefined,
    failure: undefined,
    attempts: 0,
    createdAt: hoursAgo(index),
    ...more,
  };
}

/** The request that backup number `index` was shared for. */
export function request(index: number, more: Partial<ShareRequest> = {}): ShareRequest {
  const { name, diskId, sizeGib, takenAt } = backup(index);
  return {
    id: `01JD0REQUEST${index}`,
    project: 'payments',
    backupId: backupId(index),
    backup: { name, diskId, sizeGib, takenAt },
    targets: [{ projectId: analytics.id, alias: 'analytics', state: 'shared', sharingId: sharingId(index) }],
    votes: [],
    reason: 'reproduce the settlement bug (PAY-2231)',
    requester: 'UDEV',
    endsAt: undefined,
    expiresAt: hoursAgo(-24),
    approvalsNeeded: 1,
    state: 'shared',
    closedBy: undefined,
    failure: undefined,
    calledAt: undefined,
    attempts: 0,
    nextAttemptAt: undefined,
    createdAt: hoursAgo(index + 1),
    updatedAt: hoursAgo(index),
    ...more,
  };
}
