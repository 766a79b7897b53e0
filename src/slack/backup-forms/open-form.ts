import type { CommandAnswer, Context, OpenAnswer } from '../answers.ts';
import { noProject, projectMeant, projectNamed } from '../project-picker.ts';
import type { FormKind, FormWish } from './form-kind.ts';
import { showForm } from './show-form.ts';

/** Opens a form for what is named; over the modal that was clicked, if it was one. */
export async function openForm(ctx: Context, kind: FormKind, wish: Omit<FormWish, 'responseUrl'>): Promise<OpenAnswer> {
  const { view, after } = await showForm(ctx, kind, { ...wish, responseUrl: ctx.responseUrl });
  return { open: view, after };
}

/** Opens a form by a command: for the project that is named or meant, or to choose one. */
export async function openFormBy(
  ctx: Context,
  kind: FormKind,
  typed: { readonly alias: string | undefined } & Pick<FormWish, 'backupWord' | 'diskWord'>,
): Promise<CommandAnswer> {
  const { alias, ...words } = typed;
  if (alias !== undefined) return openForm(ctx, kind, { project: projectNamed(ctx, alias).alias, ...words });
  const mine = await ctx.core.access.projects(kind.right, ctx.user);
  if (mine.length === 0) return noProject();
  return openForm(ctx, kind, { project: projectMeant(ctx, mine)?.alias });
}
