/** The client of the Volume Backup Service as other programs use it: `vbs-chatops/vbs`. */

export { createLogins, type Logins } from './auth/logins.ts';
export type { BackupFilter } from './backup-pages.ts';
export type { Backup, BackupSummary, Backups } from './backups.ts';
export { createVbsClient, type VbsClient } from './client.ts';
export {
  type ApiErrorKind,
  type Effect,
  VbsAborted,
  VbsApiError,
  VbsAuthError,
  VbsError,
  VbsInputError,
  VbsNetworkError,
  VbsSchemaError,
} from './errors.ts';
export type { Job } from './jobs.ts';
export type { NewNativeBackup } from './native-backups.ts';
export type { Credentials, ExchangeEvent, Receipt, VbsClientOptions } from './options.ts';
export type { Policies, Policy } from './policies.ts';
export type { PolicyTagQuery, TaggedPolicy } from './policies-by-tag.ts';
export type { NewPolicy, PolicyChange } from './policy-changes.ts';
export type { DiskOutcomes, FailedDisk } from './policy-disks.ts';
export type { NewSchedule, ScheduleChange } from './policy-schedule.ts';
export type { Quota, QuotaUse } from './quota.ts';
export type { Sharing, SharingFilter, Sharings } from './sharings.ts';
export type { Task } from './tasks.ts';
export type { JobReceipt, NewBackup, Tag } from './tracked-backups.ts';
