import { count } from '../words.ts';

/** Entries that a list shows at once. */
export const PAGE_SIZE = 10;

/** One page of a list, counted from 1. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

/** The wanted page; the last one where there are not so many. */
export function pageOf<T>(all: readonly T[], wanted: number): ListPage<T> {
  const pages = Math.max(1, Math.ceil(all.length / PAGE_SIZE));
  const page = Math.min(Math.max(1, wanted), pages);
  const items = all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  return { items, total: all.length, page, pages };
}

/** Where the page stands in its list: `11–20 of 1,204`. */
export function placeWords({ items, total, page }: Omit<ListPage<unknown>, 'pages'>): string {
  if (items.length === 0) return 'none';
  const first = (page - 1) * PAGE_SIZE + 1;
  const last = first + items.length - 1;
  const range = first === last ? count(first) : `${count(first)}–${count(last)}`;
  return `${range} of ${count(total)}`;
}
