import type { ShareRequest } from '../../core/sharing/share-request.ts';
import type { RegisteredSharing } from '../../core/sharing/sharing.ts';
import type { ShareMoment } from '../../core/sharing/tell.ts';
import { because, nowNeeded, reasonOf } from '../deciding/decision-words.ts';
import { failureSentence, failureSmallPrint, isUnsure } from '../failure-words.ts';
import type { Message } from '../kit.ts';
import { mention } from '../people-words.ts';
import { sentence } from '../sentence.ts';
import { marked } from '../words.ts';
import type { ReadShare } from './read-share.ts';
import { targetStandings } from './share-standing.ts';
import { listOf, targetsWords } from './share-words.ts';

/** A moment of a request's story, in a line: the reply in its thread. */
export function eventView(moment: ShareMoment, share: ReadShare): Message {
  const { request } = share;
  switch (moment.event) {
    case 'approved':
      return sentence(
        marked(
          'done',
          `${mention(moment.detail)} approved. ${nowNeeded(request, moment.detail, 'The bot shares it now.')}`,
        ),
      );
    case 'rejected':
      return sentence(
        marked('refused', `${mention(moment.detail)} rejected it${because(reasonOf(request, moment.detail))}`),
      );
    case 'withdrawn':
      return sentence(marked('withdrawn', `${mention(moment.detail)} withdrew the request.`));
    case 'expired':
      return sentence(
        marked('expired', 'It was not decided in time, so the request expired. `/vbs share` asks again.'),
      );
    case 'shared':
      return sentence(marked('done', `Shared with ${sharedWith(share)}; the cloud shows it.`));
    case 'failed':
      return failed(request);
    case 'retried':
      return sentence(marked('working', `${mention(actorOf(moment.detail))} has it tried again.`));
    case 'stopped':
      return sentence(marked('stopped', stoppedWords(share, moment.detail)));
    case 'stop-failed':
      return stopFailed(share, moment.detail);
  }
}

/** The projects that have it, or had it, if it was stopped for all of them since. */
export function sharedWith({ request, sharings }: ReadShare): string {
  const had = targetStandings(request, sharings).filter(({ target }) => target.state === 'shared');
  const have = had.filter(({ state }) => state !== 'stopped');
  return targetsWords((have.length > 0 ? have : had).map(({ target }) => target));
}

function failed(request: ShareRequest): Message {
  const { failure, targets } = request;
  const some = targets.some((target) => target.state === 'shared');
  const what = some
    ? 'It could be shared with some of the projects only.'
    : isUnsure(failure)
      ? 'Whether it is shared is not certain.'
      : 'It could not be shared.';
  // A failure that is gone was tried again since: the card says what came of that.
  if (failure === undefined) return sentence(marked('failed', what));
  const mark = isUnsure(failure) ? 'attention' : 'failed';
  const small = failureSmallPrint(failure);
  return sentence(
    marked(mark, `${what} ${failureSentence(failure, listOf(request))}`),
    ...(small === undefined ? [] : [small]),
  );
}

function stoppedWords(share: ReadShare, detail: string): string {
  const { receivers, whose } = stoppedOf(share, detail);
  return `The sharing with ${receivers} is stopped: ${whose}.`;
}

/** With whom the sharings of a detail were, and why they ended. */
export function stoppedOf(share: ReadShare, detail: string): { readonly receivers: string; readonly whose: string } {
  const sharings = detail.split(',').map((id) => sharingOf(share, id));
  const by = sharings[0]?.stoppedBy;
  return {
    receivers: receivers(share, sharings),
    whose: by === undefined ? 'its end has come' : `${mention(by)} ordered it`,
  };
}

function stopFailed(share: ReadShare, detail: string): Message {
  const sharing = sharingOf(share, actorOf(detail));
  const what = `The sharing with ${receiver(share, sharing)} could not be stopped, so it goes on.`;
  const failure = sharing?.failure;
  if (failure === undefined) return sentence(marked('failed', what));
  const small = failureSmallPrint(failure);
  return sentence(marked('failed', `${what} ${failureSentence(failure)}`), ...(small === undefined ? [] : [small]));
}

/** The person or sharing of a detail that ends in a time, which tells repetitions apart. */
export function actorOf(detail: string): string {
  return detail.replace(/-\d+$/, '');
}

export function sharingOf({ sharings }: ReadShare, id: string): RegisteredSharing | undefined {
  return sharings.find((sharing) => sharing.id === id);
}

/** The project that receives a sharing, by name where the request knows one. */
export function receiver(share: ReadShare, sharing: RegisteredSharing | undefined): string {
  return receivers(share, [sharing]);
}

function receivers({ request }: ReadShare, sharings: readonly (RegisteredSharing | undefined)[]): string {
  const known = sharings.flatMap((sharing) => (sharing === undefined ? [] : [sharing.toProjectId]));
  if (known.length === 0) return 'one of the projects';
  return targetsWords(
    known.map((projectId) => {
      const target = request.targets.find((one) => one.projectId === projectId);
      return target ?? { alias: undefined, projectId };
    }),
  );
}
