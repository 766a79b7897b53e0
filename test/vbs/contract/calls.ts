import type { VbsClient } from '../../../src/vbs/client.ts';
import type { OperationId } from '../../../src/vbs/operations.ts';
import { all } from '../cloud.ts';
import { ids } from './region.ts';

/** One operation: what the simulator calls it, and calls of the client that make it. */
export interface OperationCalls {
  readonly route: string;
  /** What is needed before; answers its id. */
  readonly given?: (client: VbsClient) => Promise<string>;
  /** A call that succeeds. */
  readonly call: (client: VbsClient, given: string) => Promise<unknown>;
  /** The same with this text in place of each id in the path. */
  readonly withId?: (client: VbsClient, id: string) => Promise<unknown>;
  /** A field without which the answer is useless, where there is one. */
  readonly field?: string;
  /** Its answer has no body. */
  readonly bare?: true;
  /** Only with the older version of the native API. */
  readonly deprecated?: true;
}

export type Called = Exclude<OperationId, 'getToken'>;

const schedule = { startTimes: ['04:00'], everyDays: 2, keepLast: 7, enabled: true } as const;
const tag = { key: 'team', value: 'billing' };
const snapshotId = 'f0000000-0000-4000-8000-000000000001';

export const calls: Readonly<Record<Called, OperationCalls>> = {
  shareBackup: {
    route: 'sharings.share',
    call: (client) => client.sharings.share(ids.backup, [ids.analytics]),
    field: 'to_project_id',
  },
  cancelSharing: {
    route: 'sharings.cancel',
    bare: true,
    call: (client) => client.sharings.cancel(ids.sharing),
    withId: (client, id) => client.sharings.cancel(id),
  },
  cancelSharingsOfBackup: {
    route: 'sharings.cancel',
    bare: true,
    call: (client) => client.sharings.cancelAll(ids.shared),
    withId: (client, id) => client.sharings.cancelAll(id),
  },
  listSharings: {
    route: 'sharings.list',
    call: (client) => client.sharings.page({}, { limit: 10, offset: 0 }),
    field: 'backup_id',
  },
  countSharings: { route: 'sharings.count', call: (client) => client.sharings.count(), field: 'count' },
  getSharing: {
    route: 'sharings.get',
    call: (client) => client.sharings.get(ids.sharing),
    withId: (client, id) => client.sharings.get(id),
    field: 'from_project_id',
  },

  createBackup: {
    route: 'cloudbackups.create',
    call: (client) => client.backups.create({ volumeId: ids.logs, name: 'by-hand', full: true, tags: [tag] }),
    field: 'job_id',
  },
  restoreBackup: {
    route: 'cloudbackups.restore',
    call: (client) => client.backups.restore(ids.backup, ids.logs),
    withId: (client, id) => client.backups.restore(id, ids.logs),
    field: 'job_id',
  },
  deleteBackup: {
    route: 'cloudbackups.delete',
    call: (client) => client.backups.deleteTracked(ids.backup),
    withId: (client, id) => client.backups.deleteTracked(id),
    field: 'job_id',
    deprecated: true,
  },
  getQuota: { route: 'quota.get', call: (client) => client.quota.get(), field: 'used' },

  createNativeBackup: {
    route: 'backups.create',
    call: (client) => client.backups.createNative({ volumeId: ids.logs, snapshotId, name: 'native', force: true }),
    field: 'id',
  },
  listBackupSummaries: {
    route: 'backups.summary',
    call: (client) => all(client.backups.summaries()),
    field: 'id',
  },
  listBackups: { route: 'backups.list', call: (client) => all(client.backups.list()), field: 'status' },
  getBackup: {
    route: 'backups.get',
    call: (client) => client.backups.get(ids.backup),
    withId: (client, id) => client.backups.get(id),
    field: 'status',
  },
  deleteNativeBackup: {
    route: 'backups.delete',
    bare: true,
    call: (client) => client.backups.delete(ids.backup),
    withId: (client, id) => client.backups.delete(id),
  },
  restoreNativeBackup: {
    route: 'backups.restore',
    call: (client) => client.backups.restoreNative(ids.backup, ids.logs),
    withId: (client, id) => client.backups.restoreNative(id, ids.logs),
  },

  getJob: {
    route: 'jobs.get',
    given: async (client) => (await client.backups.create({ volumeId: ids.spare, name: 'for-its-job' })).jobId,
    call: (client, jobId) => client.jobs.get(jobId),
    withId: (client, id) => client.jobs.get(id),
    field: 'status',
  },

  createPolicy: {
    route: 'policies.create',
    call: (client) => client.policies.create({ name: 'hourly', schedule, tags: [tag], timeZone: 'UTC+01:00' }),
    field: 'backup_policy_id',
  },
  listPolicies: { route: 'policies.list', call: (client) => client.policies.list(), field: 'scheduled_policy' },
  modifyPolicy: {
    route: 'policies.modify',
    call: (client) => client.policies.modify(ids.nightly, { name: 'often', schedule: { ...schedule, everyDays: 3 } }),
    withId: (client, id) => client.policies.modify(id, { name: 'often' }),
    field: 'backup_policy_id',
  },
  switchPolicy: {
    route: 'policies.modify',
    call: (client) => client.policies.enable(ids.weekly),
    withId: (client, id) => client.policies.disable(id),
    field: 'backup_policy_id',
  },
  deletePolicy: {
    route: 'policies.delete',
    bare: true,
    call: (client) => client.policies.delete(ids.nightly),
    withId: (client, id) => client.policies.delete(id),
  },
  associateDisks: {
    route: 'policies.associate',
    call: (client) => client.policies.associate(ids.nightly, [ids.logs]),
    field: 'resource_id',
  },
  disassociateDisks: {
    route: 'policies.disassociate',
    call: (client) => client.policies.disassociate(ids.nightly, [ids.db]),
    withId: (client, id) => client.policies.disassociate(id, [ids.db]),
    field: 'resource_id',
  },
  executePolicy: {
    route: 'policies.execute',
    bare: true,
    call: (client) => client.policies.execute(ids.nightly),
    withId: (client, id) => client.policies.execute(id),
  },
  listPolicyTasks: {
    route: 'tasks.list',
    call: (client) => client.policies.tasksPage(ids.nightly, { limit: 10, offset: 0 }),
    withId: (client, id) => client.policies.tasksPage(id, { limit: 10, offset: 0 }),
    field: 'count',
  },

  addPolicyTag: {
    route: 'tags.add',
    bare: true,
    call: (client) => client.policyTags.add(ids.nightly, tag),
    withId: (client, id) => client.policyTags.add(id, tag),
  },
  removePolicyTag: {
    route: 'tags.remove',
    bare: true,
    call: (client) => client.policyTags.remove(ids.nightly, 'env'),
    withId: (client, id) => client.policyTags.remove(ids.nightly, id),
  },
  listTagsOfPolicy: {
    route: 'tags.list',
    call: (client) => client.policyTags.ofPolicy(ids.nightly),
    withId: (client, id) => client.policyTags.ofPolicy(id),
    field: 'key',
  },
  listPolicyTags: { route: 'tags.all', call: (client) => client.policyTags.all(), field: 'values' },
  changePolicyTags: {
    route: 'tags.batch',
    bare: true,
    call: (client) => client.policyTags.change(ids.nightly, { action: 'create', tags: [tag] }),
    withId: (client, id) => client.policyTags.change(id, { action: 'create', tags: [tag] }),
  },
  queryPoliciesByTag: {
    route: 'policies.byTag',
    call: (client) => all(client.policies.byTag({ tags: [{ key: 'env', values: ['prod'] }] })),
    field: 'resource_id',
  },
};
