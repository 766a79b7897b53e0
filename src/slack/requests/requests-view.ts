import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Page } from '../../core/ports.ts';
import { actions, button, divider, type Message, message, section } from '../kit.ts';
import { count, marked } from '../words.ts';
import { type ListedRequest, requestEntry } from './request-entry.ts';

/** Requests on a page of each list. */
export const PER_PAGE = 10;

/** How many entries come before the page that is shown, in each list. */
export const placeShape = z.object({ mine: z.int().min(0), waiting: z.int().min(0) });
export type Place = z.output<typeof placeShape>;

/** What *Withdraw* in the list carries: the request, and where to go on reading. */
export const withdrawShape = placeShape.extend({ id: z.string().min(1).max(64) });

export interface RequestLists {
  readonly place: Place;
  readonly mine: Page<ListedRequest>;
  /** Undefined where it cannot be looked up who may decide. */
  readonly waiting: Page<ListedRequest> | undefined;
}

/** The ids of the list's buttons. */
export interface ListButtons {
  readonly page: string;
  readonly withdraw: string;
}

interface Part {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** My requests and those that wait for me, a page of each. */
export function requestsView({ place, mine, waiting }: RequestLists, buttons: ListButtons): Message {
  const withdraw = ({ request }: ListedRequest) =>
    request.state === 'pending'
      ? button({
          text: 'Withdraw',
          actionId: `${buttons.withdraw}#${request.id}`,
          value: JSON.stringify({ id: request.id, ...place }),
        })
      : undefined;
  const own = part('Your requests', mine, {
    at: place.mine,
    none: 'You have asked for nothing yet. `/vbs share` asks for a backup to be shared.',
    button: withdraw,
    paging: pagingButtons('mine', { place, total: mine.total, actionId: buttons.page }),
  });
  const others = waiting === undefined ? unknownPart : waitingPart(waiting, { place, buttons });
  return message(`${own.text}\n\n${others.text}`, [...own.blocks, divider(), ...others.blocks]);
}

const unknownWords = 'Which requests wait for you cannot be looked up in Slack now. Try again in a minute.';
const unknownPart: Part = {
  text: marked('attention', unknownWords),
  blocks: [section(marked('attention', unknownWords))],
};

function waitingPart(waiting: Page<ListedRequest>, about: { place: Place; buttons: ListButtons }): Part {
  const { place, buttons } = about;
  return part('Waiting for you', waiting, {
    at: place.waiting,
    none: 'No request waits for you.',
    button: () => undefined,
    paging: pagingButtons('waiting', { place, total: waiting.total, actionId: buttons.page }),
  });
}

function part(
  title: string,
  page: Page<ListedRequest>,
  about: {
    readonly at: number;
    readonly none: string;
    readonly button: (entry: ListedRequest) => ReturnType<typeof button> | undefined;
    readonly paging: readonly ActionsBlockElement[];
  },
): Part {
  if (page.items.length === 0)
    return { text: `${title}: ${about.none}`, blocks: [section(`*${title}*\n${about.none}`)] };
  const last = about.at + page.items.length;
  const heading = `${title}, ${count(about.at + 1)}–${count(last)} of ${count(page.total)}`;
  const entries = page.items.map((entry) => section(requestEntry(entry), about.button(entry)));
  return {
    text: [heading, ...page.items.map(requestEntry)].join('\n'),
    blocks: [section(`*${heading}*`), ...entries, ...(about.paging.length > 0 ? [actions(...about.paging)] : [])],
  };
}

function pagingButtons(
  list: keyof Place,
  { place, total, actionId }: { place: Place; total: number; actionId: string },
): readonly ActionsBlockElement[] {
  const to = (offset: number, text: string, direction: string) =>
    button({
      text,
      actionId: `${actionId}#${list}-${direction}`,
      value: JSON.stringify({ ...place, [list]: offset }),
    });
  const at = place[list];
  return [
    ...(at > 0 ? [to(Math.max(0, at - PER_PAGE), '← Newer', 'newer')] : []),
    ...(at + PER_PAGE < total ? [to(at + PER_PAGE, 'Older →', 'older')] : []),
  ];
}
