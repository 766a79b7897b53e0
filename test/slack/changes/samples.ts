import { type Change, type Deed, type DeedOf, NOT_BEGUN } from '../../../src/core/changes/change.ts';
import type { PolicyPlan } from '../../../src/core/policies/policy.ts';
import { HOSTILE } from '../expect-view.ts';
import { BACKUP_ID, backup, before, DISK_ID } from '../share/samples.ts';

export const OTHER_DISK = 'd0000002-0000-4000-8000-000000000000';
const POLICY_ID = 'a0000000-0000-4000-8000-000000000001';
export const JOB_ID = 'ff8080814dbd65d7014dbe0d84db0013';

const { name, sizeGib, diskId, takenAt } = backup;
const ofBackup = { backupId: BACKUP_ID, backup: { name, sizeGib, diskId, takenAt } };
const ofPolicy = { policyId: POLICY_ID, policyName: 'nightly' };

export const create: DeedOf<'backup.create'> = {
  kind: 'backup.create',
  backup: {
    diskId: DISK_ID,
    name: 'payments-db-1-20261120-1220',
    description: 'before the upgrade',
    snapshotId: undefined,
    full: true,
    tags: [{ key: 'reason', value: 'upgrade' }],
  },
};
export const restore: DeedOf<'backup.restore'> = { kind: 'backup.restore', ...ofBackup, diskId: OTHER_DISK };
export const remove: DeedOf<'backup.delete'> = { kind: 'backup.delete', ...ofBackup };

export const plan: PolicyPlan = {
  name: 'nightly',
  enabled: true,
  schedule: { times: ['22:00'], timeZone: 'UTC+00:00', everyDays: 1, weekDays: undefined },
  retention: { keepLast: 7, keepDays: undefined, keepFirstOfMonth: false },
};

/** One of each kind. */
export const deeds: readonly Deed[] = [
  create,
  restore,
  remove,
  { kind: 'policy.create', plan, tags: [{ key: 'env', value: 'prod' }] },
  {
    kind: 'policy.modify',
    ...ofPolicy,
    before: plan,
    plan: { ...plan, retention: { ...plan.retention, keepLast: 14 } },
  },
  { kind: 'policy.switch', ...ofPolicy, enabled: false },
  { kind: 'policy.delete', ...ofPolicy, disks: 2, diskIds: [DISK_ID, OTHER_DISK] },
  {
    kind: 'policy.add-disks',
    ...ofPolicy,
    diskIds: [DISK_ID, OTHER_DISK],
    taken: [{ diskId: DISK_ID, policyName: 'weekly' }],
  },
  { kind: 'policy.remove-disks', ...ofPolicy, diskIds: [DISK_ID] },
  { kind: 'policy.tags', ...ofPolicy, action: 'create', tags: [{ key: 'env', value: 'prod' }] },
];

const hostileSchedule = { times: [HOSTILE], timeZone: HOSTILE, everyDays: undefined, weekDays: [HOSTILE] };

/** The same, named by an enemy of the bot. */
export const hostileDeeds: readonly Deed[] = deeds.map((deed): Deed => {
  const tags = [{ key: HOSTILE, value: HOSTILE }];
  switch (deed.kind) {
    case 'backup.create':
      return { ...deed, backup: { ...deed.backup, name: HOSTILE, description: HOSTILE, tags } };
    case 'backup.restore':
    case 'backup.delete':
      return { ...deed, backup: { name: HOSTILE, diskId: HOSTILE, sizeGib: 1e15, takenAt: undefined } };
    case 'policy.create':
      return { ...deed, plan: { ...plan, name: HOSTILE }, tags };
    case 'policy.modify':
      return { ...deed, policyName: HOSTILE, plan: { ...plan, name: HOSTILE, schedule: hostileSchedule } };
    case 'policy.tags':
      return { ...deed, policyName: HOSTILE, tags };
    default:
      return { ...deed, policyName: HOSTILE };
  }
});

export function change(deed: Deed, more: Partial<Change> = {}): Change {
  const decided = deed.kind === 'backup.restore' || deed.kind === 'backup.delete';
  return {
    id: '01HZZZZZZZZZZZZZZZZZZZ7K3F',
    project: 'payments',
    deed,
    reason: decided ? 'the release broke the settlement tables (PAY-2231)' : undefined,
    requester: 'UDEV',
    approvalsNeeded: decided ? 1 : 0,
    votes: [],
    expiresAt: new Date('2026-11-23T10:12:00Z'),
    state: decided ? 'pending' : 'approved',
    closedBy: undefined,
    ...NOT_BEGUN,
    createdAt: before(60),
    updatedAt: before(5),
    ...more,
  };
}
