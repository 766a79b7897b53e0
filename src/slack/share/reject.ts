import { z } from 'zod';
import { decideShare, mayDecide } from '../../core/sharing/decide-share.ts';
import { defineAction, defineModal, textOf } from '../define.ts';
import { rejectMetadata, rejectView } from './reject-view.ts';

export const REJECT = 'share:reject';
export const REJECT_FORM = 'share:reject-form';
const again = '/vbs requests';

/** An owner's click on *Reject…*: asks for the reason, if they may decide at all. */
export const rejectAction = defineAction({
  id: REJECT,
  again,
  value: z.string().min(1).max(64),
  async run(ctx, requestId) {
    const { request } = await mayDecide(ctx.core, { requestId, by: ctx.user });
    return { open: rejectView(request, REJECT_FORM) };
  },
});

/** The reason, handed in: the request is rejected. */
export const rejectModal = defineModal({
  id: REJECT_FORM,
  again,
  metadata: rejectMetadata,
  values: z.object({ reason: z.string().nullable() }),
  async submit(ctx, { metadata, values }) {
    const reason = textOf(values.reason) ?? '';
    await decideShare(ctx.core, { requestId: metadata.requestId, by: ctx.user, kind: 'reject', reason });
    return { clear: true };
  },
});
