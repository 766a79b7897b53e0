import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { ShareRequest } from '../../core/sharing/share-request.ts';
import { REASON_MAX } from '../../core/votes.ts';
import { plain, section } from '../kit.ts';
import { metadataText } from '../metadata.ts';
import { mention } from '../people-words.ts';
import { shareWords } from './share-words.ts';

export const rejectMetadata = z.object({ requestId: z.string() });

/** Asks an owner why. */
export function rejectView(request: ShareRequest, callbackId: string): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: metadataText(rejectMetadata, { requestId: request.id }),
    title: plain('Reject a request'),
    submit: plain('Reject'),
    close: plain('Cancel'),
    blocks: [
      section(`${mention(request.requester)} asks to share ${shareWords(request)}.`),
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
