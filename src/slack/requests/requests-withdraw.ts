import { withdrawChange } from '../../core/changes/decide-change.ts';
import { withdrawShare } from '../../core/sharing/decide-share.ts';
import { defineAction } from '../define.ts';
import { REQUESTS_AGAIN, REQUESTS_WITHDRAW, showRequests } from './requests-command.ts';
import { withdrawShape } from './requests-view.ts';

/** *Withdraw* in the list of requests: the list is then shown as it is. */
export const requestsWithdrawAction = defineAction({
  id: REQUESTS_WITHDRAW,
  again: REQUESTS_AGAIN,
  value: withdrawShape,
  async run(ctx, { id, ...place }) {
    const withdraw = (await ctx.core.store.changes.get(id)) ? withdrawChange : withdrawShare;
    await withdraw(ctx.core, { requestId: id, by: ctx.user });
    return { later: (reply) => showRequests(ctx, place, reply) };
  },
});
