import { CINDER } from '../http/dialects.ts';
import type { SortValue } from '../http/query.ts';
import { contains, filterIn, limitIn, numberIn, sorted } from '../http/query.ts';
import type { Answer, ProjectCall, Route } from '../http/route.ts';
import type { Backup } from '../world/types.ts';
import { backupChangeRoutes, ownBackup } from './backup-changes.ts';
import type { NativeVersion } from './backup-views.ts';
import { detail, nextLink, summary } from './backup-views.ts';
import { microversionOf } from './microversion.ts';

/** The native OpenStack backups, in one version of the API or the other. */
export function backupRoutes(version: NativeVersion): Route[] {
  const base = `/${version}/{project_id}/backups`;
  const dialect = CINDER;
  return [
    {
      name: 'backups.summary',
      isPaged: true,
      method: 'GET',
      path: base,
      dialect,
      access: 'read',
      handle: list(version, summary),
    },
    {
      name: 'backups.list',
      isPaged: true,
      method: 'GET',
      path: `${base}/detail`,
      dialect,
      access: 'read',
      handle: list(version, detail),
    },
    ...backupChangeRoutes(version),
    { name: 'backups.get', method: 'GET', path: `${base}/{backup_id}`, dialect, access: 'read', handle: get(version) },
  ];
}

type View = (backup: Backup, version: NativeVersion) => Record<string, unknown>;

// Paging as Cinder does it: the marker's place first, then the offset counted from there, then the limit; and the
// next link repeats the whole query, offset included.
function list(version: NativeVersion, view: View) {
  return (call: ProjectCall): Answer => {
    const microversion = version === 'v3' ? microversionOf(call) : null;
    const limit = limitIn(call, call.services.maxPage);
    const offset = numberIn(call, 'offset', 0);
    const found = ordered(call, matching(call, microversion?.minor ?? 0));
    const page = found.slice(markerPlace(call, found) + offset).slice(0, limit);
    const count = microversion !== null && microversion.minor >= 45 && isCountAsked(call) ? found.length : null;
    const isMore = page.length > 0 && limit <= (count ?? page.length);
    const last = page.at(-1);
    return {
      status: 200,
      headers: microversion?.headers ?? {},
      body: {
        backups: page.map((backup) => view(backup, version)),
        ...(isMore && last ? { backups_links: [{ rel: 'next', href: nextLink(call, last.id) }] } : {}),
        ...(count === null ? {} : { count }),
      },
    };
  };
}

function get(version: NativeVersion) {
  return (call: ProjectCall): Answer => ({
    status: 200,
    headers: version === 'v3' ? microversionOf(call).headers : {},
    body: { backup: detail(ownBackup(call, call.params['backup_id'] ?? ''), version) },
  });
}

function matching(call: ProjectCall, minor: number): Backup[] {
  const { world, project } = call;
  const volumeId = filterIn(call, 'volume_id');
  const status = filterIn(call, 'status');
  const name = filterIn(call, 'name');
  // Fuzzy filters came with 3.31; before, Cinder drops them without a word.
  const fuzzy = (field: string) => (minor >= 31 ? filterIn(call, `${field}~`) : null);
  const [nameLike, statusLike, volumeLike] = [fuzzy('name'), fuzzy('status'), fuzzy('volume_id')];
  return world.backups
    .in(project.id)
    .filter(
      (backup) =>
        (volumeId === null || backup.volumeId === volumeId) &&
        (status === null || backup.status === status) &&
        (name === null || backup.name === name) &&
        (nameLike === null || contains(backup.name, nameLike)) &&
        (statusLike === null || contains(backup.status, statusLike)) &&
        (volumeLike === null || contains(backup.volumeId, volumeLike)),
    );
}

const SORT_VALUES: Record<string, (backup: Backup) => SortValue> = {
  name: (backup) => backup.name,
  status: (backup) => backup.status,
  size: (backup) => backup.size,
  id: (backup) => backup.id,
  created_at: (backup) => backup.createdAt,
  updated_at: (backup) => backup.updatedAt,
  container_format: () => null,
  disk_format: () => null,
};

function ordered(call: ProjectCall, backups: Backup[]): Backup[] {
  const key = call.query.get('sort_key') ?? 'created_at';
  const direction = call.query.get('sort_dir') ?? 'desc';
  const value = Object.hasOwn(SORT_VALUES, key) ? SORT_VALUES[key] : undefined;
  if (value === undefined) throw CINDER.malformed(`Sort key supplied is invalid: ${key}.`);
  if (direction !== 'asc' && direction !== 'desc')
    throw CINDER.malformed(`Unknown sort direction, must be one of: asc, desc.`);
  return sorted(backups, { value, direction });
}

/** How many to leave out for the marker; one that is gone or another project's is not found, as in Cinder. */
function markerPlace(call: ProjectCall, found: Backup[]): number {
  const marker = call.query.get('marker');
  if (marker === null) return 0;
  ownBackup(call, marker);
  return found.findIndex((backup) => backup.id === marker) + 1;
}

function isCountAsked(call: ProjectCall): boolean {
  const text = (call.query.get('with_count') ?? 'false').toLowerCase();
  if (!/^(true|1|t|yes|y|on|false|0|f|no|n|off)$/.test(text))
    throw CINDER.malformed(`Invalid value '${text}' for with_count.`);
  return /^(true|1|t|yes|y|on)$/.test(text);
}
