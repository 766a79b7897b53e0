import type { Backup } from '../../core/backups/backup.ts';
import { CloudError } from '../../core/failure.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Choice, Context } from '../answers.ts';
import { failureWords } from '../failure-words.ts';
import { LIMITS } from '../kit.ts';
import { backupChoice } from '../share/backup-choice.ts';
import { searchBackups } from '../share/match-backup.ts';
import { type Mark, marked } from '../words.ts';

/** The value of an entry that says why there are none. */
export const NO_CHOICE = 'none';
/** Well within the three seconds that Slack waits for entries. */
const ANSWER_WITHIN_MS = 1_500;

/** The entries of a search among a project's backups, or one that says why there are none. */
export async function searchCatalogue(
  ctx: Context,
  project: ManagedProject,
  find: (backups: readonly Backup[]) => readonly Choice[],
): Promise<readonly Choice[]> {
  try {
    const backups = await backupsInTime(ctx, project.alias);
    if (backups === undefined) return [onlySaying('waiting', 'Still reading the backups.', 'Type again in a moment.')];
    return find(backups).slice(0, LIMITS.options);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const { what, remedy } = failureWords(error.failure);
    return [onlySaying('attention', what, remedy)];
  }
}

/** The backups that a search finds, newest first. */
export function backupChoices(ctx: Context, project: ManagedProject, query: string): Promise<readonly Choice[]> {
  const { disks } = project;
  return searchCatalogue(ctx, project, (backups) =>
    searchBackups(backups, query, disks).map((backup) => backupChoice(backup, disks, ctx.now)),
  );
}

/**
 * Slack shows nothing but entries: an empty list would say that there are no backups. Its two lines are short, so what to
 * do has one of its own.
 */
function onlySaying(mark: Mark, what: string, remedy: string | undefined): Choice {
  return { text: marked(mark, what), value: NO_CHOICE, description: remedy };
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
