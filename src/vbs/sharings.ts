import { z } from 'zod';
import { backupBody, type SharedBackup, toSharedBackup } from './backups.ts';
import type { Caller } from './caller.ts';
import type { CallOptions, Receipt } from './options.ts';
import { pagesByOffset } from './paging/by-offset.ts';
import { rowsOf } from './paging/rows.ts';
import type { Query } from './path.ts';
import { timeIn } from './time.ts';
import { compiled } from './wire.ts';

/** One backup made usable in one other project. */
export interface Sharing {
  readonly id: string;
  readonly backupId: string;
  readonly fromProjectId: string;
  readonly toProjectId: string;
  readonly createdAt: Date | undefined;
  /** Undefined in the answer to *share*. */
  readonly backup: SharedBackup | undefined;
}

export const sharingSortKeys = [
  'name',
  'status',
  'container_format',
  'disk_format',
  'size',
  'id',
  'created_at',
  'updated_at',
] as const;
export type SharingSortKey = (typeof sharingSortKeys)[number];

export interface SharingFilter {
  /** `out`, the default: shared by the project; `in`: shared with it. */
  readonly direction?: 'out' | 'in' | undefined;
  readonly backupId?: string | undefined;
  readonly volumeId?: string | undefined;
  /** Part of the backup's name. */
  readonly name?: string | undefined;
  /** The backup's status. */
  readonly status?: string | undefined;
  readonly fromProjectId?: string | undefined;
  readonly toProjectId?: string | undefined;
  readonly availabilityZone?: string | undefined;
}

export interface SharingSort {
  /** `created_at` unless given. */
  readonly sortKey?: SharingSortKey | undefined;
  /** `desc` unless given. */
  readonly sortDir?: 'asc' | 'desc' | undefined;
}

export interface Sharings {
  /**
   * Makes a backup usable in other projects. Not idempotent: after an error whose effect is unknown, list the sharings
   * of the backup before asking again.
   */
  share(
    backupId: string,
    toProjectIds: readonly string[],
    options?: CallOptions,
  ): Promise<Receipt & { readonly value: readonly Sharing[] }>;
  /** Every sharing, newest first, each once, also while the list changes. `pageSize`: rows a request, 1000 unless given. */
  list(
    filter?: SharingFilter & SharingSort,
    options?: CallOptions & { readonly pageSize?: number | undefined },
  ): AsyncIterable<Sharing>;
  /** One page, as the cloud has it. */
  page(
    filter: SharingFilter & SharingSort,
    range: { readonly limit: number; readonly offset: number },
    options?: CallOptions,
  ): Promise<readonly Sharing[]>;
  count(filter?: SharingFilter, options?: CallOptions): Promise<number>;
  get(id: string, options?: CallOptions): Promise<Sharing>;
  cancel(id: string, options?: CallOptions): Promise<Receipt>;
  /** Cancels every sharing of a backup. */
  cancelAll(backupId: string, options?: CallOptions): Promise<Receipt>;
}

const ordinaryPageSize = 1000;
const pagesAhead = 4;

const sharingBody = z.object({
  id: z.string(),
  backup_id: z.string(),
  from_project_id: z.string(),
  to_project_id: z.string(),
  created_at: z.string().nullish(),
  backup: backupBody.nullish(),
});
type SharingBody = z.infer<typeof sharingBody>;
type BackupBody = z.infer<typeof backupBody>;

const whole = sharingBody.extend({ backup: backupBody.required().nullable() }).required();
const many = {
  schema: z.object({ shared: z.array(sharingBody) }),
  isWhole: compiled(() => z.object({ shared: z.array(whole) })),
  map: (wire: { shared: SharingBody[] }) => toSharings(wire.shared),
};
const one = {
  schema: z.object({ shared: sharingBody }),
  map: (wire: { shared: SharingBody }) =>
    toSharing(wire.shared, wire.shared.backup ? toSharedBackup(wire.shared.backup) : undefined),
};
const total = { schema: z.object({ count: z.int().nonnegative() }), map: (wire: { count: number }) => wire.count };

