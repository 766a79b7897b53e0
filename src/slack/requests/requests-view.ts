import type { Button, KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Page } from '../../core/page.ts';
import { entityId } from '../entity-id.ts';
import { button, divider, type Message, message, section } from '../kit.ts';
import { pageButtons, pageTitle } from '../list-page.ts';
import { marked } from '../words.ts';
import { askedOf, type ListedRequest, requestEntry } from './request-entry.ts';

/** The page of each list, from 0. */
export const placeShape = z.object({ mine: z.int().min(0), waiting: z.int().min(0) });
export type Place = z.output<typeof placeShape>;

/** What *Withdraw* in the list carries: the request, and where to go on reading. */
export const withdrawShape = placeShape.extend({ id: entityId });

export interface RequestLists {
  readonly place: Place;
  readonly mine: Page<ListedRequest>;
  /** Undefined where it cannot be looked up who may decide. */
  readonly waiting: Page<ListedRequest> | undefined;
}

/** The ids of the list's buttons. Those that turn pages differ, since an id stands once in a message. */
export interface ListButtons {
  readonly page: string;
  readonly withdraw: string;
}

interface Part {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** My requests and those that wait for me, a page of each. */
export function requestsView({ place, mine, waiting }: RequestLists, ids: ListButtons): Message {
  const own = part(mine, {
    title: 'Your requests',
    none: 'You have asked for nothing yet. `/vbs share` asks for a backup to be shared.',
    button: (entry) => withdrawButton(entry, place, ids.withdraw),
    turn: { list: 'mine', place, actionId: ids.page },
  });
  const others = waiting === undefined ? unknownPart : waitingPart(waiting, place, ids.page);
  return message(`${own.text}\n\n${others.text}`, [...own.blocks, divider(), ...others.blocks]);
}

const unknownWords = marked(
  'attention',
  'Which requests wait for you cannot be looked up in Slack now. Try again in a minute.',
);
const unknownPart: Part = { text: unknownWords, blocks: [section(unknownWords)] };

function waitingPart(waiting: Page<ListedRequest>, place: Place, actionId: string): Part {
  return part(waiting, {
    title: 'Waiting for you',
    none: 'No request waits for you.',
    button: () => undefined,
    turn: { list: 'waiting', place, actionId },
  });
}

function withdrawButton(entry: ListedRequest, place: Place, actionId: string): Button | undefined {
  const { id, state } = askedOf(entry);
  if (state !== 'pending') return undefined;
  return button({ text: 'Withdraw', actionId: `${actionId}#${id}`, value: JSON.stringify({ id, ...place }) });
}

function part(
  list: Page<ListedRequest>,
  about: {
    readonly title: string;
    readonly none: string;
    readonly button: (entry: ListedRequest) => Button | undefined;
    readonly turn: { readonly list: keyof Place; readonly place: Place; readonly actionId: string };
  },
): Part {
  const { title, none, turn } = about;
  if (list.items.length === 0) return { text: `${title}: ${none}`, blocks: [section(`*${title}*\n${none}`)] };
  const page = { page: turn.place[turn.list], total: list.total };
  const heading = pageTitle(title, page);
  const turning = pageButtons(page, {
    actionId: `${turn.actionId}#${turn.list}`,
    value: (next) => JSON.stringify({ ...turn.place, [turn.list]: next }),
    newestFirst: true,
  });
  return {
    text: [heading, ...list.items.map(requestEntry)].join('\n'),
    blocks: [
      section(`*${heading}*`),
      ...list.items.map((entry) => section(requestEntry(entry), about.button(entry))),
      ...turning,
    ],
  };
}
