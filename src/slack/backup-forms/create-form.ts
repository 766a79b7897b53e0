import { z } from 'zod';
import type { CommandAnswer } from '../answers.ts';
import { type Definition, defineAction, defineCommand } from '../define.ts';
import { createFormView } from './create-form-view.ts';
import { type FormKind, formIds } from './form-kind.ts';
import { openForm, openFormBy } from './open-form.ts';

const again = '/vbs backup';

export const createForm: FormKind = {
  ids: formIds('backup'),
  again,
  right: 'back-up',
  needsDetails: false,
  draw: createFormView,
};

export const CREATE_BEGIN = 'backup:begin';

/** *Back up a disk* in the list of backups. */
const createAction = defineAction({
  id: CREATE_BEGIN,
  again,
  value: z.object({ project: z.string() }),
  run: (ctx, { project }) => openForm(ctx, createForm, { project }),
});

/** `/vbs backup [project] [disk]`: opens the form, with what was typed filled in. */
const createCommand = defineCommand({
  word: 'backup',
  summary: 'backs up a disk now, and follows it to its end',
  usage: '[project] [disk]',
  examples: [`${again} payments`, `${again} payments payments-db-1`, again],
  run: (ctx, [alias, ...words]): Promise<CommandAnswer> =>
    openFormBy(ctx, createForm, { alias, diskWord: words.join(' ') }),
});

export const createInteractions: readonly Definition[] = [createCommand, createAction];
