import type { Decidable } from '../../core/decidable.ts';
import type { DecisionEvent } from '../../core/deciding.ts';
import { approvals, type Votable } from '../../core/votes.ts';
import type { Message } from '../kit.ts';
import { mention } from '../people-words.ts';
import { sentence } from '../sentence.ts';
import { list, marked } from '../words.ts';
import { because, reasonOf } from './decision-words.ts';

/** What a requester is told in person. */
export interface Told {
  readonly text: string;
  readonly small?: string | undefined;
}

/** As a message, with where the card is: the channel, or undefined where there is none. */
export function inPerson({ text, small }: Told, channel: string | undefined): Message {
  const where = channel === undefined ? '' : ` Its card is in <#${channel}>.`;
  // What somebody wrote may end in no full stop.
  const stop = where !== '' && /[^.!?…]”$/.test(text) ? '.' : '';
  return sentence(`${text}${stop}${where}`, ...(small === undefined ? [] : [small]));
}

/** What came of a request so far; `asked` begins the sentence, `again` is the command that asks anew. */
export function decisionTold(
  request: Decidable,
  about: {
    readonly event: DecisionEvent | 'retried';
    /** Who made it happen. */
    readonly by: string;
    readonly asked: string;
    readonly again: string;
  },
): Told {
  const { event, by, asked, again } = about;
  switch (event) {
    case 'rejected':
      return { text: marked('refused', `${asked} was rejected by ${mention(by)}${because(reasonOf(request, by))}`) };
    case 'expired':
      return { text: marked('expired', `${asked} expired: it was not decided in time. \`${again}\` asks again.`) };
    case 'withdrawn':
      return { text: marked('withdrawn', `${asked} was withdrawn.`) };
    case 'approved':
      return { text: marked('done', `${asked} was approved by ${mention(by)}.`) };
    case 'retried':
      return { text: marked('working', `${asked} is tried again.`) };
  }
}

/** `; approved by @Olga`, on the sentence that it ends; nothing where nobody had to. */
export function approvedBy(request: Votable): string {
  const owners = approvals(request).map((vote) => mention(vote.user));
  return owners.length === 0 ? '' : `; approved by ${list(owners)}`;
}
