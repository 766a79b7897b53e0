import type { ModalView } from '@slack/types';
import type { Message } from './kit.ts';
import { LIMITS, plain } from './kit.ts';
import { sentence } from './sentence.ts';

/** A modal that only says something. */
export function noticeView(said: Message, title = 'VBS'): ModalView {
  return {
    type: 'modal',
    title: plain(title, LIMITS.viewTitle),
    close: plain('Close', LIMITS.viewTitle),
    blocks: said.blocks,
  };
}

/** What a modal shows while it waits for the cloud: `Reading the backups of payments…`, in safe mrkdwn. */
export function loadingView(waitingFor: string, title = 'VBS'): ModalView {
  return noticeView(sentence(`⚙️ ${waitingFor}`), title);
}
