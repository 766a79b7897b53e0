import { InvalidInput } from '../../core/errors.ts';
import { retryShare } from '../../core/sharing/retry-share.ts';
import type { ActionAnswer } from '../answers.ts';
import { defineAction } from '../define.ts';
import { entityId } from '../entity-id.ts';
import { sentence } from '../sentence.ts';
import { marked } from '../words.ts';

export const RETRY = 'share:retry';

/** A click on *Try again* of a request that was approved and could not be carried out. */
export const retryAction = defineAction({
  id: RETRY,
  again: '/vbs requests',
  value: entityId,
  async run(ctx, requestId): Promise<ActionAnswer> {
    try {
      await retryShare(ctx.core, { requestId, by: ctx.user });
      return { nothing: true };
    } catch (error) {
      const late = error instanceof InvalidInput && error.faults.some((fault) => fault.rule === 'in_the_past');
      if (!late) throw error;
      const text = 'The end of this sharing has passed, so it is not tried again. `/vbs share` asks for a new one.';
      return { say: sentence(marked('expired', text)) };
    }
  },
});
