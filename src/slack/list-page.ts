import type { Button, KnownBlock } from '@slack/types';
import { actions, button } from './kit.ts';
import { count } from './words.ts';

/** Entries a page, in every list. */
export const PAGE_SIZE = 10;

/** The place of a page in its list; pages count from 0. */
export interface ListPage {
  readonly page: number;
  readonly total: number;
}

/** The page that was asked for, or the last one where the list has become shorter meanwhile. */
export function pageWithin(asked: number, total: number): ListPage {
  const last = Math.max(Math.ceil(total / PAGE_SIZE) - 1, 0);
  return { page: Math.min(Math.max(asked, 0), last), total };
}

/** The page that was asked for of a list that is at hand as a whole, with its entries. */
export function pageOf<T>(all: readonly T[], asked: number): ListPage & { readonly items: readonly T[] } {
  const found = pageWithin(asked, all.length);
  const first = found.page * PAGE_SIZE;
  return { ...found, items: all.slice(first, first + PAGE_SIZE) };
}

/** Where a page stands in its list: `11–20 of 1,204`. */
export function placeWords({ page, total }: ListPage): string {
  const first = page * PAGE_SIZE + 1;
  const last = Math.min(first + PAGE_SIZE - 1, total);
  return `${first === last ? count(first) : `${count(first)}–${count(last)}`} of ${count(total)}`;
}

/** A list's title with its place and total, raw text: `Policies of payments, 11–20 of 1,204`. */
export function pageTitle(what: string, page: ListPage): string {
  return page.total === 0 ? what : `${what}, ${placeWords(page)}`;
}

interface Turning {
  readonly actionId: string;
  /** Makes a button's value from the page it leads to. */
  readonly value: (page: number) => string;
  /** Said of a list in the order of time. */
  readonly newestFirst?: true;
}

/** The buttons that turn pages, those that lead somewhere. */
export function turnButtons({ page, total }: ListPage, about: Turning): Button[] {
  const last = pageWithin(Number.POSITIVE_INFINITY, total).page;
  const to = (next: number, text: string, name: string) =>
    button({ text, actionId: `${about.actionId}#${name}`, value: about.value(next) });
  const [back, on] = about.newestFirst ? ['← Newer', 'Older →'] : ['← Previous', 'Next →'];
  return [...(page > 0 ? [to(page - 1, back, 'previous')] : []), ...(page < last ? [to(page + 1, on, 'next')] : [])];
}

/** The same as a row of their own, where there are any. */
export function pageButtons(page: ListPage, about: Turning): KnownBlock[] {
  const buttons = turnButtons(page, about);
  return buttons.length === 0 ? [] : [actions(...buttons)];
}
