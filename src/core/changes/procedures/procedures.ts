import type { DeedKind } from '../change.ts';
import type { Procedure } from '../procedure.ts';
import {
  addDisks,
  changeTags,
  createPolicy,
  deletePolicy,
  modifyPolicy,
  removeDisks,
  switchPolicy,
} from './change-policy.ts';
import { createBackup } from './create-backup.ts';
import { deleteBackup } from './delete-backup.ts';
import { restoreBackup } from './restore-backup.ts';

/** How each kind of change is made. */
export const procedures: { readonly [K in DeedKind]: Procedure<K> } = {
  'backup.create': createBackup,
  'backup.restore': restoreBackup,
  'backup.delete': deleteBackup,
  'policy.create': createPolicy,
  'policy.modify': modifyPolicy,
  'policy.switch': switchPolicy,
  'policy.delete': deletePolicy,
  'policy.add-disks': addDisks,
  'policy.remove-disks': removeDisks,
  'policy.tags': changeTags,
};
