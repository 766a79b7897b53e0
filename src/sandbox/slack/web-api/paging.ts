import type { Json } from '../json.ts';
import { ApiError } from './api-error.ts';
import { count, optional } from './arguments.ts';

/** One page of a list by Slack's opaque cursors, and the metadata that leads to the next. */
export function page<T>(all: readonly T[], args: Json, most = 1000): { items: T[]; metadata: Json } {
  const limit = count(args, 'limit', { fallback: 100, most });
  const from = position(optional(args, 'cursor'));
  const next = from + limit;
  return {
    items: all.slice(from, next),
    metadata: { next_cursor: next < all.length ? Buffer.from(`offset:${next}`).toString('base64') : '' },
  };
}

function position(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const found = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  if (!found) throw new ApiError('invalid_cursor');
  return Number(found[1]);
}
