import type { Backup } from '../../../src/core/backups/backup.ts';
import type { Failure } from '../../../src/core/failure.ts';
import type { ShareRequest, ShareTarget, TargetState } from '../../../src/core/sharing/share-request.ts';
import type { RegisteredSharing } from '../../../src/core/sharing/sharing.ts';
import type { Vote } from '../../../src/core/votes.ts';

export const NOW = new Date('2026-11-20T12:20:00Z');
const MINUTE = 60_000;

/** So many minutes before now. */
export function before(minutes: number): Date {
  return new Date(NOW.getTime() - minutes * MINUTE);
}

export const BACKUP_ID = 'b0000000-0000-4000-8000-000000000001';
export const DISK_ID = 'd0000001-0000-4000-8000-000000000000';
export const disks: ReadonlyMap<string, string> = new Map([[DISK_ID, 'payments-db-1']]);

export const backup: Backup = {
  id: BACKUP_ID,
  name: 'db-nightly-0412',
  status: 'available',
  sizeGib: 100,
  diskId: DISK_ID,
  takenAt: before(380),
  description: undefined,
  failReason: undefined,
  incremental: true,
  availabilityZone: 'eu-de-01',
};

export const noRight: Failure = {
  kind: 'refused',
  code: 'VolumeBackup.0042',
  message: 'forbidden',
  explanation: 'The bot’s user has no right to do this.',
  remedy: 'Ask the administrator of the cloud account to give the bot’s user the right to do it.',
  requestId: 'req-1f0b',
};

export const unavailable: Failure = { kind: 'unavailable', requestId: 'req-77' };

export function target(alias: string, state: TargetState = 'waiting'): ShareTarget {
  const sharingId =
    state === 'shared' ? `5${alias.charCodeAt(0)}00000-0000-4000-8000-000000000000`.slice(-36) : undefined;
  return { alias, projectId: alias.charCodeAt(0).toString(16).padStart(32, '0'), state, sharingId };
}

export function approval(user: string, minutes: number): Vote {
  return { side: 'source', user, kind: 'approve', reason: undefined, at: before(minutes) };
}

export function request(more: Partial<ShareRequest> = {}): ShareRequest {
  const { id, name, sizeGib, diskId, takenAt } = backup;
  return {
    id: '01HZZZZZZZZZZZZZZZZZZZ7K3F',
    project: 'payments',
    backupId: id,
    backup: { name, sizeGib, diskId, takenAt },
    targets: [target('analytics')],
    votes: [],
    reason: 'reproduce the settlement bug (PAY-2231)',
    requester: 'UDEV',
    endsAt: new Date('2026-11-27T12:00:00Z'),
    expiresAt: new Date('2026-11-23T10:12:00Z'),
    approvalsNeeded: 2,
    state: 'pending',
    closedBy: undefined,
    failure: undefined,
    calledAt: undefined,
    attempts: 0,
    nextAttemptAt: undefined,
    createdAt: before(60),
    updatedAt: before(5),
    ...more,
  };
}

/** The sharing that came of a target. */
export function sharing(of: ShareTarget, more: Partial<RegisteredSharing> = {}): RegisteredSharing {
  return {
    id: of.sharingId ?? 'none',
    project: 'payments',
    backupId: BACKUP_ID,
    backupName: 'db-nightly-0412',
    toProjectId: of.projectId,
    requestId: '01HZZZZZZZZZZZZZZZZZZZ7K3F',
    state: 'active',
    stopAt: undefined,
    stoppedBy: undefined,
    stoppedAt: undefined,
    failure: undefined,
    attempts: 0,
    createdAt: before(4),
    ...more,
  };
}

/** The action ids in a message or view, in their order. */
export function actionIds(blocks: readonly unknown[]): string[] {
  return [...JSON.stringify(blocks).matchAll(/"action_id":"([^"]+)"/g)].flatMap((match) => match[1] ?? []);
}
