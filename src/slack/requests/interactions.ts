import type { Definition } from '../define.ts';
import { requestsCommand } from './requests-command.ts';
import { requestsPageAction } from './requests-page.ts';
import { requestsWithdrawAction } from './requests-withdraw.ts';

/** The list of what was asked for. */
export const requestsInteractions: readonly Definition[] = [
  requestsCommand,
  requestsPageAction,
  requestsWithdrawAction,
];
