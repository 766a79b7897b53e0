import { z } from 'zod';
import { AlreadyVoted } from '../../core/errors.ts';
import { decideShare } from '../../core/sharing/decide-share.ts';
import { missingApprovals } from '../../core/votes.ts';
import type { ActionAnswer, Context } from '../answers.ts';
import { defineAction } from '../define.ts';
import { sentence } from '../sentence.ts';
import { count, marked } from '../words.ts';

export const APPROVE = 'share:approve';

/** An owner's click on *Approve*. The card says what came of it; who approved before others must hears that it counts. */
export const approveAction = defineAction({
  id: APPROVE,
  again: '/vbs requests',
  value: z.string().min(1).max(64),
  async run(ctx, requestId): Promise<ActionAnswer> {
    try {
      const decided = await decideShare(ctx.core, { requestId, by: ctx.user, kind: 'approve' });
      return decided === 'pending' ? await counted(ctx, requestId, 'Your approval counts') : { nothing: true };
    } catch (error) {
      // A second click of one's own while others are still to decide changes nothing, and is no lost race.
      if (error instanceof AlreadyVoted) {
        return counted(ctx, requestId, 'Your approval was counted already', error);
      }
      throw error;
    }
  },
});

async function counted(ctx: Context, requestId: string, what: string, otherwise?: Error): Promise<ActionAnswer> {
  const request = await ctx.core.store.shareRequests.get(requestId);
  if (request?.state !== 'pending') {
    if (otherwise) throw otherwise;
    return { nothing: true };
  }
  const missing = missingApprovals(request);
  return { say: sentence(marked('done', `${what}; ${count(missing)} more ${missing === 1 ? 'is' : 'are'} needed.`)) };
}
