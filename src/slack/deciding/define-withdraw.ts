import type { Decidable } from '../../core/decidable.ts';
import { type Action, defineAction } from '../define.ts';
import { entityId } from '../entity-id.ts';
import type { DecidedInSlack } from './decided-in-slack.ts';
import { DECIDING_AGAIN } from './define-approve.ts';

/** Defines the requester's click on *Withdraw*, on the card or the home tab. */
export function defineWithdraw<T extends Decidable>(id: string, kind: DecidedInSlack<T>): Action {
  return defineAction({
    id,
    again: DECIDING_AGAIN,
    value: entityId,
    async run(ctx, requestId, origin) {
      await kind.withdraw(ctx.core, { requestId, by: ctx.user });
      return origin.in === 'home' ? { refreshHome: true } : { nothing: true };
    },
  });
}
