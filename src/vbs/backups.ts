import { z } from 'zod';
import {
  type BackupFilter,
  type BackupListOptions,
  backupRows,
  type ExactBackupFilter,
  exactQuery,
  fuzzyHeaders,
} from './backup-pages.ts';
import type { Caller } from './caller.ts';
import { VbsApiError } from './errors.ts';
import { createNativeBackups, type NativeBackups } from './native-backups.ts';
import type { CallOptions, NativeApiVersion } from './options.ts';
import { timeIn } from './time.ts';
import { createTrackedBackups, type TrackedBackups } from './tracked-backups.ts';

export const backupStatuses = [
  'available',
  'error',
  'restoring',
  'creating',
  'deleting',
  'error_restoring',
  'error_deleting',
] as const;
export type BackupStatus = (typeof backupStatuses)[number];

/** A backup of one disk, as a sharing tells of it; the project that owns it is told more. */
export interface SharedBackup {
  readonly id: string;
  readonly name: string | undefined;
  /** One of `backupStatuses`, or one that is not known here; `unknown` where the cloud tells none. */
  readonly status: string;
  readonly sizeGib: number | undefined;
  /** The disk it was made of. */
  readonly volumeId: string | undefined;
  readonly availabilityZone: string | undefined;
  readonly createdAt: Date | undefined;
  /** The moment whose data it holds. */
  readonly dataTimestamp: Date | undefined;
  /** What a person wrote; where the cloud keeps that inside a JSON text, what is in there. */
  readonly description: string | undefined;
  readonly failReason: string | undefined;
  readonly isIncremental: boolean | undefined;
}

/** A backup of one disk. */
export interface Backup extends SharedBackup {
  readonly updatedAt: Date | undefined;
  readonly snapshotId: string | undefined;
  /** Where its data lies in the object storage, in how many objects. */
  readonly container: string | undefined;
  readonly objectCount: number | undefined;
  /** Whether others build on it, so that it can't be deleted. */
  readonly hasDependentBackups: boolean | undefined;
  /** The project it belongs to, where the cloud tells. */
  readonly projectId: string | undefined;
}

/** A backup in short. */
export interface BackupSummary {
  readonly id: string;
  readonly name: string | undefined;
}

export interface Backups extends TrackedBackups, NativeBackups {
  /** Every backup, in the cloud's order (newest first). */
  list(filter?: BackupFilter, options?: BackupListOptions): AsyncIterable<Backup>;
  /** The same in short. */
  summaries(filter?: BackupFilter, options?: BackupListOptions): AsyncIterable<BackupSummary>;
  /** How many there are; undefined where the server does not tell. */
  count(filter?: ExactBackupFilter, options?: CallOptions): Promise<number | undefined>;
  get(id: string, options?: CallOptions): Promise<Backup>;
}

/**
 * A backup as it stands in a sharing. Only what is used: in a list of ten thousand, each further field costs one
 * hundredth of the time.
 */
export const backupBody = z.object({
  id: z.string(),
  name: z.string().nullish(),
  status: z.string().nullable(),
  size: z.number().nullable(),
  volume_id: z.string().nullable(),
  availability_zone: z.string().nullish(),
  created_at: z.string().nullish(),
  data_timestamp: z.string().nullish(),
  description: z.string().nullish(),
  fail_reason: z.string().nullish(),
  is_incremental: z.boolean().nullish(),
});

const ownBackupBody = backupBody.extend({
  updated_at: z.string().nullish(),
  snapshot_id: z.string().nullish(),
  container: z.string().nullish(),
  object_count: z.number().nullish(),
  has_dependent_backups: z.boolean().nullish(),
  'os-backup-project-attr:project_id': z.string().nullish(),
  'os-backup-project-attr:tenant_id': z.string().nullish(),
  // So in v2.
  'os-bak-tenant-attr:tenant_id': z.string().nullish(),
});

type OwnBackupBody = z.infer<typeof ownBackupBody>;
const summaryBody = backupBody.pick({ id: true, name: true });

