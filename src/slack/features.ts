import { auditInteractions } from './audit/interactions.ts';
import { backupFormsInteractions } from './backup-forms/interactions.ts';
import { backupsInteractions } from './backups/interactions.ts';
import type { CardDefinition } from './cards.ts';
import { changesCards, changesInteractions } from './changes/interactions.ts';
import type { Definition } from './define.ts';
import { home } from './home/home.ts';
import { jobsInteractions } from './jobs/interactions.ts';
import { policiesCards, policiesInteractions } from './policies/interactions.ts';
import { quotaInteractions } from './quota/interactions.ts';
import { requestsInteractions } from './requests/interactions.ts';
import { shareCards, shareInteractions } from './share/interactions.ts';
import { sharesInteractions } from './shares/interactions.ts';

/** Everything that people can do in Slack. A new command is added to its feature's list, or its feature here. */
export const interactions: readonly Definition[] = [
  ...backupsInteractions,
  ...shareInteractions,
  ...sharesInteractions,
  ...requestsInteractions,
  ...changesInteractions,
  ...backupFormsInteractions,
  ...policiesInteractions,
  ...jobsInteractions,
  ...quotaInteractions,
  ...auditInteractions,
  home,
];

/** Everything that the bot shows and keeps up to date. */
export const cards: readonly CardDefinition[] = [...shareCards, ...changesCards, ...policiesCards];
