import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { REASON_MAX } from '../../core/votes.ts';
import { plain, section } from '../kit.ts';
import { metadataText } from '../metadata.ts';
import { mention } from '../people-words.ts';

export const rejectMetadata = z.object({ requestId: z.string() });

/** A request that is about to be rejected; `wish` is safe mrkdwn that follows “asks to”. */
export interface Rejected {
  readonly id: string;
  readonly requester: string;
  readonly wish: string;
}

/** Asks an owner why. */
export function rejectView({ id, requester, wish }: Rejected, callbackId: string): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: metadataText(rejectMetadata, { requestId: id }),
    title: plain('Reject a request'),
    submit: plain('Reject'),
    close: plain('Cancel'),
    blocks: [
      section(`${mention(requester)} asks to ${wish}.`),
      {
        type: 'input',
        block_id: 'reason',
        label: plain('Why not'),
        hint: plain('The one who asked is told, and it stands in the thread of the card.'),
        element: { type: 'plain_text_input', action_id: 'reason', multiline: true, max_length: REASON_MAX },
      },
    ],
  };
}
