import type { ChangeMoment } from '../../core/changes/tell-change.ts';
import { approvedBy, decisionTold, inPerson, type Told } from '../deciding/outcome-words.ts';
import { failureSmallPrint, isUnsure } from '../failure-words.ts';
import type { Message } from '../kit.ts';
import { marked } from '../words.ts';
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
  return inPerson(told(outcome), outcome.channel);
}

function told(outcome: ChangeOutcomeParts): Told {
  const { change, moment, disks } = outcome;
  const { wish, done } = changeWords(change, disks);
  switch (moment.event) {
    case 'done':
      return { text: marked('done', `${done}${approvedBy(change)}.`) };
    case 'failed':
      return failed(outcome);
    default:
      return decisionTold(change, {
        event: moment.event,
        by: moment.detail,
        asked: `Your request to ${wish}`,
        again: askAgain(change),
      });
  }
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
    text: marked(mark, `${what}${approvedBy(change)}.${why}${again}`),
    small: failure && failureSmallPrint(failure),
  };
}
