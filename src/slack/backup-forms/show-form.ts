import type { ModalView } from '@slack/types';
import type { Backup } from '../../core/backups/backup.ts';
import { findDisks, type SeenDisk, seenDisk, seenDisks } from '../../core/backups/disks.ts';
import { NotFound } from '../../core/errors.ts';
import { CloudError } from '../../core/failure.ts';
import type { ManagedProject } from '../../core/projects.ts';
import type { Context, OpenView } from '../answers.ts';
import { readBackup } from '../backups/read-backup.ts';
import { failureSentence } from '../failure-words.ts';
import { oneLine } from '../kit.ts';
import { metadataText } from '../metadata.ts';
import { chosen, named, readAhead } from '../share/share-form.ts';
import { plural } from '../words.ts';
import { type FormKind, type FormState, type FormWish, formMetadata } from './form-kind.ts';

/** A form as it can be drawn at once, and how it goes on where something has to be read for it. */
export interface ShownForm {
  readonly view: ModalView;
  readonly after: (view: OpenView) => Promise<void>;
}

/** Draws a form for what it is about. Asks no cloud before it is shown. Throws NotFound, NotAllowed, CannotCheck. */
export async function showForm(ctx: Context, kind: FormKind, wish: FormWish): Promise<ShownForm> {
  const project = wish.project === undefined ? undefined : ctx.core.projects.get(wish.project);
  const known = project === undefined ? { project } : peek(ctx, kind, { project, wish });
  if (known !== undefined) {
    const ahead = project !== undefined && wish.backup === undefined && wish.disk === undefined;
    return {
      view: await draw(ctx, kind, { wish, state: known }),
      after: async () => void (ahead && (await readAhead(ctx, project))),
    };
  }
  return {
    view: await draw(ctx, kind, { wish, state: { project, reading: true } }),
    after: async (view) => {
      if (project) await view.update(await drawRead(ctx, kind, { project, wish }));
    },
  };
}

/** Draws it once what it is about was read; where that cannot be read, it says why: it is of use all the same. */
async function drawRead(ctx: Context, kind: FormKind, about: Of): Promise<ModalView> {
  const { project } = about;
  try {
    const state = await read(ctx, kind, about);
    const wish = { ...about.wish, backup: state.backup?.id, disk: state.disk?.id };
    return await draw(ctx, kind, { wish, state });
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const wish = { ...about.wish, backup: undefined };
    return draw(ctx, kind, { wish, state: { project, note: failureSentence(error.failure) } });
  }
}

async function draw(ctx: Context, kind: FormKind, about: { wish: FormWish; state: FormState }): Promise<ModalView> {
  const { wish, state } = about;
  const { access } = ctx.core;
  if (state.project) await access.assert(kind.right, state.project, ctx.user);
  const mine = await access.projects(kind.right, ctx.user);
  const { project, backup, disk, responseUrl } = wish;
  const metadata = metadataText(formMetadata, { project, backup, disk, responseUrl });
  return kind.draw({ ...state, projects: mine.map(({ alias }) => alias), metadata, now: ctx.now }, kind.ids);
}

interface Of {
  readonly project: ManagedProject;
  readonly wish: FormWish;
}

/** All that the form is about, as far as it was read before; undefined where some of it was not. */
function peek({ core }: Context, { needsDetails }: FormKind, { project, wish }: Of): FormState | undefined {
  if (wish.backupWord || wish.diskWord) return undefined;
  if (wish.backup === undefined && wish.disk === undefined) return { project };
  const all = core.catalogue.peekAll(project.alias);
  const backup = wish.backup === undefined ? undefined : core.catalogue.peek(project.alias, wish.backup);
  // What was read while the cloud was working on it may have changed since.
  const missing = wish.backup !== undefined && (backup?.status !== 'available' || needsDetails);
  if (missing || (wish.disk !== undefined && all === undefined)) return undefined;
  return { project, backup, disk: diskOf(all ?? [], project, wish.disk) };
}

async function read(ctx: Context, kind: FormKind, { project, wish }: Of): Promise<FormState> {
  const ofBackup = await readWished(ctx, kind, { project, wish });
  if (wish.disk === undefined && !wish.diskWord) return { project, ...ofBackup };
  const { backups } = await ctx.core.catalogue.list(project.alias);
  if (wish.disk !== undefined) return { project, ...ofBackup, disk: diskOf(backups, project, wish.disk) };
  return { project, ...ofBackup, ...diskNamed(backups, project, wish.diskWord ?? '') };
}

/** The backup that is meant, with all about it where the form needs that. */
async function readWished(
  ctx: Context,
  { needsDetails }: FormKind,
  { project, wish }: Of,
): Promise<Pick<FormState, 'backup' | 'details' | 'note'>> {
  const found =
    wish.backup === undefined
      ? wish.backupWord
        ? await named(ctx, project, wish.backupWord)
        : {}
      : await chosen(ctx, project, wish.backup);
  if (!needsDetails || found.backup === undefined) return found;
  try {
    const details = await readBackup(ctx, project, found.backup.id);
    return { ...found, backup: details.backup, details };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    return { note: 'This backup is not there any more. Choose another one.' };
  }
}

function diskOf(backups: readonly Backup[], project: ManagedProject, id: string | undefined): SeenDisk | undefined {
  return id === undefined ? undefined : seenDisk(backups, project.disks, id);
}

/** The disk that a person means by a word: its name or id, or the only one that the word finds. */
function diskNamed(
  backups: readonly Backup[],
  project: ManagedProject,
  word: string,
): Pick<FormState, 'disk' | 'note'> {
  const disks = seenDisks(backups, project.disks);
  const typed = word.trim().toLowerCase();
  const exact = disks.find(({ id, name }) => id.toLowerCase() === typed || name?.toLowerCase() === typed);
  if (exact) return { disk: exact };
  const [first, second, ...more] = findDisks(disks, typed);
  const said = oneLine(word, 80);
  if (first === undefined) return { note: `There is no disk like “${said}” in ${oneLine(project.alias)}. Choose one.` };
  if (second === undefined) return { disk: first };
  return { note: `${plural(more.length + 2, 'disk')} match “${said}”. Choose one.` };
}
