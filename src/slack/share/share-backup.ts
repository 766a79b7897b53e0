import { z } from 'zod';
import type { Backup } from '../../core/backups/backup.ts';
import { CloudError } from '../../core/failure.ts';
import type { ActionAnswer, Choice, Context, Origin } from '../answers.ts';
import { defineAction, defineOptions } from '../define.ts';
import { failureSentence } from '../failure-words.ts';
import { LIMITS } from '../kit.ts';
import { readMetadata } from '../metadata.ts';
import { OutOfDate } from '../out-of-date.ts';
import { type Mark, marked } from '../words.ts';
import { backupChoice } from './backup-choice.ts';
import { searchBackups } from './match-backup.ts';
import { afterReading, chosen, drawForm, SHARE_AGAIN, SHARE_BACKUP, shareMetadata } from './share-form.ts';

/** The value of an entry that says why there are none. */
const NO_BACKUP = 'none';
/** Well within the three seconds that Slack waits for entries. */
const ANSWER_WITHIN_MS = 1_500;

/** Finds backups for the form, newest first. */
export const shareBackupOptions = defineOptions({
  id: SHARE_BACKUP,
  async find(ctx, query, origin): Promise<readonly Choice[]> {
    const { project } = whereabouts(ctx, origin);
    await ctx.core.access.assert('request', project, ctx.user);
    try {
      const backups = await backupsInTime(ctx, project.alias);
      if (backups === undefined) return [onlySaying('waiting', 'Still reading the backups: type again in a moment.')];
      const found = searchBackups(backups, query, project.disks).slice(0, LIMITS.options);
      return found.map((backup) => backupChoice(backup, project.disks, ctx.now));
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      return [onlySaying('attention', failureSentence(error.failure))];
    }
  },
});

/** Slack shows nothing but entries: an empty list would say that there are no backups. */
function onlySaying(mark: Mark, words: string): Choice {
  return { text: marked(mark, words), value: NO_BACKUP };
}

/** The backups, or undefined where reading them takes longer than Slack waits; the next search then finds them read. */
async function backupsInTime({ core }: Context, alias: string): Promise<readonly Backup[] | undefined> {
  const done = new AbortController();
  const tooLong = core.clock.sleep(ANSWER_WITHIN_MS, done.signal).catch(() => undefined);
  try {
    const list = await Promise.race([core.catalogue.list(alias), tooLong]);
    return list?.backups;
  } finally {
    done.abort();
  }
}

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
