import { z } from 'zod';
import { CloudError } from '../../core/failure.ts';
import type { ActionAnswer, Choice, Context, Origin } from '../answers.ts';
import { defineAction, defineOptions } from '../define.ts';
import { failureSentence } from '../failure-words.ts';
import { LIMITS } from '../kit.ts';
import { readMetadata } from '../metadata.ts';
import { OutOfDate } from '../out-of-date.ts';
import { MARKS } from '../words.ts';
import { backupChoice } from './backup-choice.ts';
import { searchBackups } from './match-backup.ts';
import { afterReading, chosen, drawForm, SHARE_AGAIN, SHARE_BACKUP, shareMetadata } from './share-form.ts';

/** The value of an entry that says why there are none. */
const NO_BACKUP = 'none';

/** Finds backups for the form, newest first. */
export const shareBackupOptions = defineOptions({
  id: SHARE_BACKUP,
  async find(ctx, query, origin): Promise<readonly Choice[]> {
    const { project } = whereabouts(ctx, origin);
    await ctx.core.access.assert('request', project, ctx.user);
    try {
      const { backups } = await ctx.core.catalogue.list(project.alias);
      const found = searchBackups(backups, query, project.disks).slice(0, LIMITS.options);
      return found.map((backup) => backupChoice(backup, project.disks, ctx.now));
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      // Slack shows nothing but entries: an empty list would say that there are no backups.
      return [{ text: `${MARKS.attention.mark} ${failureSentence(error.failure)}`, value: NO_BACKUP }];
    }
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
    if (backupId === NO_BACKUP) return { nothing: true };
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
