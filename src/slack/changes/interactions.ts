import type { CardDefinition } from '../cards.ts';
import type { Definition } from '../define.ts';
import { approveAction } from './approve.ts';
import { changeCard } from './change-card.ts';
import { changeEventCard } from './change-event-card.ts';
import { changeOutcomeCard } from './change-outcome-card.ts';
import { rejectAction, rejectModal } from './reject.ts';
import { retryAction } from './retry.ts';
import { withdrawAction } from './withdraw.ts';

/** Deciding on a change, and having it tried again. */
export const changesInteractions: readonly Definition[] = [
  approveAction,
  rejectAction,
  rejectModal,
  withdrawAction,
  retryAction,
];

/** What a change looks like in its channel, in its thread and to the one who asked. */
export const changesCards: readonly CardDefinition[] = [changeCard, changeEventCard, changeOutcomeCard];
