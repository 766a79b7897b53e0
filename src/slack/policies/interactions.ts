import type { CardDefinition } from '../cards.ts';
import type { Definition } from '../define.ts';
import { choosePolicyModal } from './choose-policy.ts';
import { confirmRunModal } from './confirm-run.ts';
import { policiesCommand, turnPoliciesAction } from './policies-command.ts';
import { runAgainAction } from './run-again.ts';
import { runCard } from './run-card.ts';
import { runCommand } from './run-command.ts';
import { runNowAction } from './run-now.ts';
import { showRunAction, turnRunAction } from './show-run.ts';

/** What people do with policies: list them, run them, look at a run. */
export const policiesInteractions: readonly Definition[] = [
  ...policiesCommand,
  runCommand,
  turnPoliciesAction,
  runNowAction,
  runAgainAction,
  showRunAction,
  turnRunAction,
  choosePolicyModal,
  confirmRunModal,
];

/** How runs look in a channel. */
export const policiesCards: readonly CardDefinition[] = [runCard];
