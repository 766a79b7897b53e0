import type { ShareMoment } from '../../core/sharing/tell.ts';
import { approvedBy, decisionTold, inPerson, type Told } from '../deciding/outcome-words.ts';
import { failureSentence, failureSmallPrint, isUnsure } from '../failure-words.ts';
import type { Message } from '../kit.ts';
import { marked } from '../words.ts';
import { actorOf, receiver, sharedWith, sharingOf, stoppedOf } from './event-view.ts';
import type { ReadShare } from './read-share.ts';
import { moment as dated, listOf, ownWords, shareWords, targetsWords } from './share-words.ts';

export interface Outcome extends ReadShare {
  readonly moment: ShareMoment;
  /** The channel of the request's card. */
  readonly channel: string | undefined;
  readonly mayRetry: boolean;
}

/** What the requester is told in person: what came of it, who decided and why, and where to look. */
export function outcomeView(outcome: Outcome): Message {
  return inPerson(told(outcome), outcome.channel);
}

function told(outcome: Outcome): Told {
  const { request, moment } = outcome;
  switch (moment.event) {
    case 'shared':
      return { text: sharedWords(outcome) };
    case 'failed':
      return failedWords(outcome);
    case 'stopped':
      return { text: marked('stopped', stoppedWords(outcome)) };
    case 'stop-failed':
      return stopFailedWords(outcome);
    default:
      return decisionTold(request, {
        event: moment.event,
        by: moment.detail,
        asked: `Your request to share ${shareWords(request)}`,
        again: '/vbs share',
      });
  }
}

function sharedWords(share: ReadShare): string {
  const { request } = share;
  const whom = sharedWith(share);
  const what = `${ownWords(request)} is now shared with ${whom}${approvedBy(request)}.`;
  const end = request.endsAt ? ` Sharing stops ${dated(request.endsAt)}.` : '';
  return marked('done', `${what} ${whom} can create a disk from it (not restore it).${end}`);
}

function failedWords(outcome: Outcome): Told {
  const { request, mayRetry } = outcome;
  const { failure } = request;
  const got = request.targets.some((target) => target.state === 'shared');
  const what = got
    ? `${ownWords(request)} is shared with ${sharedWith(outcome)}, but not with every project you asked for`
    : isUnsure(failure)
      ? `It is not certain whether ${ownWords(request)} is shared with ${targetsWords(request.targets)}`
      : `${ownWords(request)} could not be shared with ${targetsWords(request.targets)}`;
  const why = failure === undefined ? '' : ` ${failureSentence(failure, listOf(request))}`;
  const again = mayRetry ? ' *Try again* is on its card.' : '';
  const mark = got || isUnsure(failure) ? 'attention' : 'failed';
  return {
    text: marked(mark, `${what}${approvedBy(request)}.${why}${again}`),
    small: failure && failureSmallPrint(failure),
  };
}

function stoppedWords(outcome: Outcome): string {
  const { receivers, whose } = stoppedOf(outcome, outcome.moment.detail);
  return `${ownWords(outcome.request)} is no longer shared with ${receivers}: ${whose}.`;
}

function stopFailedWords(outcome: Outcome): Told {
  const { request, moment } = outcome;
  const sharing = sharingOf(outcome, actorOf(moment.detail));
  const failure = sharing?.failure;
  const why = failure === undefined ? '' : ` ${failureSentence(failure)}`;
  const what = `The sharing of ${ownWords(request)} with ${receiver(outcome, sharing)} could not be stopped, so it goes on.`;
  const again = ' *Stop sharing* on its card has the bot try again.';
  return { text: marked('failed', `${what}${why}${again}`), small: failure && failureSmallPrint(failure) };
}
