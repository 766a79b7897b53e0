import { z } from 'zod';
import type { ActionAnswer, Choice, Context, Origin } from '../answers.ts';
import { backupChoices, NO_CHOICE } from '../backups/search-catalogue.ts';
import { defineAction, defineOptions } from '../define.ts';
import { readMetadata } from '../metadata.ts';
import { OutOfDate } from '../out-of-date.ts';
import { afterReading, chosen, drawForm, SHARE_AGAIN, SHARE_BACKUP, shareMetadata } from './share-form.ts';

/** Finds backups for the form, newest first. */
export const shareBackupOptions = defineOptions({
  id: SHARE_BACKUP,
  async find(ctx, query, origin): Promise<readonly Choice[]> {
    const { project } = whereabouts(ctx, origin);
    await ctx.core.access.assert('request', project, ctx.user);
    return backupChoices(ctx, project, query);
  },
});

/** A backup is chosen in the form: its facts appear. */
export const shareBackupAction = defineAction({
  id: SHARE_BACKUP,
  again: SHARE_AGAIN,
  value: z.string(),
  async run(ctx, backupId, origin): Promise<ActionAnswer> {
    const state = whereabouts(ctx, origin);
    const { project } = state;
    if (backupId === NO_CHOICE) return { nothing: true };
    const backup = ctx.core.catalogue.peek(project.alias, backupId);
    if (backup) return { updateView: await drawForm(ctx, { ...state, backup }) };
    return {
      updateView: await drawForm(ctx, { ...state, reading: true }),
      after: afterReading(ctx, state, () => chosen(ctx, project, backupId)),
    };
  },
});

function whereabouts(ctx: Context, origin: Origin) {
  if (origin.in !== 'view') throw new OutOfDate(SHARE_AGAIN);
  const { project, responseUrl } = readMetadata(shareMetadata, origin.view, SHARE_AGAIN);
  if (project === undefined) throw new OutOfDate(SHARE_AGAIN);
  return { project: ctx.core.projects.get(project), responseUrl };
}