const links = z.array(z.object({ rel: z.string().nullish() })).nullish();
const inDetail = {
  schema: z.object({ backups: z.array(ownBackupBody), backups_links: links }),
  map: (wire: ManyBody<OwnBackupBody>) => ({ items: wire.backups.map(toBackup), hasNext: hasNext(wire) }),
};
const inShort = {
  schema: z.object({ backups: z.array(summaryBody), backups_links: links }),
  map: (wire: ManyBody<z.infer<typeof summaryBody>>) => ({
    items: wire.backups.map(({ id, name }): BackupSummary => ({ id, name: name ?? undefined })),
    hasNext: hasNext(wire),
  }),
};
const counted = {
  schema: z.object({ count: z.int().nonnegative().nullish() }),
  map: (wire: { count?: number | null | undefined }) => wire.count ?? undefined,
};
type ManyBody<Row> = { backups: Row[]; backups_links?: z.infer<typeof links> };

const one = {
  schema: z.object({ backup: ownBackupBody }),
  map: (wire: { backup: OwnBackupBody }) => toBackup(wire.backup),
};

/** The backups of a project. The version of the native API decides what else is known or deprecated. */
export function createBackups(caller: Caller, version: NativeApiVersion): Backups {
  const fuzzy = version === 'v3';
  return {
    ...createTrackedBackups(caller, { deprecated: version === 'v2' }),
    ...createNativeBackups(caller),
    list: (filter = {}, options = {}) =>
      backupRows(caller, { operation: 'listBackups', reading: inDetail, fuzzy }, { filter, options }),
    summaries: (filter = {}, options = {}) =>
      backupRows(caller, { operation: 'listBackupSummaries', reading: inShort, fuzzy }, { filter, options }),
    async count(filter = {}, options) {
      const query = { ...exactQuery(filter), limit: 1, with_count: 'True' };
      const call = { operation: 'listBackupSummaries', query, headers: fuzzyHeaders, signal: options?.signal } as const;
      try {
        return (await caller.ask(call, counted)).value;
      } catch (error) {
        // Older servers refuse the version of the API that counts.
        if (error instanceof VbsApiError && error.status === 406) return undefined;
        throw error;
      }
    },
    async get(id, options) {
      return (await caller.ask({ operation: 'getBackup', ids: { backup_id: id }, signal: options?.signal }, one)).value;
    },
  };
}

function hasNext(wire: ManyBody<unknown>): boolean {
  return wire.backups_links?.some((link) => link.rel === 'next') ?? false;
}

/** A backup as the rest of the client has it. */
export function toSharedBackup(wire: z.infer<typeof backupBody>): SharedBackup {
  return {
    id: wire.id,
    name: wire.name ?? undefined,
    status: wire.status ?? 'unknown',
    sizeGib: wire.size ?? undefined,
    volumeId: wire.volume_id ?? undefined,
    availabilityZone: wire.availability_zone ?? undefined,
    createdAt: timeIn(wire.created_at, 'created_at'),
    dataTimestamp: timeIn(wire.data_timestamp, 'data_timestamp'),
    description: descriptionIn(wire.description),
    failReason: wire.fail_reason ?? undefined,
    isIncremental: wire.is_incremental ?? undefined,
  };
}

function toBackup(wire: OwnBackupBody): Backup {
  return {
    ...toSharedBackup(wire),
    updatedAt: timeIn(wire.updated_at, 'updated_at'),
    snapshotId: wire.snapshot_id ?? undefined,
    container: wire.container ?? undefined,
    objectCount: wire.object_count ?? undefined,
    hasDependentBackups: wire.has_dependent_backups ?? undefined,
    projectId:
      wire['os-backup-project-attr:project_id'] ??
      wire['os-backup-project-attr:tenant_id'] ??
      wire['os-bak-tenant-attr:tenant_id'] ??
      undefined,
  };
}

const packedDescription = z.object({ DESC: z.string().nullable() });

/** The cloud packs a description into a JSON text such as `{"DESC": "…", "INC": 1}`. */
function descriptionIn(text: string | null | undefined): string | undefined {
  if (!text) return undefined;
  if (!text.trimStart().startsWith('{')) return text;
  try {
    const packed = packedDescription.safeParse(JSON.parse(text));
    return packed.success ? packed.data.DESC || undefined : text;
  } catch {
    return text;
  }
}
