import type { Caller } from './caller.ts';
import { VbsApiError } from './errors.ts';
import type { OperationId } from './operations.ts';
import type { CallOptions } from './options.ts';
import { type MarkerPage, pagesByMarker } from './paging/by-marker.ts';
import { rowsOf } from './paging/rows.ts';
import type { Query } from './path.ts';
import type { Reading } from './wire.ts';

export interface ExactBackupFilter {
  /** The whole name. */
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly volumeId?: string | undefined;
}

export interface BackupFilter extends ExactBackupFilter {
  /** Part of the name; of the other two likewise. */
  readonly nameContains?: string | undefined;
  readonly statusContains?: string | undefined;
  readonly volumeIdContains?: string | undefined;
}

export interface BackupListOptions extends CallOptions {
  /** Rows a request, 1000 at most and unless given. */
  readonly pageSize?: number | undefined;
}

/** What a row of a list of backups tells; of the last two a summary tells nothing. */
interface Row {
  readonly id: string;
  readonly name: string | undefined;
  readonly status?: string | undefined;
  readonly volumeId?: string | undefined;
}

export interface BackupSource<Wire, T extends Row> {
  readonly operation: OperationId;
  readonly reading: Reading<Wire, { readonly items: readonly T[]; readonly hasNext: boolean }>;
  /** Whether the API may know fuzzy filters; else they are kept here alone. */
  readonly fuzzy: boolean;
}

/** The version of the native API from which on it knows fuzzy filters and counts. */
export const fuzzyHeaders = { 'openstack-api-version': 'volume 3.45' };

/** The most that the API gives at once. */
const largestPage = 1000;

/**
 * The rows of a list of backups that a filter lets through, in the cloud's order. Servers refuse fuzzy filters or
 * ignore those they don't know, so what comes is filtered here once more.
 */
export function backupRows<Wire, T extends Row>(
  caller: Caller,
  source: BackupSource<Wire, T>,
  { filter, options }: { filter: BackupFilter; options: BackupListOptions },
): AsyncIterable<T> {
  const limit = Math.min(largestPage, options.pageSize ?? largestPage);
  const query = { ...exactQuery(filter), limit };
  let fuzzy = source.fuzzy && isFuzzy(filter);

  const ask = async (marker: string | undefined): Promise<MarkerPage<T>> => {
    // The next link's own query is not used: servers repeat `offset` in it, which beside a marker skips rows.
    const plain = { operation: source.operation, query: { ...query, marker }, signal: options.signal };
    const call = fuzzy ? { ...plain, query: { ...plain.query, ...fuzzyQuery(filter) }, headers: fuzzyHeaders } : plain;
    const { items, hasNext } = (await caller.ask(call, source.reading)).value;
    return { items, more: hasNext || items.length >= limit };
  };

  const pages = pagesByMarker({
    async page(marker) {
      try {
        return await ask(marker);
      } catch (error) {
        if (!fuzzy || marker !== undefined || !isRefusedFilter(error)) throw error;
        fuzzy = false;
        return await ask(marker);
      }
    },
    idOf: (row: T) => row.id,
    isMarkerGone,
  });
  return rowsOf(matching(pages, filter));
}

/** The part of a filter that every server knows. */
export function exactQuery(filter: ExactBackupFilter): Query {
  return { name: filter.name, status: filter.status, volume_id: filter.volumeId };
}

function fuzzyQuery(filter: BackupFilter): Query {
  return { 'name~': filter.nameContains, 'status~': filter.statusContains, 'volume_id~': filter.volumeIdContains };
}

function isFuzzy(filter: BackupFilter): boolean {
  return Object.values(fuzzyQuery(filter)).some((value) => value !== undefined);
}

async function* matching<T extends Row>(
  pages: AsyncGenerator<readonly T[], void, void>,
  filter: BackupFilter,
): AsyncGenerator<readonly T[], void, void> {
  for await (const page of pages) yield page.filter((row) => matches(row, filter));
}

function matches(row: Row, filter: BackupFilter): boolean {
  const { status, volumeId } = row;
  const name = row.name ?? '';
  return (
    (filter.name === undefined || name === filter.name) &&
    (filter.status === undefined || status === undefined || status === filter.status) &&
    (filter.volumeId === undefined || volumeId === undefined || volumeId === filter.volumeId) &&
    name.includes(filter.nameContains ?? '') &&
    (status === undefined || status.includes(filter.statusContains ?? '')) &&
    (volumeId === undefined || volumeId.includes(filter.volumeIdContains ?? ''))
  );
}

/** Older servers know neither the filters (400) nor the version of the API that has them (406). */
function isRefusedFilter(error: unknown): boolean {
  return error instanceof VbsApiError && (error.status === 400 || error.status === 406);
}

/** Servers say 404 or 400; of the latter only the message tells what was bad. */
function isMarkerGone(error: unknown, marker: string): boolean {
  if (!(error instanceof VbsApiError)) return false;
  if (error.status === 404) return true;
  const message = error.apiMessage ?? '';
  return error.status === 400 && (/marker/i.test(message) || message.includes(marker));
}
