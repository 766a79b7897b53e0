import type { Decidable } from '../../core/decidable.ts';
import { AlreadyVoted } from '../../core/errors.ts';
import { missingApprovals } from '../../core/votes.ts';
import type { ActionAnswer, Context } from '../answers.ts';
import { type Action, defineAction } from '../define.ts';
import { entityId } from '../entity-id.ts';
import { sentence } from '../sentence.ts';
import { count, marked } from '../words.ts';
import type { DecidedInSlack } from './decided-in-slack.ts';

/** The command that shows where a request stands. */
export const DECIDING_AGAIN = '/vbs requests';

/**
 * Defines an owner's click on *Approve*. The card says what came of it; who approved before others must hears that it
 * counts.
 */
export function defineApprove<T extends Decidable>(id: string, kind: DecidedInSlack<T>): Action {
  return defineAction({
    id,
    again: DECIDING_AGAIN,
    value: entityId,
    async run(ctx, requestId): Promise<ActionAnswer> {
      const counted = { ctx, kind, requestId };
      try {
        const decided = await kind.decide(ctx.core, { requestId, by: ctx.user, kind: 'approve' });
        return decided === 'pending' ? await sayCounted(counted, 'Your approval counts') : { nothing: true };
      } catch (error) {
        // A second click of one's own while others are still to decide changes nothing, and is no lost race.
        if (error instanceof AlreadyVoted) return sayCounted(counted, 'Your approval was counted already', error);
        throw error;
      }
    },
  });
}

async function sayCounted<T extends Decidable>(
  { ctx, kind, requestId }: { ctx: Context; kind: DecidedInSlack<T>; requestId: string },
  what: string,
  otherwise?: Error,
): Promise<ActionAnswer> {
  const request = await kind.get(ctx.core, requestId);
  if (request?.state !== 'pending') {
    if (otherwise) throw otherwise;
    return { nothing: true };
  }
  const missing = missingApprovals(request);
  return { say: sentence(marked('done', `${what}; ${count(missing)} more ${missing === 1 ? 'is' : 'are'} needed.`)) };
}
