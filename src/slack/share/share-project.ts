import { z } from 'zod';
import type { ActionAnswer } from '../answers.ts';
import { defineAction } from '../define.ts';
import { readMetadata } from '../metadata.ts';
import { OutOfDate } from '../out-of-date.ts';
import { drawForm, readAhead, SHARE_AGAIN, SHARE_PROJECT, shareMetadata } from './share-form.ts';

/** A project is chosen in the form: it then asks for that project's backups. */
export const shareProjectAction = defineAction({
  id: SHARE_PROJECT,
  again: SHARE_AGAIN,
  value: z.string(),
  async run(ctx, alias, origin): Promise<ActionAnswer> {
    if (origin.in !== 'view') throw new OutOfDate(SHARE_AGAIN);
    const { responseUrl } = readMetadata(shareMetadata, origin.view, SHARE_AGAIN);
    const project = ctx.core.projects.get(alias);
    return { updateView: await drawForm(ctx, { project, responseUrl }), after: () => readAhead(ctx, project) };
  },
});
