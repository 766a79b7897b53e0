import { retryChange } from '../../core/changes/retry-change.ts';
import { InvalidInput } from '../../core/errors.ts';
import type { ActionAnswer } from '../answers.ts';
import { DECIDING_AGAIN } from '../deciding/define-approve.ts';
import { defineAction } from '../define.ts';
import { entityId } from '../entity-id.ts';
import { fieldSentences } from '../error-reply.ts';
import { sentence } from '../sentence.ts';
import { marked } from '../words.ts';

export const RETRY = 'change:retry';

/** A click on *Try again* of a change that could not be carried out. */
export const retryAction = defineAction({
  id: RETRY,
  again: DECIDING_AGAIN,
  value: entityId,
  async run(ctx, requestId): Promise<ActionAnswer> {
    try {
      await retryChange(ctx.core, { requestId, by: ctx.user });
      return { nothing: true };
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      if (error.faults.some(({ rule }) => rule === 'in_the_past')) {
        const text = 'The owners approved this too long ago, so it is not tried again. Ask for it anew.';
        return { say: sentence(marked('expired', text)) };
      }
      return { say: sentence(marked('refused', Object.values(fieldSentences(error.faults)).join(' '))) };
    }
  },
});
