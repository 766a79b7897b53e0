import { z } from 'zod';
import type { ActionAnswer, Context, Origin } from '../answers.ts';
import { backupChoices, NO_CHOICE } from '../backups/search-catalogue.ts';
import { type Action, defineAction, defineOptions, type Options } from '../define.ts';
import { readMetadata } from '../metadata.ts';
import { OutOfDate } from '../out-of-date.ts';
import { diskChoices } from './disk-choice.ts';
import { type FormKind, type FormMetadata, formMetadata } from './form-kind.ts';
import { showForm } from './show-form.ts';

/** What in a form answers at once: the project, the backup and the disk, each drawing anew what follows from it. */
export function formParts(kind: FormKind): readonly (Action | Options)[] {
  const { ids } = kind;
  return [
    choice(kind, ids.project, ({ responseUrl }, project) => ({ project, responseUrl })),
    choice(kind, ids.backup, (metadata, backup) => ({ ...metadata, backup })),
    choice(kind, ids.disk, (metadata, disk) => ({ ...metadata, disk })),
    search(kind, ids.backup, backupChoices),
    search(kind, ids.disk, diskChoices),
  ];
}

function choice(kind: FormKind, id: string, chosen: (metadata: FormMetadata, value: string) => FormMetadata): Action {
  return defineAction({
    id,
    again: kind.again,
    value: z.string(),
    async run(ctx, value, origin): Promise<ActionAnswer> {
      if (value === NO_CHOICE) return { nothing: true };
      const metadata = chosen(metadataOf(kind, origin), value);
      const { project, responseUrl } = metadata;
      const { view, after } = await showForm(ctx, kind, { ...metadata, project, responseUrl });
      return { updateView: view, after };
    },
  });
}

function search(kind: FormKind, id: string, choices: typeof backupChoices): Options {
  return defineOptions({
    id,
    async find(ctx: Context, query, origin) {
      const { project: alias } = metadataOf(kind, origin);
      if (alias === undefined) throw new OutOfDate(kind.again);
      const project = ctx.core.projects.get(alias);
      await ctx.core.access.assert(kind.right, project, ctx.user);
      return choices(ctx, project, query);
    },
  });
}

function metadataOf(kind: FormKind, origin: Origin): FormMetadata {
  if (origin.in !== 'view') throw new OutOfDate(kind.again);
  return readMetadata(formMetadata, origin.view, kind.again);
}
