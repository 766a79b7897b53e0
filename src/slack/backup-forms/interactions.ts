import type { Definition } from '../define.ts';
import { createInteractions } from './create-form.ts';
import { createModal } from './create-submit.ts';
import { deleteInteractions } from './delete-form.ts';
import { deleteModal } from './delete-submit.ts';
import { restoreInteractions } from './restore-form.ts';
import { restoreModal } from './restore-submit.ts';

/** Making, restoring and deleting backups. */
export const backupFormsInteractions: readonly Definition[] = [
  ...createInteractions,
  createModal,
  ...restoreInteractions,
  restoreModal,
  ...deleteInteractions,
  deleteModal,
];
