import type { ShareRequest } from '../../core/sharing/share-request.ts';
import { missingWords } from '../deciding/decision-words.ts';
import { count, marked, plural } from '../words.ts';
import { goesOn, standingOf, type TargetStanding } from './share-standing.ts';
import { ownWords, shareWords } from './share-words.ts';

/** The first line of a request, wherever it is shown: where it stands and what it is, in safe mrkdwn. */
export function requestHeadline(request: ShareRequest, targets: readonly TargetStanding[]): string {
  const what = shareWords(request);
  const shared = targets.filter((target) => target.state === 'shared').map((one) => one.target);
  switch (standingOf(request, targets)) {
    case 'waiting':
      return marked('waiting', `Waiting for ${missingWords(request)}: share ${what}`);
    case 'working':
      return marked('working', `Sharing: ${what}`);
    case 'postponed':
      return marked('working', `Sharing is delayed: ${what}`);
    case 'unknown':
      return marked('working', `Being looked into: share ${what}`);
    case 'shared':
      return marked('done', `Shared: ${shareWords(request, shared)}`);
    case 'shared-in-part': {
      const projects = plural(targets.length, 'project');
      return marked('attention', `Shared in part: ${ownWords(request)} with ${count(shared.length)} of ${projects}`);
    }
    case 'still-shared': {
      const going = targets.filter(goesOn).map((one) => one.target);
      return marked('attention', `Still shared, it could not be stopped: ${shareWords(request, going)}`);
    }
    case 'stopping':
      return marked('working', `Stopping the sharing: ${what}`);
    case 'stopped':
      return marked('stopped', `No longer shared: ${what}`);
    case 'failed':
      return marked('failed', `Not shared: ${what}`);
    case 'unsure':
      return marked('attention', `Not certain whether shared: ${what}`);
    case 'rejected':
      return marked('refused', `Rejected: share ${what}`);
    case 'withdrawn':
      return marked('withdrawn', `Withdrawn: share ${what}`);
    case 'expired':
      return marked('expired', `Expired: share ${what}`);
  }
}
