import type { CommandAnswer, Context, OpenAnswer } from '../answers.ts';
import { defineCommand } from '../define.ts';
import type { Message } from '../kit.ts';
import { noProject, projectMeant, projectNamed } from '../project-picker.ts';
import { drawForm, openShare, SHARE_AGAIN } from './share-form.ts';

/** `/vbs share [project] [backup]`: opens the form, with what was typed filled in. */
export const shareCommand = defineCommand({
  word: 'share',
  summary: 'asks the owners of a project to share one of its backups',
  usage: '[project] [backup]',
  examples: [`${SHARE_AGAIN} payments`, `${SHARE_AGAIN} payments db-nightly-0412`, SHARE_AGAIN],
  async run(ctx, [alias, ...words]): Promise<CommandAnswer> {
    if (alias !== undefined) {
      return openShare(ctx, { project: projectNamed(ctx, alias).alias, backupWord: words.join(' ') });
    }
    return beginShare(ctx);
  },
});

/** Opens the form without anything named: for the project that is meant, or to choose one. */
export async function beginShare(ctx: Context): Promise<OpenAnswer | { readonly say: Message }> {
  const mine = await ctx.core.access.projects('request', ctx.user);
  if (mine.length === 0) return noProject();
  const meant = projectMeant(ctx, mine);
  if (meant) return openShare(ctx, { project: meant.alias });
  return { open: await drawForm(ctx, { project: undefined, responseUrl: ctx.responseUrl }) };
}
