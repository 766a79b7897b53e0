import type { Definition } from '../define.ts';
import { backupsCommand, backupsProjectModal } from './backups-command.ts';
import { changeFilterAction, filterModal } from './change-filter.ts';
import { backupDetailsAction, shareBackupAction } from './show-details.ts';
import { turnPageAction } from './turn-page.ts';

/** The list of a project's backups, and each backup's details. */
export const backupsInteractions: readonly Definition[] = [
  backupsCommand,
  backupsProjectModal,
  turnPageAction,
  changeFilterAction,
  filterModal,
  backupDetailsAction,
  shareBackupAction,
];
