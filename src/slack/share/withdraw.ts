import { z } from 'zod';
import { withdrawShare } from '../../core/sharing/decide-share.ts';
import { defineAction } from '../define.ts';

export const WITHDRAW = 'share:withdraw';

/** The requester's click on *Withdraw*, on the card or the home tab. */
export const withdrawAction = defineAction({
  id: WITHDRAW,
  again: '/vbs requests',
  value: z.string().min(1).max(64),
  async run(ctx, requestId, origin) {
    await withdrawShare(ctx.core, { requestId, by: ctx.user });
    return origin.in === 'home' ? { refreshHome: true } : { nothing: true };
  },
});
