import { z } from 'zod';
import type { Decidable } from '../../core/decidable.ts';
import { type Action, defineAction, defineModal, type Modal, textOf } from '../define.ts';
import { entityId } from '../entity-id.ts';
import type { DecidedInSlack } from './decided-in-slack.ts';
import { DECIDING_AGAIN } from './define-approve.ts';
import { rejectMetadata, rejectView } from './reject-view.ts';

/** Defines an owner's click on *Reject…*, which asks for the reason if they may decide at all, and its form. */
export function defineReject<T extends Decidable>(
  ids: { readonly button: string; readonly form: string },
  kind: DecidedInSlack<T>,
): readonly [Action, Modal] {
  const action = defineAction({
    id: ids.button,
    again: DECIDING_AGAIN,
    value: entityId,
    async run({ core, user }, requestId) {
      const { request } = await kind.mayDecide(core, { requestId, by: user });
      const { requester } = request;
      return { open: rejectView({ id: requestId, requester, wish: kind.wish(request, core) }, ids.form) };
    },
  });
  const modal = defineModal({
    id: ids.form,
    again: DECIDING_AGAIN,
    metadata: rejectMetadata,
    values: z.object({ reason: z.string().nullable() }),
    async submit(ctx, { metadata, values }) {
      const reason = textOf(values.reason) ?? '';
      await kind.decide(ctx.core, { requestId: metadata.requestId, by: ctx.user, kind: 'reject', reason });
      return { clear: true };
    },
  });
  return [action, modal];
}
