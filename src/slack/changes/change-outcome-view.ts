import type { ChangeMoment } from '../../core/changes/tell-change.ts';
import { approvals } from '../../core/votes.ts';
import { because, reasonOf } from '../deciding/decision-words.ts';
import { failureSmallPrint, isUnsure } from '../failure-words.ts';
import type { Message } from '../kit.ts';
import { mention } from '../people-words.ts';
import { sentence } from '../sentence.ts';
import { list, marked } from '../words.ts';
import { askAgain, whyNot } from './change-story.ts';
import { changeWords } from './change-words.ts';
import type { ReadChange } from './read-change.ts';

export interface ChangeOutcomeParts extends ReadChange {
  readonly moment: ChangeMoment;
  /** The channel of the change's card. */
  readonly channel: string | undefined;
  readonly mayRetry: boolean;
}

/** What the requester is told in person: what came of it, who decided and why, and where to look. */
export function changeOutcomeView(outcome: ChangeOutcomeParts): Message {
  const { text, small } = told(outcome);
  const where = outcome.channel === undefined ? '' : ` Its card is in <#${outcome.channel}>.`;
  return sentence(`${text}${where}`, ...(small === undefined ? [] : [small]));
}

interface Told {
  readonly text: string;
  readonly small?: string | undefined;
}

function told(outcome: ChangeOutcomeParts): Told {
  const { change, moment, disks } = outcome;
  const { wish, done } = changeWords(change, disks);
  const asked = `Your request to ${wish}`;
  const by = mention(moment.detail);
  switch (moment.event) {
    case 'rejected':
      return { text: marked('refused', `${asked} was rejected by ${by}${because(reasonOf(change, moment.detail))}`) };
    case 'expired': {
      const again = `\`${askAgain(change)}\` asks again.`;
      return { text: marked('expired', `${asked} expired: nobody decided in time. ${again}`) };
    }
    case 'withdrawn':
      return { text: marked('withdrawn', `${asked} was withdrawn.`) };
    case 'approved':
      return { text: marked('done', `${asked} was approved by ${by}.`) };
    case 'retried':
      return { text: marked('working', `${asked} is tried again.`) };
    case 'done':
      return { text: marked('done', `${done}${approvedBy(outcome)}.`) };
    case 'failed':
      return failed(outcome);
  }
}

function approvedBy({ change }: ReadChange): string {
  const owners = approvals(change).map((vote) => mention(vote.user));
  return owners.length === 0 ? '' : `; approved by ${list(owners)}`;
}

function failed(outcome: ChangeOutcomeParts): Told {
  const { change, disks, mayRetry } = outcome;
  const { failure } = change;
  const { undone, maybe } = changeWords(change, disks);
  const unsure = isUnsure(failure);
  const what = unsure ? `It is not certain whether ${maybe}` : undone;
  const again = mayRetry ? ' *Try again* is on its card.' : '';
  const mark = unsure || failure?.kind === 'overdue' ? 'attention' : 'failed';
  // A failure that is gone was tried again since: the card says what came of that.
  const why = failure === undefined ? '' : ` ${whyNot(change, disks)}`;
  return {
    text: marked(mark, `${what}${approvedBy(outcome)}.${why}${again}`),
    small: failure && failureSmallPrint(failure),
  };
}
