/** Times in the world are milliseconds since 1970, UTC; routes write them as each API does. */

export const BACKUP_STATUSES = [
  'available',
  'error',
  'restoring',
  'creating',
  'deleting',
  'error_restoring',
  'error_deleting',
] as const;
export type BackupStatus = (typeof BACKUP_STATUSES)[number];

export const TASK_STATUSES = [
  'WAITING',
  'RUNNING',
  'EXECUTE_SUCCESS',
  'EXECUTE_FAIL',
  'EXECUTE_TIMEOUT',
  'SKIP',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const ROLES = ['admin', 'reader'] as const;
export type Role = (typeof ROLES)[number];

export const JOB_STATUSES = ['INIT', 'RUNNING', 'SUCCESS', 'FAIL'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const DISK_STATUSES = ['available', 'in-use', 'backing-up', 'restoring', 'error'] as const;
export type DiskStatus = (typeof DISK_STATUSES)[number];

// Disks of dedicated storage and of HANA machines are refused by backups and policies.
export const DISK_KINDS = ['standard', 'DESS', 'HANA'] as const;
export type DiskKind = (typeof DISK_KINDS)[number];

/** Limits of a project; -1 is none. */
export interface QuotaLimits {
  backups: number;
  gigabytes: number;
  /** Of one disk, counting what no policy made. */
  backupsPerDisk: number;
}

export interface Tag {
  key: string;
  value: string;
}

export interface Project {
  id: string;
  name: string;
  quotas: QuotaLimits;
  /** The status with which every call on the project is refused while it is down. */
  down: number | null;
}

/** Signs requests in place of a token; one with a security token is temporary. */
export interface AccessKey {
  accessKey: string;
  secretKey: string;
  securityToken: string | null;
}

export interface User {
  id: string;
  name: string;
  password: string;
  domain: string;
  /** By project id. */
  roles: ReadonlyMap<string, Role>;
  accessKeys: readonly AccessKey[];
}

export interface Disk {
  id: string;
  name: string;
  size: number;
  projectId: string;
  availabilityZone: string;
  status: DiskStatus;
  kind: DiskKind;
}

export interface Backup {
  id: string;
  projectId: string;
  name: string | null;
  status: BackupStatus;
  size: number;
  volumeId: string;
  snapshotId: string | null;
  availabilityZone: string | null;
  container: string | null;
  createdAt: number;
  updatedAt: number | null;
  dataTimestamp: number | null;
  description: string | null;
  failReason: string | null;
  objectCount: number | null;
  isIncremental: boolean;
  serviceMetadata: string | null;
  /** The policy that made it; no API shows it. */
  policyId: string | null;
  /** Given when it was made; no API shows them. */
  tags: readonly Tag[];
  /** An image was made of it, so it has to stay. */
  isImage: boolean;
}

export interface Sharing {
  id: string;
  backupId: string;
  fromProjectId: string;
  toProjectId: string;
  createdAt: number;
}

export interface Policy {
  id: string;
  projectId: string;
  name: string;
  /** `HH:00` in UTC. */
  startTimes: string[];
  frequency: number | null;
  weekdays: Weekday[] | null;
  retentionNum: number | null;
  retentionDays: number | null;
  keepFirstOfMonth: boolean | null;
  status: 'ON' | 'OFF';
  timeZone: string | null;
  diskIds: string[];
  tags: Tag[];
  /** The one that every project has from the beginning. */
  isDefault: boolean;
  /** Raised with each change of the schedule, so that the strikes of an older one fall silent. */
  revision: number;
  createdAt: number;
  /** Oldest first. */
  tasks: Task[];
}

export interface Task {
  id: string;
  policyId: string;
  status: TaskStatus;
  createdAt: number;
  finishedAt: number | null;
  backupName: string;
  diskId: string;
  jobId: string | null;
}

export interface Job {
  id: string;
  projectId: string;
  type: string;
  status: JobStatus;
  beginAt: number;
  endAt: number | null;
  errorCode: string | null;
  failReason: string | null;
  entities: Record<string, string>;
  subJobs: Job[];
}
