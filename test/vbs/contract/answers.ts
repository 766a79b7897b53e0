import { expect } from 'vitest';
import type { Called } from './calls.ts';
import { ids, start } from './region.ts';

const receipt = { requestId: expect.stringMatching(/./) };
const job = { ...receipt, jobId: expect.stringMatching(/^[0-9a-f-]{32,36}$/) };
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
const sharing = { id: ids.sharing, backupId: ids.shared, fromProjectId: ids.payments, toProjectId: ids.analytics };
const backups = [ids.backup, ids.shared].map((id) => expect.objectContaining({ id }));

/** What each call answers. */
export const answers: Readonly<Record<Called, unknown>> = {
  shareBackup: {
    ...receipt,
    value: [expect.objectContaining({ backupId: ids.backup, toProjectId: ids.analytics, backup: undefined })],
  },
  cancelSharing: receipt,
  cancelSharingsOfBackup: receipt,
  listSharings: [expect.objectContaining({ ...sharing, createdAt: start })],
  countSharings: 1,
  getSharing: expect.objectContaining({ ...sharing, backup: expect.objectContaining({ name: 'after-release' }) }),

  createBackup: job,
  restoreBackup: job,
  deleteBackup: job,
  getQuota: {
    backups: { used: 2, reserved: 0, limit: 20 },
    gigabytes: { used: 80, reserved: 0, limit: 500 },
  },

  createNativeBackup: { ...receipt, backupId: uuid },
  listBackupSummaries: expect.arrayContaining([
    { id: ids.backup, name: 'before-release' },
    { id: ids.shared, name: 'after-release' },
  ]),
  listBackups: expect.arrayContaining(backups),
  getBackup: expect.objectContaining({ id: ids.backup, sizeGib: 40, volumeId: ids.db, projectId: ids.payments }),
  deleteNativeBackup: receipt,
  restoreNativeBackup: { ...receipt, volumeName: 'logs' },

  getJob: expect.objectContaining({ type: 'bksCreateBackup', status: expect.stringMatching(/^(INIT|RUNNING)$/) }),

  createPolicy: { ...receipt, policyId: uuid },
  listPolicies: [
    expect.objectContaining({ id: ids.nightly, enabled: true, everyDays: 1, keepLast: 9, volumeCount: 1 }),
    expect.objectContaining({
      id: ids.weekly,
      enabled: false,
      weekDays: ['SUN', 'WED'],
      keepDays: 30,
      startTimes: ['20:00', '04:00'],
      timeZone: 'UTC+08:00',
    }),
  ],
  modifyPolicy: { ...receipt, policyId: ids.nightly },
  switchPolicy: { ...receipt, policyId: ids.weekly },
  deletePolicy: receipt,
  associateDisks: { ...receipt, succeeded: [ids.logs], failed: [] },
  disassociateDisks: { ...receipt, succeeded: [ids.db], failed: [] },
  executePolicy: receipt,
  listPolicyTasks: { count: 0, tasks: [] },

  addPolicyTag: receipt,
  removePolicyTag: receipt,
  listTagsOfPolicy: [{ key: 'env', value: 'prod' }],
  listPolicyTags: [{ key: 'env', values: expect.arrayContaining(['prod', 'test']) }],
  changePolicyTags: receipt,
  queryPoliciesByTag: [{ id: ids.nightly, name: 'nightly', tags: [{ key: 'env', value: 'prod' }] }],
};
