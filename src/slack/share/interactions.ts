import type { CardDefinition } from '../cards.ts';
import type { Definition } from '../define.ts';
import { approveAction } from './approve.ts';
import { beginShareAction } from './begin-share.ts';
import { eventCard } from './event-card.ts';
import { outcomeCard } from './outcome-card.ts';
import { rejectAction, rejectModal } from './reject.ts';
import { requestCard } from './request-card.ts';
import { retryAction } from './retry.ts';
import { shareCommand } from './share-command.ts';
import { shareNamedModal } from './share-named.ts';
import { shareAnywhereShortcut, shareNamedHereShortcut } from './share-shortcuts.ts';
import { shareModal } from './share-submit.ts';
import { stopAction } from './stop.ts';
import { stopAllAction } from './stop-all.ts';
import { stopSharingAction } from './stop-sharing.ts';
import { stopAllModal, stopOneModal } from './stop-submit.ts';
import { stoppedNoticeCard } from './stopped-notice-card.ts';
import { withdrawAction } from './withdraw.ts';

/** Asking for a share, deciding on it, and stopping it. */
export const shareInteractions: readonly Definition[] = [
  shareCommand,
  shareModal,
  beginShareAction,
  approveAction,
  rejectAction,
  rejectModal,
  withdrawAction,
  retryAction,
  stopAction,
  stopSharingAction,
  stopAllAction,
  stopOneModal,
  stopAllModal,
  shareAnywhereShortcut,
  shareNamedHereShortcut,
  shareNamedModal,
];

/** What a share request looks like in its channel, in its thread and to the one who asked, and the end of a sharing. */
export const shareCards: readonly CardDefinition[] = [requestCard, eventCard, outcomeCard, stoppedNoticeCard];
