import { z } from 'zod';
import type { Backup } from '../../core/backups/backup.ts';
import { NotFound } from '../../core/errors.ts';
import { CloudError } from '../../core/failure.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Context, OpenAnswer, OpenView } from '../answers.ts';
import { failureSentence } from '../failure-words.ts';
import { oneLine } from '../kit.ts';
import { metadataText } from '../metadata.ts';
import { plural } from '../words.ts';
import { type BackupMatch, matchBackup } from './match-backup.ts';
import { type ShareForm, shareFormView } from './share-form-view.ts';
import { backupWords } from './share-words.ts';

export const SHARE_FORM = 'share:form';
export const SHARE_PROJECT = 'share:project';
export const SHARE_BACKUP = 'share:backup';
export const SHARE_AGAIN = '/vbs share';
const ids = { form: SHARE_FORM, project: SHARE_PROJECT, backup: SHARE_BACKUP };

/** The project of the form that is shown, and how to answer whoever began it with a command. */
export const shareMetadata = z.object({ project: z.string().optional(), responseUrl: z.string().optional() });

/** What the form shows besides what follows from the person and the project. */
export interface FormState {
  readonly project: ManagedProject | undefined;
  readonly responseUrl: string | undefined;
  readonly backup?: Backup | undefined;
  readonly reading?: boolean;
  readonly note?: string | undefined;
}

/** Draws the form as this person may fill it in. Throws NotAllowed, CannotCheck. */
export async function drawForm(ctx: Context, state: FormState) {
  const { project, responseUrl } = state;
  if (project) await ctx.core.access.assert('request', project, ctx.user);
  const mine = await ctx.core.access.projects('request', ctx.user);
  const form: ShareForm = {
    projects: mine.map((one) => one.alias),
    project,
    targets: ctx.core.projects.known.filter((one) => one.id !== project?.id).map((one) => one.alias),
    backup: state.backup,
    reading: state.reading ?? false,
    note: state.note,
    metadata: metadataText(shareMetadata, { project: project?.alias, responseUrl }),
    now: ctx.now,
  };
  return shareFormView(form, ids);
}

/**
 * Opens the form for a project, with a backup chosen: over the modal that was clicked, if it was one. What is not known
 * of the backup is read once the form is open. Throws NotFound, NotAllowed, CannotCheck.
 */
export async function openShare(
  ctx: Context,
  wish: { readonly project: string; readonly backupId?: string | undefined; readonly backupWord?: string | undefined },
): Promise<OpenAnswer> {
  const project = ctx.core.projects.get(wish.project);
  const state: FormState = { project, responseUrl: ctx.responseUrl };
  const { backupId, backupWord } = wish;
  if (backupId !== undefined) {
    const backup = ctx.core.catalogue.peek(project.alias, backupId);
    if (backup) return { open: await drawForm(ctx, { ...state, backup }) };
    return reading(ctx, state, () => chosen(ctx, project, backupId));
  }
  if (backupWord === undefined || backupWord.trim() === '') {
    return { open: await drawForm(ctx, state), after: () => readAhead(ctx, project) };
  }
  return reading(ctx, state, () => named(ctx, project, backupWord));
}

/** Reads the backups while the person looks at the form, so that their first search finds them read. */
export async function readAhead({ core }: Context, project: ManagedProject): Promise<void> {
  try {
    await core.catalogue.list(project.alias);
  } catch (error) {
    // The search says so, to a person who searches.
    if (!(error instanceof CloudError)) throw error;
  }
}

export type Found = Pick<FormState, 'backup' | 'note'>;

async function reading(ctx: Context, state: FormState, find: () => Promise<Found>): Promise<OpenAnswer> {
  const open = await drawForm(ctx, { ...state, reading: true });
  return { open, after: afterReading(ctx, state, find) };
}

/** Shows the backup in the open form once it is read; where it cannot be read, why not: the form is of use without. */
export function afterReading(ctx: Context, state: FormState, find: () => Promise<Found>) {
  return async (view: OpenView): Promise<void> => {
    let found: Found;
    try {
      found = await find();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      found = { note: failureSentence(error.failure) };
    }
    await view.update(await drawForm(ctx, { ...state, ...found }));
  };
}

/** A backup by its id, as it is now. */
export async function chosen(ctx: Context, project: ManagedProject, backupId: string): Promise<Found> {
  try {
    return { backup: await ctx.core.catalogue.get(project.alias, backupId) };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    return { note: 'This backup is not there any more. Choose another one.' };
  }
}

/** The backup that a person means by a word, and how it was understood. */
export async function named(ctx: Context, project: ManagedProject, word: string): Promise<Found> {
  const { backups } = await ctx.core.catalogue.list(project.alias);
  const match = matchBackup(backups, word);
  return { backup: match.backup, note: matchNote(match, word, project.alias) };
}

/** Says how a typed word was understood, where it could have been understood in another way. */
function matchNote({ backup, by, others }: BackupMatch, word: string, alias: string): string | undefined {
  const typed = oneLine(word, 80);
  if (backup === undefined) return `There is no backup like “${typed}” in ${oneLine(alias)}. Choose one.`;
  if (by === 'likeness') return `There is no backup “${typed}”; “${backupWords(backup, backup.id)}” is the nearest.`;
  if (others === 0) return undefined;
  const what = by === 'name' ? 'are called' : 'match';
  return `${plural(others + 1, 'backup')} ${what} “${typed}”; the newest is chosen.`;
}
