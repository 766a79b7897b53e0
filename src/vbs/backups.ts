import { z } from 'zod';
import type { Caller } from './caller.ts';
import { VbsApiError } from './errors.ts';
import type { CallOptions } from './options.ts';
import { pagesByMarker } from './paging/by-marker.ts';
import { rowsOf } from './paging/rows.ts';
import { timeIn } from './time.ts';

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
  /** One of `backupStatuses`, or one that is not known here. */
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

export interface BackupFilter {
  /** The whole name. */
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly volumeId?: string | undefined;
}

export interface Backups {
  /** Every backup, in the cloud's order (newest first). `pageSize`: rows a request, 1000 at most and unless given. */
  list(
    filter?: BackupFilter,
    options?: CallOptions & { readonly pageSize?: number | undefined },
  ): AsyncIterable<Backup>;
  get(id: string, options?: CallOptions): Promise<Backup>;
}

/** The most that the API gives at once. */
const largestPage = 1000;

/**
 * A backup as it stands in a sharing. Only what is used: in a list of ten thousand, each further field costs one
 * hundredth of the time.
 */
export const backupBody = z.object({
  id: z.string(),
  name: z.string().nullish(),
  status: z.string(),
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
});

const many = {
  schema: z.object({
    backups: z.array(ownBackupBody),
    backups_links: z.array(z.object({ rel: z.string().nullish() })).nullish(),
  }),
  map: (wire: ManyBody) => ({
    items: wire.backups.map(toBackup),
    hasNext: wire.backups_links?.some((link) => link.rel === 'next') ?? false,
  }),
};
type ManyBody = { backups: OwnBackupBody[]; backups_links?: { rel?: string | null | undefined }[] | null | undefined };
type OwnBackupBody = z.infer<typeof ownBackupBody>;

const one = {
  schema: z.object({ backup: ownBackupBody }),
  map: (wire: { backup: OwnBackupBody }) => toBackup(wire.backup),
};

/** The backups of a project, by the native API. */
export function createBackups(caller: Caller): Backups {
  return {
    list(filter = {}, options = {}) {
      const limit = Math.min(largestPage, options.pageSize ?? largestPage);
      const query = { name: filter.name, status: filter.status, volume_id: filter.volumeId, limit };
      const pages = pagesByMarker({
        // The next link's own query is not used: servers repeat `offset` in it, which beside a marker skips rows.
        async page(marker) {
          const call = { operation: 'listBackups', query: { ...query, marker }, signal: options.signal } as const;
          const { items, hasNext } = (await caller.ask(call, many)).value;
          return { items, more: hasNext || items.length >= limit };
        },
        idOf: (backup: Backup) => backup.id,
        isMarkerGone,
      });
      return rowsOf(pages);
    },
    async get(id, options) {
      return (await caller.ask({ operation: 'getBackup', ids: { backup_id: id }, signal: options?.signal }, one)).value;
    },
  };
}

/** Servers say 404 or 400; of the latter only the message tells what was bad. */
function isMarkerGone(error: unknown, marker: string): boolean {
  if (!(error instanceof VbsApiError)) return false;
  if (error.status === 404) return true;
  const message = error.apiMessage ?? '';
  return error.status === 400 && (/marker/i.test(message) || message.includes(marker));
}

/** A backup as the rest of the client has it. */
export function toSharedBackup(wire: z.infer<typeof backupBody>): SharedBackup {
  return {
    id: wire.id,
    name: wire.name ?? undefined,
    status: wire.status,
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
    projectId: wire['os-backup-project-attr:project_id'] ?? wire['os-backup-project-attr:tenant_id'] ?? undefined,
  };
}

const packedDescription = z.object({ DESC: z.string() });

/** The cloud packs a description into a JSON text such as `{"DESC": "…", "INC": 1}`. */
function descriptionIn(text: string | null | undefined): string | undefined {
  if (!text) return undefined;
  if (!text.startsWith('{')) return text;
  try {
    const packed = packedDescription.safeParse(JSON.parse(text));
    return packed.success ? packed.data.DESC || undefined : text;
  } catch {
    return text;
  }
}
