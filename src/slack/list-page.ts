import type { KnownBlock } from '@slack/types';
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

/** A list's title with its place and total, raw text: `Policies of payments, 11–20 of 1,204`. */
export function pageTitle(what: string, { page, total }: ListPage): string {
  if (total === 0) return what;
  const first = page * PAGE_SIZE + 1;
  const last = Math.min(first + PAGE_SIZE - 1, total);
  return `${what}, ${first === last ? count(first) : `${count(first)}–${count(last)}`} of ${count(total)}`;
}

/** The buttons that turn pages, those that lead somewhere; `value` makes a button's value from the page it leads to. */
export function pageButtons(
  { page, total }: ListPage,
  about: { readonly actionId: string; readonly value: (page: number) => string },
): KnownBlock[] {
  const last = pageWithin(Number.POSITIVE_INFINITY, total).page;
  const to = (next: number, text: string, name: string) =>
    button({ text, actionId: `${about.actionId}#${name}`, value: about.value(next) });
  const buttons = [
    ...(page > 0 ? [to(page - 1, '← Previous', 'previous')] : []),
    ...(page < last ? [to(page + 1, 'Next →', 'next')] : []),
  ];
  return buttons.length === 0 ? [] : [actions(...buttons)];
}
