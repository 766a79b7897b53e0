import { z } from 'zod';
import type { CommandAnswer } from '../answers.ts';
import { type Definition, defineAction, defineCommand } from '../define.ts';
import { STOP_ALL } from '../share/stop-all.ts';
import { carriedReply } from './carried-reply.ts';
import { deleteFormView } from './delete-form-view.ts';
import { type FormKind, formIds } from './form-kind.ts';
import { openForm, openFormBy } from './open-form.ts';

const again = '/vbs delete';

export const deleteForm: FormKind = {
  ids: formIds('delete'),
  again,
  right: 'ask-change',
  needsDetails: true,
  draw: (form, ids) => deleteFormView(form, ids, STOP_ALL),
};

export const DELETE_BEGIN = 'delete:begin';

/** *Delete…* in the details of a backup. */
const deleteAction = defineAction({
  id: DELETE_BEGIN,
  again,
  value: z.object({ project: z.string(), backupId: z.string() }),
  run: (ctx, { project, backupId }, origin) =>
    openForm(carriedReply(ctx, origin), deleteForm, { project, backup: backupId }),
});

/** `/vbs delete [project] [backup]`: opens the form, with what was typed filled in. */
const deleteCommand = defineCommand({
  word: 'delete',
  summary: 'asks the owners of a project to delete a backup',
  usage: '[project] [backup]',
  examples: [`${again} payments`, `${again} payments db-nightly-0412`, again],
  run: (ctx, [alias, ...words]): Promise<CommandAnswer> =>
    openFormBy(ctx, deleteForm, { alias, backupWord: words.join(' ') }),
});

export const deleteInteractions: readonly Definition[] = [deleteCommand, deleteAction];
