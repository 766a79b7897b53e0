import type { ProjectCall } from '../http/route.ts';
import type { Backup } from '../world/types.ts';
import { microseconds } from '../world/wire-times.ts';

export const NATIVE_VERSIONS = ['v2', 'v3'] as const;
export type NativeVersion = (typeof NATIVE_VERSIONS)[number];

// The address that the service has within its own network; nobody outside can reach it.
const INTERNAL = 'http://192.168.82.222:8776';

/** A backup as a summary list shows it. */
export function summary(backup: Backup, version: NativeVersion) {
  return { id: backup.id, name: backup.name, links: links(backup, version) };
}

/** A backup in detail. The two versions name its project differently, and v2 alone has the metadata. */
export function detail(backup: Backup, version: NativeVersion) {
  return {
    ...summary(backup, version),
    ...facts(backup),
    has_dependent_backups: false,
    is_incremental: backup.isIncremental,
    ...(version === 'v2'
      ? { 'os-bak-tenant-attr:tenant_id': backup.projectId, service_metadata: backup.serviceMetadata }
      : { 'os-backup-project-attr:project_id': backup.projectId }),
  };
}

/** What the native calls and the sharings show of a backup alike. */
export function facts(backup: Backup) {
  return {
    status: backup.status,
    size: backup.size,
    volume_id: backup.volumeId,
    snapshot_id: backup.snapshotId,
    availability_zone: backup.availabilityZone,
    container: backup.container,
    created_at: microseconds(backup.createdAt),
    updated_at: backup.updatedAt === null ? null : microseconds(backup.updatedAt),
    data_timestamp: backup.dataTimestamp === null ? null : microseconds(backup.dataTimestamp),
    description: backup.description,
    fail_reason: backup.failReason,
    object_count: backup.objectCount,
  };
}

/** The link to the next page: the same query with the marker set, under the internal address. */
export function nextLink(call: ProjectCall, marker: string): string {
  const query = new URLSearchParams(call.query);
  query.set('marker', marker);
  return `${INTERNAL}${call.path}?${query.toString()}`;
}

function links(backup: Backup, version: NativeVersion) {
  const path = `${backup.projectId}/backups/${backup.id}`;
  return [
    { rel: 'self', href: `${INTERNAL}/${version}/${path}` },
    { rel: 'bookmark', href: `${INTERNAL}/${path}` },
  ];
}
