import type { ShareRequest } from '../../core/sharing/share-request.ts';
import { approvalLines, expiredLine, rejectionLines, withdrawnLine } from '../deciding/decision-words.ts';
import { failureFact, failureSentence, isUnsure } from '../failure-words.ts';
import { mention } from '../people-words.ts';
import { marked } from '../words.ts';
import { standingOf, type TargetStanding } from './share-standing.ts';
import { listOf, moment, targetsWords, targetWords } from './share-words.ts';

/** What happened to a request so far, line by line, in safe mrkdwn. */
export function requestStory(
  { request, ended }: { readonly request: ShareRequest; readonly ended: boolean },
  targets: readonly TargetStanding[],
): readonly string[] {
  return [
    ...approvalLines(request),
    ...standingLines(request, targets),
    ...targetLines(targets),
    ...receiverLines({ request, ended }, targets),
  ];
}

function standingLines(request: ShareRequest, targets: readonly TargetStanding[]): readonly string[] {
  switch (standingOf(request, targets)) {
    case 'waiting':
      return unreadLines(request);
    case 'working':
      return [marked('working', 'The bot shares it, and says “shared” once the cloud shows it.')];
    case 'postponed':
      return request.failure ? [marked('attention', `${failureFact(request.failure)} ${nextTry(request)}`)] : [];
    case 'unknown': {
      const lost = 'Whether the cloud has shared it is not known yet. The bot reads the list of sharings until it is;';
      return [marked('working', `${lost} nothing is shared twice.`), ...unreadableLines(request)];
    }
    case 'unsure':
      return [marked('attention', failureWordsOf(request))];
    case 'failed':
    case 'shared-in-part':
      return [marked('failed', failureWordsOf(request))];
    case 'rejected':
      return rejectionLines(request);
    case 'withdrawn':
      return [withdrawnLine(request)];
    case 'expired':
      return [expiredLine(request, '/vbs share')];
    case 'shared':
    case 'still-shared':
    case 'stopping':
    case 'stopped':
      return [];
  }
}

/** The backup of a request is read after it was filed; the request waits for it no more than its owners do. */
function unreadLines(request: ShareRequest): readonly string[] {
  if (request.backup || !request.failure) return [];
  const words = `The backup cannot be looked up now. ${failureFact(request.failure)} ${nextTry(request)}`;
  return [marked('attention', words)];
}

/** Why the list of sharings cannot be read, where that is what it hangs on. */
function unreadableLines(request: ShareRequest): readonly string[] {
  const { failure } = request;
  if (failure === undefined || isUnsure(failure)) return [];
  return [marked('attention', `The list cannot be read now. ${failureFact(failure)} ${nextTry(request)}`)];
}

function nextTry({ nextAttemptAt }: ShareRequest): string {
  return nextAttemptAt === undefined ? 'The bot tries again.' : `The bot tries again ${moment(nextAttemptAt)}.`;
}

function failureWordsOf(request: ShareRequest): string {
  return request.failure ? failureSentence(request.failure, listOf(request)) : 'It could not be shared.';
}

/** A line for each project, where they do not all stand alike. */
function targetLines(targets: readonly TargetStanding[]): readonly string[] {
  const alike = targets.every((one) => one.state === 'waiting' || one.state === 'failed') || plainlyShared(targets);
  const states = alike ? [] : targets.map(targetLine);
  return [...states, ...targets.flatMap(stopTroubles)];
}

function plainlyShared(targets: readonly TargetStanding[]): boolean {
  return targets.every((one) => one.state === 'shared');
}

function targetLine({ target, sharing, state }: TargetStanding): string {
  const name = targetWords(target);
  switch (state) {
    case 'waiting':
      return marked('waiting', `${name}: not shared yet`);
    case 'shared':
      return marked('done', `${name}: shared`);
    case 'failed':
      return marked('failed', `${name}: not shared`);
    case 'stopping':
      return marked('working', `${name}: being stopped${byWhom(sharing?.stoppedBy)}`);
    case 'stopped': {
      const when = sharing?.stoppedAt === undefined ? '' : `, ${moment(sharing.stoppedAt)}`;
      return marked('stopped', `${name}: stopped${byWhom(sharing?.stoppedBy)}${when}`);
    }
  }
}

function byWhom(user: string | undefined): string {
  return user === undefined ? ' at its end' : ` by ${mention(user)}`;
}

/** A stop that has not gone through: the project can still use the backup. */
function stopTroubles({ target, sharing, state }: TargetStanding): readonly string[] {
  if (!sharing?.failure || state === 'stopped') return [];
  const what = `The sharing with ${targetWords(target)} could not be stopped.`;
  if (state === 'stopping')
    return [marked('attention', `${what} ${failureFact(sharing.failure)} The bot tries again.`)];
  return [marked('attention', `${what} ${failureSentence(sharing.failure)} *Stop sharing* has the bot try again.`)];
}

/** What those who have it can do, and until when. */
function receiverLines(
  { request, ended }: { readonly request: ShareRequest; readonly ended: boolean },
  targets: readonly TargetStanding[],
): readonly string[] {
  const holders = targets.filter((one) => one.state === 'shared').map((one) => one.target);
  if (holders.length === 0 || request.state === 'executing' || request.state === 'unknown') return [];
  const end = request.endsAt && !ended ? ` Sharing stops ${moment(request.endsAt)}.` : '';
  return [`${targetsWords(holders)} can now create a disk from it (not restore it).${end}`];
}
