import { z } from 'zod';
import type { CommandAnswer } from '../answers.ts';
import { type Definition, defineAction, defineCommand } from '../define.ts';
import { carriedReply } from './carried-reply.ts';
import { type FormKind, formIds } from './form-kind.ts';
import { openForm, openFormBy } from './open-form.ts';
import { restoreFormView } from './restore-form-view.ts';

const again = '/vbs restore';

export const restoreForm: FormKind = {
  ids: formIds('restore'),
  again,
  right: 'ask-change',
  needsDetails: false,
  draw: restoreFormView,
};

export const RESTORE_BEGIN = 'restore:begin';

/** *Restore…* in the details of a backup. */
const restoreAction = defineAction({
  id: RESTORE_BEGIN,
  again,
  value: z.object({ project: z.string(), backupId: z.string() }),
  run: (ctx, { project, backupId }, origin) =>
    openForm(carriedReply(ctx, origin), restoreForm, { project, backup: backupId }),
});

/** `/vbs restore [project] [backup]`: opens the form, with what was typed filled in. */
const restoreCommand = defineCommand({
  word: 'restore',
  summary: 'asks the owners of a project to overwrite a disk with a backup',
  usage: '[project] [backup]',
  examples: [`${again} payments`, `${again} payments db-nightly-0412`, again],
  run: (ctx, [alias, ...words]): Promise<CommandAnswer> =>
    openFormBy(ctx, restoreForm, { alias, backupWord: words.join(' ') }),
});

export const restoreInteractions: readonly Definition[] = [restoreCommand, restoreAction];
