import type { ChangeMoment } from '../../core/changes/tell-change.ts';
import { because, nowNeeded, reasonOf } from '../deciding/decision-words.ts';
import { failureSmallPrint, isUnsure } from '../failure-words.ts';
import type { Message } from '../kit.ts';
import { mention } from '../people-words.ts';
import { sentence } from '../sentence.ts';
import { actorOf } from '../share/event-view.ts';
import { marked } from '../words.ts';
import { changeStanding } from './change-standing.ts';
import { askAgain, whyNot } from './change-story.ts';
import { changeWords } from './change-words.ts';
import type { ReadChange } from './read-change.ts';

/** A moment of a change's story, in a line: the reply in its thread. */
export function changeEventView(moment: ChangeMoment, read: ReadChange): Message {
  const { change } = read;
  const who = mention(actorOf(moment.detail));
  switch (moment.event) {
    case 'approved': {
      const needed = nowNeeded(change, moment.detail, 'The bot carries it out now.');
      return sentence(marked('done', `${who} approved. ${needed}`));
    }
    case 'rejected':
      return sentence(marked('refused', `${who} rejected it${because(reasonOf(change, moment.detail))}`));
    case 'withdrawn':
      return sentence(marked('withdrawn', `${who} withdrew the request.`));
    case 'expired': {
      const again = `\`${askAgain(change)}\` asks again.`;
      return sentence(marked('expired', `It was not decided in time, so the request expired. ${again}`));
    }
    case 'done':
      return doneWords(read);
    case 'failed':
      return failedWords(read);
    case 'retried':
      return sentence(marked('working', `${who} has it tried again.`));
  }
}

/** A change that is at another point by now was taken up again: the card says what came of that. */
function doneWords({ change, disks }: ReadChange): Message {
  const { done, undone } = changeWords(change, disks);
  const standing = changeStanding(change);
  if (standing === 'failed' && change.state === 'done')
    return sentence(marked('failed', `${undone}. The card says why.`));
  if (standing === 'done-in-part') return sentence(marked('attention', `${done}. The card says what became of each.`));
  return sentence(marked('done', `${done}; the cloud shows it.`));
}

function failedWords({ change, disks }: ReadChange): Message {
  const { failure } = change;
  const { undone, maybe } = changeWords(change, disks);
  if (failure === undefined) return sentence(marked('failed', `${undone}.`));
  const unsure = isUnsure(failure) || failure.kind === 'overdue';
  const what = isUnsure(failure) ? `It is not certain whether ${maybe}` : undone;
  const small = failureSmallPrint(failure);
  const text = marked(unsure ? 'attention' : 'failed', `${what}. ${whyNot(change, disks)}`);
  return sentence(text, ...(small === undefined ? [] : [small]));
}
