import { decideShare, mayDecide, withdrawShare } from '../../core/sharing/decide-share.ts';
import type { ShareRequest } from '../../core/sharing/share-request.ts';
import type { DecidedInSlack } from '../deciding/decided-in-slack.ts';
import { shareWords } from './share-words.ts';

/** Share requests, as their buttons need them. */
export const decidedShare: DecidedInSlack<ShareRequest> = {
  get: (core, requestId) => core.store.shareRequests.get(requestId),
  decide: decideShare,
  mayDecide,
  withdraw: withdrawShare,
  wish: (request) => `share ${shareWords(request)}`,
};