/** The sharings of a project, both ways. */
export function createSharings(caller: Caller): Sharings {
  const page = async (
    filter: SharingFilter & SharingSort,
    range: { limit: number; offset: number },
    signal: AbortSignal | undefined,
  ) => {
    const query = { ...queryOf(filter), ...sortOf(filter), limit: range.limit, offset: range.offset };
    return (await caller.ask({ operation: 'listSharings', query, signal }, many)).value;
  };

  return {
    async share(backupId, toProjectIds, options) {
      const body = { shared: { backup_id: backupId, to_project_ids: toProjectIds } };
      const needs = { backup_id: backupId, to_project_ids: toProjectIds };
      return await caller.ask({ operation: 'shareBackup', needs, body, signal: options?.signal }, many);
    },
    list(filter = {}, options = {}) {
      const query = queryOf(filter);
      const pages = pagesByOffset(
        {
          page: async (range, signal) => ({ items: await page(filter, range, signal) }),
          // The list does without, so it waits for no second try.
          count: (signal) =>
            caller.ask({ operation: 'countSharings', query, signal, tries: 1 }, total).then(
              (answer) => answer.value,
              () => undefined,
            ),
          idOf: (sharing: Sharing) => sharing.id,
        },
        { limit: options.pageSize ?? ordinaryPageSize, ahead: pagesAhead, signal: options.signal },
      );
      return rowsOf(pages);
    },
    page: (filter, range, options) => page(filter, range, options?.signal),
    async count(filter = {}, options) {
      const call = { operation: 'countSharings', query: queryOf(filter), signal: options?.signal } as const;
      return (await caller.ask(call, total)).value;
    },
    async get(id, options) {
      return (await caller.ask({ operation: 'getSharing', ids: { sharing_id: id }, signal: options?.signal }, one))
        .value;
    },
    cancel: (id, options) =>
      caller.tell({ operation: 'cancelSharing', ids: { sharing_id: id }, signal: options?.signal }),
    cancelAll: (backupId, options) =>
      caller.tell({
        operation: 'cancelSharingsOfBackup',
        ids: { backup_id: backupId },
        query: { is_backup_id: true },
        signal: options?.signal,
      }),
  };
}

function queryOf(filter: SharingFilter): Query {
  return {
    share_to_me: filter.direction === 'in' ? true : undefined,
    backup_id: filter.backupId,
    volume_id: filter.volumeId,
    name: filter.name,
    status: filter.status,
    from_project_id: filter.fromProjectId,
    to_project_id: filter.toProjectId,
    // Spelled so in the reference.
    avalilability_zone: filter.availabilityZone,
  };
}

function sortOf(sort: SharingSort): Query {
  return { sort_key: sort.sortKey ?? 'created_at', sort_dir: sort.sortDir ?? 'desc' };
}

/** Sharings of one backup mostly stand next to one another, each with that backup in the same words: it is made once. */
function toSharings(wires: readonly SharingBody[]): Sharing[] {
  let last: { readonly wire: BackupBody; readonly backup: SharedBackup } | undefined;
  return wires.map((wire) => {
    if (!wire.backup) return toSharing(wire, undefined);
    if (!last || !isSame(last.wire, wire.backup)) last = { wire: wire.backup, backup: toSharedBackup(wire.backup) };
    return toSharing(wire, last.backup);
  });
}

function isSame(one: BackupBody, other: BackupBody): boolean {
  return (
    one.id === other.id &&
    one.name === other.name &&
    one.status === other.status &&
    one.size === other.size &&
    one.volume_id === other.volume_id &&
    one.availability_zone === other.availability_zone &&
    one.created_at === other.created_at &&
    one.data_timestamp === other.data_timestamp &&
    one.description === other.description &&
    one.fail_reason === other.fail_reason &&
    one.is_incremental === other.is_incremental
  );
}

function toSharing(wire: SharingBody, backup: SharedBackup | undefined): Sharing {
  return {
    id: wire.id,
    backupId: wire.backup_id,
    fromProjectId: wire.from_project_id,
    toProjectId: wire.to_project_id,
    createdAt: timeIn(wire.created_at, 'created_at'),
    backup,
  };
}
